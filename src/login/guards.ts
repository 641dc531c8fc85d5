import type { ClientInputs } from '../inputs/inputs.ts';
import { type Fact, Failure } from '../report/failure.ts';
import { type Claims, claimText } from '../trust/claims.ts';
import { isGuid } from '../trust/guid.ts';
import { meets, type Requirement } from '../trust/requirement.ts';

/** A client and a tenant, null where not known yet, with the lists that they must be on. */
export interface GuardedIds extends Pick<ClientInputs, 'allowedClients' | 'allowedTenants'> {
  readonly clientId: string | null;
  readonly tenantId: string | null;
}

const NOTHING_SENT = 'so nothing was sent';
const TOKEN_DROPPED = 'so its token was dropped';

/**
 * Refuses a client or tenant that is not on its list. Empty lists allow all. `when`: whether that is known before
 * anything is sent, or by the token only.
 */
export function guardIds(
  { clientId, tenantId, allowedClients, allowedTenants }: GuardedIds,
  when: 'before' | 'by-token' = 'before',
): void {
  const so = when === 'before' ? NOTHING_SENT : TOKEN_DROPPED;
  if (clientId !== null && allowedClients.length > 0 && !allowedClients.includes(clientId))
    throw new Failure({
      code: 'guard-client',
      sentence: `the client '${clientId}' is not among \`allowed-clients\`, ${so}.`,
      facts: [{ label: 'allowed', value: allowedClients.join(', ') }],
      remedy: ['Sign in as an allowed client, or add this one to `allowed-clients`.'],
    });
  if (tenantId !== null && allowedTenants.length > 0 && !allowedTenants.includes(tenantId))
    throw tenantRefused(tenantId, allowedTenants, so, []);
}

/**
 * Checks a tenant that was given as a domain once more, by the id in the token: who holds a domain may change.
 * Only ids on the list say anything about that. `tid` is null where the token does not tell, which is no pass.
 */
export function guardTokenTenant(
  { tenantId, allowedTenants }: Pick<ClientInputs, 'tenantId' | 'allowedTenants'>,
  tid: string | null,
): void {
  const ids = allowedTenants.filter(isGuid);
  if (isGuid(tenantId) || ids.length === 0) return;
  if (tid === null) throw tenantUnread(tenantId, allowedTenants);
  if (ids.includes(tid.toLowerCase())) return;
  throw tenantRefused(tid, allowedTenants, TOKEN_DROPPED, [{ label: 'domain', value: tenantId }]);
}

/** Refuses an ID token that does not meet every line of `require-claims`; nothing has gone to Entra yet. */
export function guardClaims(requirements: readonly Requirement[], claims: Claims): void {
  const unmet = requirements.filter((requirement) => !meets(claims, requirement));
  const first = unmet[0];
  if (!first) return;
  throw new Failure({
    code: 'guard-claim',
    sentence: `the ID token does not meet \`require-claims\`: ${story(first, claims)}; nothing was sent to Entra.`,
    facts: unmet.map(
      (requirement): Fact => ({ label: requirement.claim, value: story(requirement, claims) }),
    ),
    remedy: ['The run is not one that this step is meant for, or the requirement is not what was meant.'],
  });
}

function story({ claim, operator, value }: Requirement, claims: Claims): string {
  const presented = claimText(claims, claim);
  const wanted = { '=': 'required is', '!=': 'forbidden is', '~': 'required is a match of' }[operator];
  return presented === null
    ? `the claim '${claim}' is absent, ${wanted} '${value}'`
    : `the claim '${claim}' is '${presented}', ${wanted} '${value}'`;
}

function tenantUnread(domain: string, allowed: readonly string[]): Failure {
  return new Failure({
    code: 'guard-tenant',
    sentence: `the tenant of the token could not be read, so whether '${domain}' is one of \`allowed-tenants\` is not known, ${TOKEN_DROPPED}.`,
    facts: [{ label: 'allowed', value: allowed.join(', ') }],
    remedy: [
      'Give the id of the tenant as `tenant-id`, or ask for a token that states it, such as one to Resource Manager (`tokens: arm`).',
    ],
  });
}

function tenantRefused(
  tenant: string,
  allowed: readonly string[],
  so: string,
  facts: readonly Fact[],
): Failure {
  return new Failure({
    code: 'guard-tenant',
    sentence: `the tenant '${tenant}' is not among \`allowed-tenants\`, ${so}.`,
    facts: [...facts, { label: 'allowed', value: allowed.join(', ') }],
    remedy: [
      'Sign in to an allowed tenant, or add this one to `allowed-tenants` in the form in which `tenant-id` gives it.',
    ],
  });
}
