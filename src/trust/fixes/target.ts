import { CLOUDS } from '../clouds.ts';
import { type Credential, isCalledByPlace } from '../credential.ts';
import type { Seen } from '../explain/compare.ts';
import type { Evidence } from '../explain/evidence.ts';
import { serverOf } from '../explain/issuer-causes.ts';
import { GITHUB_ISSUER } from '../expression/rules.ts';
import { credentialName } from '../fix.ts';
import { parseIdentityId } from '../identity-id.ts';

/** Ready texts, each in the language that its name says; only those that apply. */
export interface Fixes {
  readonly az?: string;
  readonly graph?: string;
  readonly terraform?: string;
  readonly bicep?: string;
  readonly github?: string;
  readonly workflow?: string;
}

/** The credential that would match, and the one that it replaces, if any. */
export interface Target {
  /** `<client-id>` where it is not known. */
  readonly client: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** Name of the credential that is to be corrected; null: a further one is created. */
  readonly replaces: string | null;
  readonly graphHost: string;
  readonly armHost: string;
  /** Null where either may be meant. */
  readonly kind: 'application' | 'managed-identity' | null;
  /** The managed identity, where its resource id is known. */
  readonly identity: ManagedIdentity | null;
}

/** What the resource id of a user-assigned managed identity says. */
export interface ManagedIdentity {
  readonly id: string;
  readonly subscription: string;
  readonly group: string;
  readonly name: string;
}

/** What stands for the asterisks of the runner. */
export const MASKED = '<masked>';
/** The name of a credential that is not known. */
export const UNNAMED = '<name>';
const PLACEHOLDER = '<subject, as the log of the run shows it>';

/** The credential that trusts what is presented; what is not known is a placeholder or the cloud's default. */
export function targetOf(evidence: Evidence, replaces: Credential | null): Target {
  const { seen, error, context } = evidence;
  const cloud = cloudOf(context.cloud);
  // A credential for the runner's asterisks would never match.
  const subject = seen.subject?.replaceAll('***', MASKED) ?? PLACEHOLDER;
  const replaced = replaces && (isCalledByPlace(replaces) ? UNNAMED : replaces.name);
  return {
    client: error.client ?? '<client-id>',
    name:
      replaced ??
      (/<[^<>]+>/.test(subject)
        ? UNNAMED
        : credentialName(subject, evidence.provider === 'github' ? 'github' : 'workload')),
    issuer: issuerOf(seen, serverOf(context.server_url)),
    subject,
    audience: audienceOf(seen, cloud.audience),
    replaces: replaced,
    graphHost: cloud.resources.graph ?? 'https://graph.microsoft.com',
    armHost: cloud.managementEndpoint,
    kind: context.identity_kind ?? (context.identity_resource_id ? 'managed-identity' : null),
    identity: identityOf(context.identity_resource_id ?? ''),
  };
}

function identityOf(id: string): ManagedIdentity | null {
  const parsed = parseIdentityId(id);
  return (
    parsed && { id, subscription: parsed.subscriptionId, group: parsed.resourceGroup, name: parsed.name }
  );
}

function issuerOf({ issuer }: Seen, server: string | null): string {
  return issuer ?? server ?? GITHUB_ISSUER;
}

// Entra accepts only the cloud's own audience in practice: GitHub's default belongs into no credential.
function audienceOf({ audience }: Seen, own: string): string {
  return audience === null || audience.startsWith('https://') ? own : audience;
}

/** The cloud of that name, the public one by default. */
export function cloudOf(name: string | undefined): (typeof CLOUDS)['AzureCloud'] {
  const named = Object.values(CLOUDS).find((cloud) => cloud.name.toLowerCase() === name?.toLowerCase());
  return named ?? CLOUDS.AzureCloud;
}
