import { cloudOfAuthority } from '../clouds.ts';
import type { State } from '../state.ts';
import { isManagedIdentity } from '../workloads/managed-identity.ts';
import type { Assertion } from './assertion.ts';
import type { ActiveClient } from './directory.ts';
import { Refusal } from './refusal.ts';
import { TOKEN_EXCHANGE_APP_ID } from './resources.ts';

const EXCHANGE_URIS: readonly string[] = [
  'api://AzureADTokenExchange',
  'api://AzureADTokenExchangeUSGov',
  'api://AzureADTokenExchangeChina',
];

/** The tenant of an issuer that is Entra itself, in the form of v2 tokens; null for any other issuer. */
export function tenantOfIssuer(issuer: string): string | null {
  const [, host = '', tenantId = null] = /^https:\/\/([^/]+)\/([^/]+)\/v2\.0$/.exec(issuer) ?? [];
  return cloudOfAuthority(host) === null ? null : tenantId;
}

/**
 * Whether the assertion is meant for a credential's audience. An assertion of Entra names the application of token
 * exchange by its id, where credentials name it by its URI.
 */
export function isMeantFor(audience: string, { issuer, audiences }: Assertion): boolean {
  if (audiences.includes(audience)) return true;
  const exchange = EXCHANGE_URIS.includes(audience) && audiences.includes(TOKEN_EXCHANGE_APP_ID);
  return exchange && tenantOfIssuer(issuer) !== null;
}

/**
 * What Entra asks of an assertion that it issued itself: an app-only token of a managed identity that is in the home
 * tenant of the application. Throws a Refusal: 700229, 700222. Which of them answers for what is not app-only is
 * documented; that 700222 answers for the rest is not verified.
 * Source: Entra, "Configure an application to trust a managed identity".
 */
export function checkManagedAssertion(client: ActiveClient, assertion: Assertion, state: State): void {
  const tenantId = tenantOfIssuer(assertion.issuer);
  if (tenantId === null) return;
  if (assertion.jwt.payload['idtyp'] !== 'app') throw new Refusal(700229);
  const home = state.tenants.find(({ applications }) =>
    applications.some(({ appId }) => appId === client.clientId),
  );
  const trusted = home?.id === tenantId && isManagedIdentity(tenantId, assertion.subject, state);
  if (!trusted) throw new Refusal(700222);
}
