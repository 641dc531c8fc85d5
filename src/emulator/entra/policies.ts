import type { Tenant } from '../entities.ts';
import type { Assertion } from './assertion.ts';
import type { ActiveClient } from './directory.ts';
import { Refusal } from './refusal.ts';

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

function quotedList(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop() ?? '';
  return quoted.length > 0 ? `${quoted.join(', ')} or ${last}` : last;
}

function checkEnterprise(tenant: Tenant, assertion: Assertion): void {
  const required = tenant.policies?.requiredGitHubEnterprise;
  const fromGitHub = assertion.issuer === GITHUB_ISSUER || assertion.issuer.startsWith(`${GITHUB_ISSUER}/`);
  if (!required || !fromGitHub) return;
  const enterprise = String(assertion.jwt.payload['enterprise'] ?? '');
  if (required.includes(enterprise)) return;
  throw new Refusal(7002381, { issuer: GITHUB_ISSUER, enterprises: quotedList(required), enterprise });
}

/** The tenant's own rules on federation. Throws a Refusal: 700223, 700238, 7002381. */
export function checkPolicies(tenant: Tenant, assertion: Assertion): void {
  const { federationDisabled, allowedIssuers } = tenant.policies ?? {};
  if (federationDisabled) throw new Refusal(700223, { tenantId: tenant.id });
  if (allowedIssuers && !allowedIssuers.includes(assertion.issuer))
    throw new Refusal(700238, { issuer: assertion.issuer });
  checkEnterprise(tenant, assertion);
}

/**
 * Conditional Access for workload identities: reaches neither managed identities nor multi-tenant applications.
 * Throws a Refusal 53003 with `suberror` and `claims`. Source: Entra, "Conditional Access for workload identities".
 */
export function checkConditionalAccess(tenant: Tenant, client: ActiveClient): void {
  const { conditionalAccess } = tenant;
  if (!conditionalAccess?.blockedAppIds.includes(client.clientId)) return;
  if (client.managedIdentity !== null || client.multiTenant) return;
  const capolids = { essential: true, values: [conditionalAccess.policyId] };
  const claims = JSON.stringify({ access_token: { capolids } });
  throw new Refusal(53003, {}, { suberror: 'message_only', claims });
}
