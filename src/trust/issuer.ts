import { type Claims, presentedBy } from './claims.ts';

/** Whose tokens an issuer signs, as far as it matters for what a subject looks like. */
export type Provider = 'github' | 'kubernetes' | 'google' | 'aws' | 'entra' | 'other';

/** What an issuer is: GitHub's, another well-known one, or neither. */
export interface IssuerVerdict {
  readonly kind: 'github' | 'known' | 'unknown';
  readonly provider: Provider;
  /** As its tokens carry it in `iss`; for an unknown issuer, what is configured. */
  readonly canonical: string;
  /** Host of the one GitHub that it is the issuer of, where anybody can have such a GitHub; else null. */
  readonly server: string | null;
}

interface KnownIssuer {
  readonly kind: 'github' | 'known';
  /** 'other' unless said. */
  readonly provider?: Provider;
  /** Over `host/path` without scheme and trailing slash; the host in lower case. What it captures is the server. */
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
  {
    kind: 'github',
    provider: 'github',
    pattern: new RegExp(`^${GITHUB_HOST.replaceAll('.', '\\.')}(?:/[^/]+)?$`),
  },
  { kind: 'github', provider: 'github', pattern: /^token\.actions\.([a-z0-9-]+\.ghe\.com)(?:\/[^/]+)?$/ },
  { kind: 'github', provider: 'github', pattern: /^([a-z0-9.:-]+)\/_services\/token$/i, lowerPath: true },
  { kind: 'known', pattern: /^gitlab\.com$/ },
  { kind: 'known', pattern: /^app\.(?:eu\.)?terraform\.io$/ },
  { kind: 'known', pattern: new RegExp(`^vstoken\\.dev\\.azure\\.com/${GUID}$`, 'i') },
  {
    kind: 'known',
    provider: 'entra',
    pattern: new RegExp(`^login\\.microsoftonline\\.(?:com|us)/${GUID}/v2\\.0$`, 'i'),
  },
  {
    kind: 'known',
    provider: 'entra',
    pattern: new RegExp(`^login\\.partner\\.microsoftonline\\.cn/${GUID}/v2\\.0$`, 'i'),
  },
  {
    kind: 'known',
    provider: 'entra',
    pattern: new RegExp(`^sts\\.windows\\.net/${GUID}$`, 'i'),
    slash: true,
  },
  {
    kind: 'known',
    provider: 'kubernetes',
    pattern: /^[a-z0-9-]+\.oic\.prod-aks\.azure\.(?:com|us|cn)(?:\/[^/]+)+$/,
    slash: true,
  },
  {
    kind: 'known',
    provider: 'kubernetes',
    pattern: /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/id\/[^/]+$/,
  },
  {
    kind: 'known',
    provider: 'kubernetes',
    pattern: /^container\.googleapis\.com\/v1\/projects\/[^/]+\/.+\/clusters\/[^/]+$/,
  },
  { kind: 'known', provider: 'google', pattern: /^accounts\.google\.com$/ },
  { kind: 'known', provider: 'aws', pattern: /^[a-z0-9-]+\.tokens\.sts\.global\.api\.aws$/ },
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
    const canonical = `https://${text}${known.slash ? '/' : ''}`;
    const server = known.pattern.exec(bare)?.[1] ?? null;
    return { kind: known.kind, provider: known.provider ?? 'other', canonical, server };
  }
  // Nobody else answers for this host: a longer path there is a slip of the author.
  if (host.toLowerCase() === GITHUB_HOST)
    return { kind: 'github', provider: 'github', canonical: `https://${GITHUB_HOST}`, server: null };
  return { kind: 'unknown', provider: 'other', canonical: issuer, server: null };
}

/** Host of a GitHub by its address, such as `https://github.com`; null where that is none. */
export function hostOfServer(url: string): string | null {
  return URL_PARTS.exec(url)?.[1]?.toLowerCase() || null;
}

/** Whether GitHub issued a token with these claims; one that names no issuer is taken for GitHub's. */
export function isGitHubs(claims: Claims): boolean {
  const { issuer, subject } = presentedBy(claims);
  return providerOf(issuer || null, subject) === 'github';
}

const SERVICE_ACCOUNT = /^system:serviceaccount:/;

/**
 * Whose token it is, by issuer and subject: a cluster of one's own has an issuer of any name, but its subjects have one
 * form (Kubernetes, "Authenticating", service account tokens). Where no issuer is known it is taken for GitHub's.
 */
export function providerOf(issuer: string | null, subject: string | null): Provider {
  if (issuer === null) return SERVICE_ACCOUNT.test(subject ?? '') ? 'kubernetes' : 'github';
  const { provider } = classifyIssuer(issuer);
  return provider === 'other' && SERVICE_ACCOUNT.test(subject ?? '') ? 'kubernetes' : provider;
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}
