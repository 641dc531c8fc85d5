import { expect, test } from 'vitest';
import { sdkSession } from '../../../src/sessions/sdk.ts';
import { settleSession } from '../../../src/sessions/settle.ts';
import { terraformSession } from '../../../src/sessions/terraform.ts';

const identity = {
  source: 'github' as const,
  clientId: 'c',
  tenantId: 't',
  subscriptionId: null,
  authority: 'login.example',
  terraform: { ARM_ENVIRONMENT: 'public' },
  tokenFile: { path: '/t/entra-federate-2/federated-token', content: 'a' },
  endpoint: null,
  isSystemAssigned: false,
  inTheWay: [],
  goesOn: false,
};
const auto = { clients: [], chosen: false } as const;
const never = () => false;

test('Terraform is given no token and no subscription that was not named', () => {
  const { variables, files } = terraformSession(identity);
  expect(Object.keys(variables)).toEqual([
    'ARM_USE_OIDC',
    'ARM_CLIENT_ID',
    'ARM_TENANT_ID',
    'ARM_ENVIRONMENT',
  ]);
  expect(files).toEqual([]);
});

test('what the job has set to the same value is no conflict', () => {
  const effects = settleSession(
    terraformSession(identity),
    auto,
    { ARM_CLIENT_ID: 'c', ARM_TENANT_ID: '' },
    never,
  );
  expect(effects.map(({ kind }) => kind)).toEqual(['variable', 'variable', 'variable', 'variable']);
});

test('a file of an earlier sign-in of ours may go, a foreign one may not', () => {
  const session = sdkSession(identity, { withTokenFile: true });
  const env = { AZURE_FEDERATED_TOKEN_FILE: '/t/entra-federate-1/federated-token' };
  expect(settleSession(session, auto, env, () => true).some(({ kind }) => kind === 'warning')).toBe(false);
  expect(settleSession(session, auto, env, never).map(({ kind }) => kind)).toEqual(['warning']);
});

test('auto leaves the endpoint of another client to those who may depend on it, and says so once', () => {
  const session = sdkSession(
    { ...identity, inTheWay: ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'] },
    { withTokenFile: true },
  );
  const env = { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/entra-federate/n/msi/token', IDENTITY_HEADER: 'h' };
  const left = settleSession(session, auto, env, never);
  expect(left.filter(({ kind }) => kind === 'warning')).toEqual([
    {
      kind: 'warning',
      text: 'IDENTITY_ENDPOINT, IDENTITY_HEADER are set in this job, and sdk prefers them to this sign-in.',
    },
  ]);
  expect(left).not.toContainEqual({ kind: 'variable', name: 'IDENTITY_ENDPOINT', value: '' });
  const taken = settleSession(session, { clients: ['sdk'], chosen: true }, env, never);
  expect(taken).toContainEqual({ kind: 'variable', name: 'IDENTITY_ENDPOINT', value: '' });
});

test.each([
  [
    'AZURE_FEDERATED_TOKEN_FILE',
    { ...identity, endpoint: { url: 'http://127.0.0.1:1/entra-federate/n/msi/token', header: 'h' } },
  ],
  [
    'AZURE_CLIENT_ID',
    { ...identity, source: 'direct-managed-identity' as const, tokenFile: null, isSystemAssigned: true },
  ],
])('%s that is emptied stops programs in Go, and that is said', (name, next) => {
  const session = sdkSession(next, { withTokenFile: true });
  const effects = settleSession(session, { clients: ['sdk'], chosen: true }, { [name]: 'x' }, () => true);
  expect(effects).toContainEqual({ kind: 'variable', name, value: '' });
  const warnings = effects.flatMap((effect) => (effect.kind === 'warning' ? [effect.text] : []));
  expect(warnings).toHaveLength(1);
  expect(warnings.join()).toContain(`${name} of an earlier step could only be emptied`);
  expect(warnings.join()).toContain(`env -u ${name}`);
  const again = settleSession(session, { clients: ['sdk'], chosen: true }, { [name]: '' }, () => true);
  expect(again.map(({ kind }) => kind)).not.toContain('warning');
});
