import { expect, test } from 'vitest';
import { lintCommand } from '../../../src/cli/lint.ts';
import { matchCommand } from '../../../src/cli/match.ts';

const claims = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:pull_request',
  aud: 'api://AzureADTokenExchange',
};
const credential = { name: 'a', issuer: claims.iss, subject: claims.sub, audiences: [claims.aud] };
const { audiences: _, ...bare } = credential;

test('lint takes credentials as az and Graph print them', () => {
  const asked = lintCommand({ credentials: [credential] }, 'high');
  expect(asked).toMatchObject({ status: 1, warnings: [] });
  const graph = { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata', value: [credential] };
  for (const printed of [[credential], graph, { value: [credential], nextLink: null }])
    expect(lintCommand(printed, 'high')).toEqual(asked);
  expect(lintCommand([], 'high')).toMatchObject({ status: 0, text: expect.stringMatching(/^No findings/) });
  for (const link of ['nextLink', '@odata.nextLink'])
    expect(lintCommand({ value: [credential], [link]: 'https://x' }, 'high').warnings).toEqual([
      expect.stringContaining('only a page'),
    ]);
  expect(lintCommand({ claims }, 'high').text).toContain('as az or Graph prints it');
});

test('match says how to put a list that az or Graph printed beside claims', () => {
  const az = matchCommand([credential]);
  expect([az.status, az.text]).toEqual([2, expect.stringContaining('credentials: .}')]);
  expect(matchCommand({ value: [credential] }).text).toContain('credentials: .value}');
  expect(matchCommand({ claims }).text).not.toContain('jq');
});

test.each([
  ['lint', (json: object) => lintCommand({ credentials: [], ...json }, 'high'), 'credentials, roles, github'],
  ['match', (json: object) => matchCommand({ claims, credentials: [], ...json }), 'claims, credentials'],
])('%s warns of a key that it does not know, and names those that it does', (_name, run, known) => {
  const { status } = run({});
  const warned = run({ rolles: [] });
  expect(warned.status).toBe(status);
  expect(warned.warnings).toEqual([expect.stringMatching(`^the key 'rolles' is not known.*known: ${known}`)]);
  expect(run({}).warnings).toEqual([]);
  expect(run({ [`ey.${'x'.repeat(60)}`]: 1 }).warnings).toEqual([expect.stringMatching(/^a key of 63 char/)]);
});

test('lint and match warn of a key that no credential has', () => {
  const slip = { ...credential, subjekt: 'x' };
  const arm = { name: 'a', type: 'x', properties: { ...bare, audiences: [], issuers: [] } };
  const warnings = [
    expect.stringContaining("'subjekt' in credentials[0] is not known"),
    expect.stringContaining("'issuers' in credentials[1] is not known"),
  ];
  expect(matchCommand({ claims, credentials: [slip, arm] }).warnings).toEqual(warnings);
  expect(lintCommand({ credentials: [slip, arm] }, 'high').warnings).toEqual(warnings);
  expect(lintCommand([slip], 'high').warnings).toEqual([expect.stringContaining("'subjekt' in the list[0]")]);
});

test("match takes Terraform's spelling of a credential", () => {
  const matched = (own: object) => matchCommand({ claims, credentials: [{ ...bare, ...own }] });
  for (const audience of [claims.aud, [claims.aud]])
    expect(matched({ audience })).toMatchObject({ status: 0, warnings: [] });
  expect(matched({ audience: claims.aud, audiences: ['x'] }).status).toBe(1);
  expect(matched({ audience: 1 }).status).toBe(2);
  const { subject, ...flexible } = { ...bare, audience: claims.aud };
  const claims_matching_expression = `claims['sub'] eq '${subject}'`;
  const both = matchCommand({ claims, credentials: [{ ...flexible, claims_matching_expression }] });
  expect(both).toMatchObject({ status: 0, warnings: [] });
});

test('match says that a credential holds no audience, no issuer and no subject', () => {
  const { text, json } = matchCommand({ claims, credentials: [{ name: 'a' }] });
  for (const field of ['issuer', 'subject', 'audience'])
    expect(text).toContain(`  ${field}: the credential holds none\n    presented `);
  expect(text.match(/configured {2}\(none\)/g)).toHaveLength(3);
  expect(text).not.toContain('^');
  expect(json).toMatchObject({ results: [{ mismatches: [{}, {}, { field: 'audience', configured: '' }] }] });
});
