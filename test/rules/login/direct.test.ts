import { expect, test, vi } from 'vitest';
import type { DirectInputs } from '../../../src/inputs/inputs.ts';
import { directLogin } from '../../../src/login/direct.ts';
import { Failure } from '../../../src/report/failure.ts';
import { inputsOf } from '../../harness/inputs.ts';
import { unsignedToken } from '../../harness/unsigned-token.ts';
import { fakeEffects } from '../sources/effects.ts';

const CLIENT = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'bbbbbbbb-0000-4000-8000-000000000002';
const TENANT = '11111111-1111-4111-8111-111111111111';
const MACHINE = `/subscriptions/${TENANT}/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm`;
const ASSIGNED = `/subscriptions/${TENANT}/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one`;
const CLAIMS = { appid: CLIENT, tid: TENANT, oid: 'o', xms_mirid: MACHINE };

const explain = () => Promise.reject(new Error('nothing was refused'));

function directInputs(given: Readonly<Record<string, string>>): DirectInputs {
  const inputs = inputsOf({ 'identity-source': 'direct-managed-identity', ...given });
  return inputs.mode === 'direct-login' ? inputs : expect.fail('another mode');
}

function signIn(claims: object, given: Readonly<Record<string, string>> = {}) {
  const { fx, seen, patience } = fakeEffects(() => new Error('not asked'));
  const inputs = directInputs(given);
  const tools = { explain, fx, patience, signal: new AbortController().signal };
  const tokens = vi.fn(async () => ({ token: unsignedToken(claims), expiresAt: 5 }));
  return { signedIn: directLogin(inputs, tokens, tools, null), seen, tokens };
}

test.each([
  ['system', MACHINE],
  ['user', ASSIGNED],
])('who signed in is read from the token: %s-assigned', async (assigned, xms_mirid) => {
  const { signedIn } = signIn({ ...CLAIMS, xms_mirid });
  expect(await signedIn).toMatchObject({
    clientId: CLIENT,
    tenantId: TENANT,
    principalId: 'o',
    assertion: null,
    machine: { assigned, resourceId: xms_mirid },
  });
});

test.each([
  ['another client than expected', { 'client-id': OTHER }, 'identity-other'],
  [
    'another client than the source names',
    { 'identity-source': `direct-managed-identity:${OTHER}` },
    'identity-other',
  ],
  [
    'another object than the source names',
    { 'identity-source': `direct-managed-identity:object-id=${OTHER}` },
    'identity-other',
  ],
  [
    'another resource than the source names',
    { 'identity-source': `direct-managed-identity:resource-id=${ASSIGNED}` },
    'identity-other',
  ],
  ['another tenant than expected', { 'tenant-id': OTHER }, 'identity-other'],
  ['a client that is not allowed', { 'allowed-clients': OTHER }, 'guard-client'],
  ['a tenant that is not allowed', { 'allowed-tenants': OTHER }, 'guard-tenant'],
])('%s ends it', async (_, given, code) => {
  await expect(signIn(CLAIMS, given).signedIn).rejects.toThrow(code);
});

const NAMED = { 'client-id': CLIENT, 'tenant-id': TENANT };

test.each([
  ['client', { ...NAMED, 'allowed-clients': OTHER }],
  ['client', { 'identity-source': `direct-managed-identity:${CLIENT}`, 'allowed-clients': OTHER }],
  ['tenant', { ...NAMED, 'allowed-tenants': OTHER }],
])('no machine is asked for a %s that is given and not allowed', async (_, given) => {
  const { signedIn, tokens } = signIn(CLAIMS, given);
  await expect(signedIn).rejects.toThrow('so nothing was sent');
  expect(tokens).not.toHaveBeenCalled();
});

test.each(['allowed-clients', 'allowed-tenants'])(
  'what is only known by the token and not among %s drops it',
  async (list) => {
    await expect(signIn(CLAIMS, { [list]: OTHER }).signedIn).rejects.toThrow('so its token was dropped');
  },
);

test('a token that does not tell whose it is ends it', async () => {
  await expect(signIn({ oid: 'o' }).signedIn).rejects.toThrow('does not tell whose it is');
});

test('ids that were not given are masked once they are known', async () => {
  const { signedIn, seen } = signIn(CLAIMS, { 'mask-ids': 'true' });
  await signedIn;
  expect(seen.masked).toEqual([CLIENT, TENANT]);
});

test('a token that only a session needs may be missing where nobody named that session', async () => {
  const { fx, patience } = fakeEffects(() => new Error('not asked'));
  const inputs = directInputs({ tokens: 'graph' });
  const tokens = async (scope: string) => {
    if (scope === 'arm/.default') throw new Failure({ code: 'identity-refused', sentence: 's' });
    return { token: unsignedToken(CLAIMS), expiresAt: 5 };
  };
  const tools = { explain, fx, patience, signal: new AbortController().signal };
  const also = { request: { name: 'az', scope: 'arm/.default' }, optional: true };
  expect((await directLogin(inputs, tokens, tools, also)).management).toBeInstanceOf(Failure);
  await expect(directLogin(inputs, tokens, tools, { ...also, optional: false })).rejects.toThrow(
    'identity-refused',
  );
});
