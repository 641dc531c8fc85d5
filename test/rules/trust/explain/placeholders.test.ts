import { expect, test } from 'vitest';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { AUDIENCE, ISSUER, MAIN, read } from './reports.ts';

const SLASH = { issuer: `${ISSUER}/`, subject: MAIN, audiences: [AUDIENCE] };
const PRESENTED = { issuer: ISSUER, subject: MAIN, audience: AUDIENCE };
const IDENTITY =
  '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i';

const fixOf = (json: object) => explain(read(json)).fix;

test('a credential without a name is listed first, and a placeholder stands for its name', () => {
  const fix = fixOf({ presented: PRESENTED, configured: [SLASH] });
  expect(Object.values(fix).join('\n')).not.toMatch(/credential( |%20)1/);
  const { az = '', graph } = fix;
  expect(az).toContain("--federated-credential-id '<name>'");
  for (const client of ['ad app', 'identity'])
    expect(az).toMatch(
      new RegExp(`az ${client} federated-credential list[^]*az ${client} federated-credential update`),
    );
  expect(graph).toContain('/federatedIdentityCredentials/<name>\n');
});

test('of a managed identity, too', () => {
  const context = { identity_resource_id: IDENTITY };
  const fix = fixOf({ presented: PRESENTED, configured: [SLASH], context });
  expect(fix.az).toMatch(
    /^az identity federated-credential list \\\n {2}--identity-name i .* --output table\n/,
  );
  expect(fix.graph).toContain(`${IDENTITY}/federatedIdentityCredentials/<name>?`);
});

test.each(['credential 2', '#2'])('%s is no name that Entra knows', (name) => {
  const { az } = fixOf({ presented: PRESENTED, configured: [{ name, ...SLASH }] });
  expect(az).not.toContain(name);
});

test('a flexible credential without a name, too', () => {
  const flexible = {
    issuer: ISSUER,
    audiences: [AUDIENCE],
    claimsMatchingExpression: { value: 'x', languageVersion: 1 },
  };
  const fix = fixOf({ presented: PRESENTED, configured: [flexible] });
  expect(fix.graph).toContain('/federatedIdentityCredentials/<name>\n');
  expect(fix.terraform).toContain('"<name>"');
});

test('a credential with a name is not listed, and keeps it', () => {
  const { az } = fixOf({ presented: PRESENTED, configured: [{ name: 'main', ...SLASH }] });
  expect(az).toContain('--federated-credential-id main');
  expect(az).not.toContain(' list ');
});

test.each(['repo:acme/shop:ref:refs/heads/<branch>', 'repo:acme/***:environment:prod'])(
  'of a subject with a part that is not known, %s, it is said that this is to be replaced',
  (subject) => {
    const { explanation, fix } = explain(read({ presented: { ...PRESENTED, subject }, configured: [] }));
    const [part = ''] = /<(?!name>).+>/.exec(fix.terraform ?? '') ?? [];
    expect(explanation).toContain(`Replace \`${part}\``);
    expect(fix.az).toContain('"name":"<name>"');
  },
);

test('of a subject that is known as a whole nothing is to be replaced', () => {
  expect(explain(read({ presented: PRESENTED, configured: [] })).explanation).not.toContain('Replace `');
});
