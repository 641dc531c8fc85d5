import type { IdentitySource } from './identity-source.ts';
import type { SessionClient } from './inputs.ts';

/** A source by its word in `identity-source`. */
export type SourceKind = IdentitySource['kind'];

/**
 * What signs a client in. `session-files`: az's own, with the tokens that were obtained. `own-oidc`: it asks GitHub for
 * ID tokens itself. `token-file`: it reads the assertion from a file. `endpoint`: it asks ours, which renews.
 * `machine`: it asks the machine's own managed identity.
 */
export type Feed = 'session-files' | 'own-oidc' | 'token-file' | 'endpoint' | 'machine';

/** What signs a client in, without and with `keep-alive`; null for a pair that cannot work. */
export interface Feeds {
  readonly fixed: Feed;
  readonly renewing: Feed | null;
}

const AZ: Feeds = { fixed: 'session-files', renewing: 'endpoint' };
const BY_FILE: Feeds = { fixed: 'token-file', renewing: 'endpoint' };
const STAYS_BY_FILE: Feeds = { fixed: 'token-file', renewing: 'token-file' };
const MACHINE: Feeds = { fixed: 'machine', renewing: null };

const BY_ASSERTION: Readonly<Record<SessionClient, Feeds>> = {
  az: AZ,
  // It sends no secret header, which the endpoint asks for, and so keeps the file.
  terraform: STAYS_BY_FILE,
  sdk: BY_FILE,
  azcopy: BY_FILE,
  powershell: BY_FILE,
};

/**
 * Which source can feed which client. Sources: the credential documentation of each client, as `docs/identity-sources.md`
 * names them, which holds this table in words.
 */
export const SESSION_FEEDS: Readonly<Record<SourceKind, Readonly<Record<SessionClient, Feeds>>>> = {
  github: { ...BY_ASSERTION, terraform: { fixed: 'own-oidc', renewing: 'own-oidc' } },
  file: BY_ASSERTION,
  google: BY_ASSERTION,
  aws: BY_ASSERTION,
  'managed-identity': BY_ASSERTION,
  'direct-managed-identity': {
    az: MACHINE,
    terraform: MACHINE,
    sdk: MACHINE,
    azcopy: MACHINE,
    powershell: MACHINE,
  },
};

/** Whether `keep-alive` can renew anything for this source. */
export function canRenew(source: SourceKind): boolean {
  return Object.values(SESSION_FEEDS[source]).some(({ renewing }) => renewing !== null);
}
