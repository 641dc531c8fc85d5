import { expect, test } from 'vitest';
import { application, claimsOf, exchange, idToken, type TokenBody, tenantOf } from './client.ts';
import { useEmulator } from './fixture.ts';
import { published, verified } from './published.ts';

const emulator = useEmulator();

async function verify(token: string, configuration: string) {
  return verified(emulator.current, token, await published(emulator.current, configuration));
}

test('a v1-style token for a Microsoft resource, from the v2 endpoint', async () => {
  const { status, headers, body } = await exchange<TokenBody>(emulator.current, {
    init: {
      headers: {
        'client-request-id': '12345678-1234-4234-8234-123456789012',
        'content-type': 'application/x-www-form-urlencoded',
      },
    },
  });
  const tenant = tenantOf(emulator.current);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    token_type: 'Bearer',
    expires_in: expect.any(Number),
    ext_expires_in: body.expires_in,
  });
  expect(Object.keys(body)).not.toContain('refresh_token');
  expect(headers.get('cache-control')).toBe('no-store, no-cache');
  expect(headers.get('x-ms-clitelem')).toBe('1,0,0,,');
  expect(headers.get('client-request-id')).toBe('12345678-1234-4234-8234-123456789012');
  const { payload, protectedHeader } = await verify(
    body.access_token,
    `https://login.microsoftonline.com/${tenant.id}/.well-known/openid-configuration`,
  );
  expect(protectedHeader.x5t).toBe(protectedHeader.kid);
  const principal = application(emulator.current, 'octo-deploy').servicePrincipal?.id;
  expect(payload).toMatchObject({
    aud: 'https://management.azure.com',
    iss: `https://sts.windows.net/${tenant.id}/`,
    appid: emulator.current.env['AZURE_CLIENT_ID'],
    appidacr: '2',
    idtyp: 'app',
    oid: principal,
    sub: principal,
    tid: tenant.id,
    ver: '1.0',
  });
  const life = (payload.exp ?? 0) - Date.now() / 1000;
  expect(life).toBeGreaterThan(3590);
  expect(life).toBeLessThan(5401);
});

test.each([
  ['https://management.core.windows.net//.default', 'https://management.core.windows.net/'],
  ['https://storage.azure.com/.default', 'https://storage.azure.com'],
  ['https://storage.azure.com//.default', 'https://storage.azure.com/'],
  ['https://account.blob.core.windows.net/.default', 'https://account.blob.core.windows.net'],
  ['https://graph.microsoft.com/.default', 'https://graph.microsoft.com'],
  ['00000003-0000-0000-c000-000000000000/.default', '00000003-0000-0000-c000-000000000000'],
  ['https://vault.azure.net/.default openid offline_access profile', 'https://vault.azure.net'],
])('scope %s gives audience %s', async (scope, audience) => {
  const { body } = await exchange<TokenBody>(emulator.current, { form: { scope } });
  expect(claimsOf(body.access_token)['aud']).toBe(audience);
});

test('a v2 token for an application that asks for v2', async () => {
  const { body } = await exchange<TokenBody>(emulator.current, {
    form: { scope: 'api://octo-api/.default' },
  });
  const { id } = tenantOf(emulator.current);
  const { payload } = await verify(
    body.access_token,
    `https://login.microsoftonline.com/${id}/v2.0/.well-known/openid-configuration`,
  );
  expect(payload).toMatchObject({
    aud: application(emulator.current, 'octo-api').appId,
    ver: '2.0',
    azpacr: '2',
  });
});

test('the v1 endpoint takes a resource and writes numbers as strings', async () => {
  const { body } = await exchange<TokenBody & { resource: string }>(emulator.current, { version: 1 });
  expect(body).toMatchObject({
    expires_in: expect.stringMatching(/^\d+$/),
    resource: 'https://management.azure.com/',
  });
  expect(Number(body.expires_on)).toBe(claimsOf(body.access_token)['exp']);
  expect(claimsOf(body.access_token)['aud']).toBe('https://management.azure.com/');
});

test('a managed identity gets 24 hours and its resource id', async () => {
  const [identity] = tenantOf(emulator.current).managedIdentities;
  const { body } = await exchange<TokenBody>(emulator.current, { client: identity?.clientId ?? '' });
  expect(body.expires_in).toBe(86399);
  expect(claimsOf(body.access_token)).toMatchObject({
    oid: identity?.principalId,
    xms_mirid: expect.stringMatching(/userAssignedIdentities\/octo-identity$/),
  });
});

test('one assertion serves several exchanges', async () => {
  const assertion = await idToken(emulator.current);
  for (const scope of ['https://vault.azure.net/.default', 'https://graph.microsoft.com/.default']) {
    expect((await exchange(emulator.current, { assertion, form: { scope } })).status).toBe(200);
  }
});

test('client capabilities come back as xms_cc', async () => {
  const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
  const { body } = await exchange<TokenBody>(emulator.current, { form: { claims } });
  expect(claimsOf(body.access_token)['xms_cc']).toEqual(['cp1']);
});

test.each([
  [
    'login.microsoftonline.us',
    2,
    'api://AzureADTokenExchangeUSGov',
    'https://management.core.usgovcloudapi.net',
  ],
  [
    'login.partner.microsoftonline.cn',
    3,
    'api://AzureADTokenExchangeChina',
    'https://management.chinacloudapi.cn',
  ],
  ['login.chinacloudapi.cn', 3, 'api://AzureADTokenExchangeChina', 'https://management.chinacloudapi.cn'],
])('%s serves the tenants of its cloud', async (host, index, audience, resource) => {
  const tenant = tenantOf(emulator.current, index);
  const ask = {
    host,
    tenant: tenant.domains[0] ?? '',
    client: tenant.applications[0]?.appId ?? '',
    assertion: await idToken(emulator.current, audience),
    form: { scope: `${resource}/.default` },
  };
  const { status, body } = await exchange<TokenBody>(emulator.current, ask);
  expect(status).toBe(200);
  expect(claimsOf(body.access_token)['tid']).toBe(tenant.id);
});

test('a multi-tenant application works where it has a guest principal', async () => {
  const tenant = tenantOf(emulator.current, 1);
  const client = application(emulator.current, 'octo-multi').appId;
  delete tenant.policies;
  tenant.guestServicePrincipals = [
    { appId: client, id: 'cccccccc-0000-4000-8000-000000000099', accountEnabled: true },
  ];
  const { body } = await exchange<TokenBody>(emulator.current, { tenant: tenant.id, client });
  expect(claimsOf(body.access_token)['oid']).toBe('cccccccc-0000-4000-8000-000000000099');
});

test('instance discovery lists the aliases of every cloud', async () => {
  const url =
    'https://login.microsoftonline.com/common/discovery/instance?api-version=1.1&authorization_endpoint=';
  const body = await published<Record<string, unknown>>(
    emulator.current,
    `${url}https://login.microsoftonline.us/contoso.onmicrosoft.us/oauth2/v2.0/authorize`,
  );
  expect(body['tenant_discovery_endpoint']).toContain(
    'https://login.microsoftonline.us/contoso.onmicrosoft.us/',
  );
  expect(body['metadata']).toContainEqual(expect.objectContaining({ preferred_cache: 'login.windows.net' }));
  const unknown = await emulator.current.handle(new Request(`${url}https://example.com/x`));
  expect(unknown.status).toBe(400);
});

test('the metadata of an unknown tenant is refused as invalid_tenant', async () => {
  const response = await emulator.current.handle(
    new Request('https://login.microsoftonline.com/nowhere.example/v2.0/.well-known/openid-configuration'),
  );
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: 'invalid_tenant', error_codes: [90002] });
});
