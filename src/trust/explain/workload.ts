import { isGuid } from '../guid.ts';
import { classifyIssuer, type Provider } from '../issuer.ts';
import type { Difference } from './compare.ts';
import { quoted } from './visible.ts';

type Pair = Pick<Difference, 'field' | 'configured'> & { readonly presented: string };

/**
 * The usual mistake behind a difference, for assertions that GitHub did not issue, in one sentence; null where none is
 * known. Sources: Kubernetes, "Managing Service Accounts"; Google Cloud, "Service account unique ID"; AWS STS,
 * `GetWebIdentityToken`; Microsoft, "Configure an application to trust a managed identity".
 */
export function usualMistake(provider: Provider, pair: Pair): string | null {
  switch (provider) {
    case 'kubernetes':
      return kubernetes(pair);
    case 'google':
      return pair.field === 'subject' ? google(pair.configured) : null;
    case 'aws':
      return aws(pair);
    case 'entra':
      return entra(pair);
    default:
      return null;
  }
}

function kubernetes({ field, presented, configured }: Pair): string | null {
  if (field === 'issuer') return cluster(presented, configured);
  if (field === 'audience') return mountedFor(presented);
  const [ours, theirs] = [serviceAccount(presented), serviceAccount(configured)];
  if (ours === null) return null;
  if (theirs === null)
    return 'The subject of a service account is system:serviceaccount:NAMESPACE:NAME, and the credential holds something else.';
  return ours.namespace === theirs.namespace
    ? `The pod runs as the service account ${quoted(ours.name)}, and the credential trusts ${quoted(theirs.name)} of the same namespace.`
    : `The service account is in the namespace ${quoted(ours.namespace)}, and the credential trusts one in ${quoted(theirs.namespace)}.`;
}

function serviceAccount(subject: string): { readonly namespace: string; readonly name: string } | null {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject) ?? [];
  return namespace && name ? { namespace, name } : null;
}

const HOW: readonly (readonly [RegExp, string])[] = [
  [/\.oic\.prod-aks\./, 'az aks show --query oidcIssuerProfile.issuerUrl'],
  [/^https:\/\/oidc\.eks\./, 'aws eks describe-cluster --name CLUSTER --query cluster.identity.oidc.issuer'],
];

function cluster(presented: string, configured: string): string {
  const bare = (issuer: string) => issuer.replace(/\/+$/, '');
  if (bare(presented) === bare(configured))
    return presented.endsWith('/')
      ? "The issuer of this cluster ends in a slash, as all of AKS do, and the credential's has none."
      : "The issuer of this cluster has no slash at its end, and the credential's has one.";
  const command =
    HOW.find(([pattern]) => pattern.test(presented))?.[1] ??
    'kubectl get --raw /.well-known/openid-configuration';
  return `The credential names the issuer of another cluster, or none of a cluster; \`${command}\` prints that of this one.`;
}

function mountedFor(audience: string): string {
  const whom = /^sts\.amazonaws\.com/.test(audience)
    ? 'for AWS (IRSA)'
    : /^https:\/\/kubernetes\.default/.test(audience)
      ? "for the cluster's own API server"
      : `for ${quoted(audience)}`;
  return `The token in the file was made ${whom}: mount one whose audience is what the credential accepts (projected volume, \`audience\`).`;
}

function google(configured: string): string {
  if (/@/.test(configured))
    return "The credential holds the e-mail address of a service account; Google's tokens name it by its number (`gcloud iam service-accounts describe EMAIL --format='value(uniqueId)'`).";
  return /^\d+$/.test(configured)
    ? 'The credential holds the number of another service account.'
    : "Google's tokens name a service account by its number, its unique id, and the credential holds something else.";
}

function aws({ field, configured }: Pair): string | null {
  if (field === 'issuer')
    return 'Each AWS account has an issuer of its own, and the credential names another one; `aws iam get-outbound-web-identity-federation-info` prints that of this account.';
  if (field !== 'subject') return null;
  if (/^arn:[\w-]+:sts::\d+:assumed-role\//.test(configured))
    return "The credential holds the ARN of a role's session; the subject is the ARN of the role itself.";
  return /^arn:[\w-]+:iam::\d+:/.test(configured)
    ? 'The credential trusts another role or user of AWS.'
    : 'The subject of a token of AWS is the ARN of the role or user, and the credential holds something else.';
}

function entra({ field, presented, configured }: Pair): string | null {
  if (field === 'issuer') return tenantOf(presented, configured);
  if (field !== 'subject') return null;
  if (configured.startsWith('/subscriptions/'))
    return 'The credential holds the resource id of a managed identity; the subject is its object (principal) id.';
  return isGuid(configured)
    ? 'The credential holds another id than the object (principal) id of the identity, such as its client id, or that of another identity.'
    : 'The subject of a managed identity is its object (principal) id, and the credential holds something else.';
}

function tenantOf(presented: string, configured: string): string | null {
  const tenant = (issuer: string) =>
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(issuer)?.[0]?.toLowerCase();
  if (classifyIssuer(configured).provider !== 'entra') return null;
  return tenant(presented) === tenant(configured)
    ? 'It is the same tenant, with its issuer in another form (v1 is https://sts.windows.net/…, v2 https://login.microsoftonline.com/…/v2.0): write the one that the token carries.'
    : 'The managed identity belongs to another tenant than the one that the credential names.';
}
