import { expect, test } from 'vitest';
import { gather } from '../../../../src/trust/explain/evidence.ts';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { RULES } from '../../../../src/trust/explain/rules.ts';
import { AUDIENCE, causes, DEV, ISSUER, MAIN, read } from './reports.ts';

/** The rules that have anything to say, by name. */
function speaking(json: unknown): readonly string[] {
  const evidence = gather(read(json));
  return RULES.filter((rule) => rule(evidence).length > 0).map(({ name }) => name);
}

// A log in which every rule finds words of its own.
const NOISE = `
Not all values are present. Ensure 'client-id' and 'tenant-id' are supplied. Please make sure to give write permissions to id-token.
the external oidc provider; Tenant 'x' not found; unauthorized_client; blocked by Conditional Access; the principal is disabled
the maximum number of federated identity credentials; flexible federated credential; PrincipalNotFound; No subscriptions found
AuthorizationFailed: 403 Forbidden; ECONNRESET; invalid signature; the ID token has expired; the token is not yet valid`;
const QUIET = NOISE.replace('AuthorizationFailed: ', '');
const CREDENTIALS = [
  { name: 'main', issuer: `${ISSUER}/`, subject: MAIN, audiences: [AUDIENCE] },
  {
    name: 'flexible',
    issuer: ISSUER,
    audiences: [AUDIENCE],
    claimsMatchingExpression: { value: 'nonsense', languageVersion: 1 },
  },
];
const FACTS = {
  presented: { issuer: ISSUER, subject: DEV, audience: 'https://github.com/acme' },
  configured: CREDENTIALS,
  context: { intermittent: true, cloud: 'AzureUSGovernment' },
};

test.each<[string, string, readonly string[]]>([
  [
    'a refused subject is about the trust: who got there had a token, its ids and a network',
    `AADSTS700213: No matching federated identity record found for presented assertion subject '${DEV}'.`,
    ['expression', 'nearestDiffers', 'propagation', 'audienceAlone', 'aadstsCode'],
  ],
  [
    'the same refusal without its code',
    `No matching federated identity record found for presented assertion subject '${DEV}'.`,
    ['expression', 'nearestDiffers', 'propagation', 'audienceAlone'],
  ],
  [
    'a policy of Entra speaks for itself',
    'AADSTS53003: Access has been blocked by Conditional Access policies.',
    ['missingInputs', 'aadstsCode'],
  ],
  [
    'a code that is not listed leaves what Entra may have meant',
    'AADSTS19999: something else.',
    ['missingInputs', 'issuerUnreachable', 'wrongTenant', 'refusedByState', 'validity'],
  ],
  [
    'without a code every word counts',
    'Error: it did not work.',
    [
      'idTokenPermission',
      'missingInputs',
      'expression',
      'issuerUnreachable',
      'validity',
      'wrongTenant',
      'unknownClient',
      'refusedByState',
      'credentialLimit',
      'notYetReplicated',
      'noSubscription',
      'noRole',
      'network',
      'signature',
      'differsAnyway',
    ],
  ],
])('%s', (_, error, names) => {
  expect([...speaking({ ...FACTS, error: `${error}${QUIET}` })].sort()).toEqual([...names].sort());
});

test('what is said of an issuer that is refused names each cause once', () => {
  const said = causes({ error: `AADSTS700211: No match for presented assertion issuer '${ISSUER}'.` });
  expect(said).toEqual([
    'issuer-trailing-slash (likely)',
    'issuer-enterprise (possible)',
    'issuer-other (possible)',
    'issuer-ghes (possible)',
  ]);
});

test('of several expressions that are not valid three are named', () => {
  const flexible = (name: string) => ({ ...CREDENTIALS[1], name });
  const { explanation } = explain(
    read({ error: 'AADSTS700235: refused.', configured: ['a', 'b', 'c', 'd'].map(flexible) }),
  );
  expect(explanation).toContain("In 'c'");
  expect(explanation).not.toContain("In 'd'");
});

test('the version of an expression is told where it is another than the only one', () => {
  const value = `claims['sub'] eq '${DEV}' and claims['repository_id'] eq '7'`;
  const flexible = { ...CREDENTIALS[1], claimsMatchingExpression: { value, languageVersion: 2 } };
  const claims = { iss: ISSUER, sub: DEV, aud: AUDIENCE, repository_id: '7' };
  const { cause, explanation } = explain(read({ claims, configured: [flexible] }));
  expect([cause, explanation]).toEqual([
    'flexible-expression',
    expect.stringContaining('its languageVersion is 2, and 1 is the only one'),
  ]);
  expect(explain(read({ configured: [flexible] })).explanation).toContain('the languageVersion is 2');
});
