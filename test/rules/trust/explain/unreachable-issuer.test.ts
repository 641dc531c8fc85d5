import { expect, test } from 'vitest';
import { readErrorText } from '../../../../src/trust/explain/error-text.ts';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { ISSUER, read } from './reports.ts';

const SERVER = 'https://github.example.com/_services/token';
const FAILED = 'AADSTS501661: Request to External OIDC endpoint failed.';
const DISCOVERY = `${SERVER}/.well-known/openid-configuration`;

test.each([
  `${FAILED} Issuer: ${SERVER}`,
  `${FAILED} Issuer: ${SERVER}. Trace ID: x`,
  `${FAILED} Issuer: '${SERVER}'.`,
  `${FAILED}\nIssuer: "${SERVER}", and more`,
])('the issuer that Entra could not reach is read from %j', (text) => {
  expect(readErrorText(text).issuer).toBe(SERVER);
});

test.each<[string, unknown]>([
  ['named by Entra', { error: `${FAILED} Issuer: ${SERVER}` }],
  ['presented', { error: FAILED, presented: { issuer: SERVER } }],
  ['known by its server', { error: FAILED, context: { server_url: 'https://github.example.com' } }],
  ['of a code that is not told', { error: `Request to External OIDC endpoint failed. Issuer: ${SERVER}` }],
])('no credential mends an issuer out of reach, %s: a check is told', (_, json) => {
  const { cause, explanation, fix } = explain(read(json));
  expect([cause, fix]).toEqual(['issuer-ghes', {}]);
  expect(explanation).toContain(`curl -sS ${DISCOVERY}`);
  expect(explanation).not.toContain('<issuer>');
});

test('the issuer of a cluster is checked in the same way', () => {
  const { cause, explanation, fix } = explain(
    read({ error: FAILED, presented: { issuer: 'https://eastus.oic.prod-aks.azure.com/t/i/' } }),
  );
  expect([cause, fix]).toEqual(['signature-or-jwks', {}]);
  expect(explanation).toContain(
    'curl -sS https://eastus.oic.prod-aks.azure.com/t/i/.well-known/openid-configuration',
  );
});

test("GitHub's own issuer is asked again", () => {
  const { explanation, fix } = explain(read({ error: FAILED, presented: { issuer: ISSUER } }));
  expect(fix.workflow).toContain('timeout');
  expect(explanation).not.toContain('curl');
});

test('a credential for the issuer of a server is made where it is the credential that lacks', () => {
  const { cause, fix } = explain(
    read({ error: `AADSTS700211: No match for presented assertion issuer '${SERVER}'.` }),
  );
  expect([cause, fix.az]).toEqual(['issuer-ghes', expect.stringContaining(SERVER)]);
});
