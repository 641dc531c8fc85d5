import { expect, test } from 'vitest';
import { entraKey } from '../../src/emulator/entra/access-token.ts';
import { signJwt } from '../../src/emulator/jwt.ts';
import { application, claimsOf, codeOf, exchange, type TokenBody } from './client.ts';
import { useEmulator } from './fixture.ts';
import { askImds } from './local.ts';
import { ask } from './resources.ts';

const emulator = useEmulator();
const NAME = 'octo-from-managed-identity';
const FABRIKAM = '22222222-2222-4222-8222-222222222222';
const UNTRUSTING = 'dddddddd-0000-4000-8000-000000000002';
const ISSUER = 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0';

async function assertionOf(query: Record<string, string> = {}): Promise<string> {
  const { json } = await askImds(emulator.current, { resource: 'api://AzureADTokenExchange', ...query });
  return json.access_token;
}

/** The assertion with other claims, signed by Entra all the same. */
async function altered(claims: Record<string, unknown>): Promise<string> {
  const { jwk, privateKey } = await entraKey();
  const genuine = claimsOf(await assertionOf());
  return signJwt({ typ: 'JWT', alg: 'RS256', kid: jwk.kid }, { ...genuine, ...claims }, privateKey);
}

function code(assertion: string, tenant?: string): Promise<number | undefined> {
  const client = application(emulator.current, NAME).appId;
  return codeOf(emulator.current, { client, assertion, ...(tenant && { tenant }) });
}

test('a managed identity becomes the application that trusts it', async () => {
  const { appId, servicePrincipal } = application(emulator.current, NAME);
  const assertion = await assertionOf();
  const { status, body } = await exchange<TokenBody>(emulator.current, { client: appId, assertion });
  expect(status).toBe(200);
  expect(claimsOf(body.access_token)).toMatchObject({ appid: appId, oid: servicePrincipal?.id });
  expect(emulator.current.requests().map(({ service }) => service)).toEqual(['imds', 'entra-token']);
});

test('the application is the same in another tenant that knows it', async () => {
  const client = application(emulator.current, NAME).appId;
  const assertion = await assertionOf();
  const { body } = await exchange<TokenBody>(emulator.current, { client, assertion, tenant: FABRIKAM });
  expect(claimsOf(body.access_token)).toMatchObject({ tid: FABRIKAM, appid: client });
});

test.each([
  ['of an identity that no credential names', { client_id: UNTRUSTING }, 700213],
  ['for another resource', { resource: 'https://management.azure.com/' }, 700211],
  ['for another resource, of version 2', { resource: 'api://octo-api' }, 700214],
])('a token %s is refused', async (_, query, expected) => {
  expect(await code(await assertionOf(query))).toBe(expected);
});

test('a token that is not app-only, or of no managed identity, is refused', async () => {
  expect(await code(await altered({ idtyp: 'user' }))).toBe(700229);
  expect(await code(await altered({ idtyp: undefined }))).toBe(700229);
  const { federatedIdentityCredentials } = application(emulator.current, NAME);
  const subject = 'cccccccc-0000-4000-8000-000000000001';
  federatedIdentityCredentials.push({
    name: 'application',
    issuer: ISSUER,
    subject,
    audiences: ['api://AzureADTokenExchange'],
  });
  expect(await code(await altered({ sub: subject, oid: subject }))).toBe(700222);
});

test('a managed identity of another tenant is refused, whatever the credential says', async () => {
  const client = application(emulator.current, 'fab-deploy');
  const [trust] = application(emulator.current, NAME).federatedIdentityCredentials;
  const { azure } = emulator.current.state.workloads;
  if (trust)
    client.federatedIdentityCredentials.push({
      ...trust,
      subject: azure.vm.systemAssigned?.principalId ?? '',
    });
  const assertion = await assertionOf();
  expect(await codeOf(emulator.current, { client: client.appId, assertion, tenant: FABRIKAM })).toBe(700222);
});

test('a managed identity of another cloud asks for its own audience', async () => {
  const tenantId = '33333333-3333-4333-8333-333333333333';
  const { vm } = emulator.current.state.workloads.azure;
  Object.assign(vm, { tenantId, userAssigned: [] });
  const tenant = emulator.current.state.tenants.find(({ id }) => id === tenantId);
  const [client] = tenant?.applications ?? [];
  client?.federatedIdentityCredentials.push({
    name: 'vm',
    issuer: `https://login.microsoftonline.us/${tenantId}/v2.0`,
    subject: vm.systemAssigned?.principalId ?? '',
    audiences: ['api://AzureADTokenExchangeUSGov'],
  });
  const refused = await askImds(emulator.current, { resource: 'api://AzureADTokenExchange' });
  expect(refused.json.error).toBe('invalid_resource');
  const assertion = await assertionOf({ resource: 'api://AzureADTokenExchangeUSGov' });
  const asked = { tenant: tenantId, host: 'login.microsoftonline.us', assertion };
  const scope = 'https://management.usgovcloudapi.net/.default';
  const { status } = await exchange(emulator.current, {
    ...asked,
    client: client?.appId ?? '',
    form: { scope },
  });
  expect(status).toBe(200);
});

test('Resource Manager takes the tokens of managed identities, and gives each its own roles', async () => {
  const path = 'https://management.azure.com/subscriptions/99999999-9999-4999-8999-999999999991';
  const groups = async (query: Record<string, string>) => {
    const { json } = await askImds(emulator.current, query);
    return (
      await ask(emulator.current, `${path}/resourceGroups/octo-rg?api-version=2021-04-01`, json.access_token)
    ).status;
  };
  expect(await groups({ client_id: 'dddddddd-0000-4000-8000-000000000001' })).toBe(200);
  expect(await groups({})).toBe(403);
});

test('an assertion whose signature is not Entra’s, or that has expired, is refused', async () => {
  const [header, , signature] = (await assertionOf()).split('.');
  const claims = { ...claimsOf(await assertionOf()), jti: 'another' };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  expect(await code([header, payload, signature].join('.'))).toBe(700027);
  expect(await code(await altered({ exp: 1 }))).toBe(700024);
});
