/** What an issuer is: GitHub's, another well-known one, or neither. */
export interface IssuerVerdict {
  readonly kind: 'github' | 'known' | 'unknown';
  /** As its tokens carry it in `iss`; for an unknown issuer, what is configured. */
  readonly canonical: string;
}

interface KnownIssuer {
  readonly kind: 'github' | 'known';
  /** Over `host/path` without scheme and trailing slash; the host in lower case. */
  readonly pattern: RegExp;
  /** Whether its tokens carry a trailing slash. */
  readonly slash?: true;
  /** The path has one spelling, in lower case. */
  readonly lowerPath?: true;
}

const GITHUB_HOST = 'token.actions.githubusercontent.com';
const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * Issuers that are somebody's documented service, so that a credential for them is no surprise. GitHub: "OpenID Connect
 * reference"; the others: the OIDC pages of GitLab, HCP Terraform, Azure DevOps, Entra, AKS, EKS, GKE, Google, AWS
 * (STS web identity tokens, Cognito), Bitbucket, CircleCI, Buildkite and Vercel.
 */
const KNOWN: readonly KnownIssuer[] = [
  { kind: 'github', pattern: new RegExp(`^${GITHUB_HOST.replaceAll('.', '\\.')}(?:/[^/]+)?$`) },
  { kind: 'github', pattern: /^token\.actions\.[a-z0-9-]+\.ghe\.com(?:\/[^/]+)?$/ },
  { kind: 'github', pattern: /^[a-z0-9.:-]+\/_services\/token$/i, lowerPath: true },
  { kind: 'known', pattern: /^gitlab\.com$/ },
  { kind: 'known', pattern: /^app\.(?:eu\.)?terraform\.io$/ },
  { kind: 'known', pattern: new RegExp(`^vstoken\\.dev\\.azure\\.com/${GUID}$`, 'i') },
  { kind: 'known', pattern: new RegExp(`^login\\.microsoftonline\\.(?:com|us)/${GUID}/v2\\.0$`, 'i') },
  {
    kind: 'known',
    pattern: new RegExp(`^login\\.partner\\.microsoftonline\\.cn/${GUID}/v2\\.0$`, 'i'),
  },
  { kind: 'known', pattern: new RegExp(`^sts\\.windows\\.net/${GUID}$`, 'i'), slash: true },
  { kind: 'known', pattern: /^[a-z0-9-]+\.oic\.prod-aks\.azure\.(?:com|us|cn)(?:\/[^/]+)+$/, slash: true },
  { kind: 'known', pattern: /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/id\/[^/]+$/ },
  { kind: 'known', pattern: /^container\.googleapis\.com\/v1\/projects\/[^/]+\/.+\/clusters\/[^/]+$/ },
  { kind: 'known', pattern: /^accounts\.google\.com$/ },
  { kind: 'known', pattern: /^[a-z0-9-]+\.tokens\.sts\.global\.api\.aws$/ },
  { kind: 'known', pattern: /^cognito-identity\.amazonaws\.com$/ },
  {
    kind: 'known',
    pattern: /^api\.bitbucket\.org\/2\.0\/workspaces\/[^/]+\/pipelines-config\/identity\/oidc$/,
  },
  { kind: 'known', pattern: /^oidc\.circleci\.com\/org\/[^/]+$/ },
  { kind: 'known', pattern: /^agent\.buildkite\.com$/ },
  { kind: 'known', pattern: /^oidc\.vercel\.com(?:\/[^/]+)?$/ },
];

const URL_PARTS = /^https?:\/\/([^/]*)(.*)$/is;

/** Tells what an issuer is, and how its tokens spell it. Entra compares the text (case, slash and white space count). */
export function classifyIssuer(issuer: string): IssuerVerdict {
  const [, host = '', path = ''] = URL_PARTS.exec(issuer.trim()) ?? [];
  const bare = host.toLowerCase() + withoutTrailingSlashes(path);
  const known = KNOWN.find(({ pattern }) => pattern.test(bare));
  if (known) {
    const text = known.lowerPath ? bare.toLowerCase() : bare;
    return { kind: known.kind, canonical: `https://${text}${known.slash ? '/' : ''}` };
  }
  // Nobody else answers for this host: a longer path there is a slip of the author.
  if (host.toLowerCase() === GITHUB_HOST) return { kind: 'github', canonical: `https://${GITHUB_HOST}` };
  return { kind: 'unknown', canonical: issuer };
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}
