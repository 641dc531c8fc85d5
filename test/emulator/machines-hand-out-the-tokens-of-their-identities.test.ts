import { expect, test } from 'vitest';
import { claimsOf, tenantOf } from './client.ts';
import { useEmulator } from './fixture.ts';
import { askAppService, askImds } from './local.ts';

const emulator = useEmulator();
const TENANT = '11111111-1111-4111-8111-111111111111';
const MACHINE =
  '/subscriptions/99999999-9999-4999-8999-999999999991/resourcegroups/octo-rg/providers/Microsoft.Compute/virtualMachines/octo-vm';
const IDENTITY =
  '/subscriptions/99999999-9999-4999-8999-999999999991/resourceGroups/octo-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/octo-identity';
const CLIENT = 'dddddddd-0000-4000-8000-000000000001';
const PRINCIPAL = 'eeeeeeee-0000-4000-8000-000000000001';

test('IMDS answers with strings, and a token of a day for the system-assigned identity', async () => {
  const { status, headers, json } = await askImds(emulator.current);
  expect(status).toBe(200);
  expect(headers.get('server')).toMatch(/^IMDS\//);
  expect(json).toEqual({
    access_token: expect.any(String),
    client_id: 'dddddddd-0000-4000-8000-000000000051',
    expires_in: '86399',
    expires_on: expect.stringMatching(/^\d+$/),
    ext_expires_in: '86399',
    not_before: expect.stringMatching(/^\d+$/),
    resource: 'https://management.azure.com/',
    token_type: 'Bearer',
  });
  const claims = claimsOf(json.access_token);
  expect(claims).toMatchObject({
    aud: 'https://management.azure.com/',
    iss: `https://sts.windows.net/${TENANT}/`,
    appid: 'dddddddd-0000-4000-8000-000000000051',
    oid: 'eeeeeeee-0000-4000-8000-000000000051',
    idtyp: 'app',
    tid: TENANT,
    xms_mirid: MACHINE,
  });
  expect(claims).not.toHaveProperty('xms_ficinfo');
  expect(emulator.current.issued()).toContain(json.access_token);
  expect(emulator.current.requests()).toMatchObject([{ service: 'imds', status: 200 }]);
});

test.each([
  ['client_id', CLIENT],
  ['client_id', CLIENT.toUpperCase()],
  ['object_id', PRINCIPAL],
  ['msi_res_id', IDENTITY],
])('IMDS finds a user-assigned identity by %s', async (name, value) => {
  const { json } = await askImds(emulator.current, { [name]: value });
  expect(json.client_id).toBe(CLIENT);
  expect(claimsOf(json.access_token)).toMatchObject({
    oid: PRINCIPAL,
    xms_mirid: expect.stringMatching(/userAssignedIdentities\/octo-identity$/),
  });
});

test('IMDS without a system-assigned identity takes the only one, and does not choose among several', async () => {
  const { vm } = emulator.current.state.workloads.azure;
  vm.systemAssigned = null;
  expect(await askImds(emulator.current)).toMatchObject({
    status: 400,
    json: {
      error: 'invalid_request',
      error_description:
        'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
    },
  });
  vm.userAssigned = [CLIENT];
  expect((await askImds(emulator.current)).json.client_id).toBe(CLIENT);
  vm.userAssigned = [];
  expect((await askImds(emulator.current)).json).toEqual({
    error: 'invalid_request',
    error_description: 'Identity not found',
  });
});

test.each([
  ['no Metadata header', {}, { Metadata: null }, 'bad_request_102'],
  ['a request that was forwarded', {}, { 'X-Forwarded-For': '10.0.0.1' }, 'invalid_request'],
  ['no version', { 'api-version': null }, {}, 'invalid_request'],
  ['another version', { 'api-version': '2000-01-01' }, {}, 'invalid_request'],
  ['no resource', { resource: null }, {}, 'invalid_request'],
  ['an identity of nobody', { client_id: 'dddddddd-0000-4000-8000-000000000099' }, {}, 'invalid_request'],
  ['two selectors', { client_id: CLIENT, object_id: PRINCIPAL }, {}, 'invalid_request'],
  ['an unknown resource', { resource: 'https://nothing.example' }, {}, 'invalid_resource'],
])('IMDS refuses %s', async (_, query, headers, error) => {
  const reply = await askImds(emulator.current, query, headers);
  expect(reply).toMatchObject({ status: 400, json: { error } });
  expect(reply.json.error_description).toEqual(expect.any(String));
});

test('the token of token exchange is one of version 2, for the application that it is', async () => {
  const { json } = await askImds(emulator.current, { resource: 'api://AzureADTokenExchange' });
  expect(claimsOf(json.access_token)).toMatchObject({
    aud: 'fb60f99c-7a34-4190-8149-302f77469936',
    iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    sub: 'eeeeeeee-0000-4000-8000-000000000051',
    oid: 'eeeeeeee-0000-4000-8000-000000000051',
    azp: 'dddddddd-0000-4000-8000-000000000051',
    ver: '2.0',
  });
  expect(json.resource).toBe('api://AzureADTokenExchange');
});

test('App Service has a shape, selectors and errors of its own', async () => {
  const own = await askAppService(emulator.current);
  expect(own.json).toEqual({
    access_token: expect.any(String),
    client_id: 'dddddddd-0000-4000-8000-000000000052',
    expires_on: expect.stringMatching(/^\d+$/),
    not_before: expect.stringMatching(/^\d+$/),
    resource: 'https://management.azure.com/',
    token_type: 'Bearer',
  });
  for (const [name, value] of Object.entries({
    client_id: CLIENT,
    principal_id: PRINCIPAL,
    object_id: PRINCIPAL,
    mi_res_id: IDENTITY,
  }))
    expect((await askAppService(emulator.current, { [name]: value })).json.client_id).toBe(CLIENT);
  expect(emulator.current.issued()).toContain(own.json.access_token);
});

test('App Service does not take another identity for the one that the app lacks', async () => {
  Object.assign(emulator.current.state.workloads.azure.appService, {
    systemAssigned: null,
    userAssigned: [CLIENT],
  });
  expect(await askAppService(emulator.current)).toMatchObject({
    status: 400,
    json: { message: 'Unable to load the proper Managed Identity.' },
  });
  expect((await askAppService(emulator.current, { client_id: CLIENT })).status).toBe(200);
});

test.each([
  [401, {}, { 'X-IDENTITY-HEADER': null }],
  [401, {}, { 'X-IDENTITY-HEADER': 'wrong' }],
  [400, { 'api-version': '2018-02-01' }, {}],
  [400, { resource: null }, {}],
  [400, { client_id: 'dddddddd-0000-4000-8000-000000000099' }, {}],
  [400, { client_id: CLIENT, mi_res_id: IDENTITY }, {}],
  [500, { resource: 'https://nothing.example' }, {}],
])('App Service refuses with %i for %o %o', async (status, query, headers) => {
  const reply = await askAppService(emulator.current, query, headers);
  expect(reply.status).toBe(status);
  expect(reply.json).toEqual({
    statusCode: status,
    message: expect.any(String),
    correlationId: expect.any(String),
  });
});

test('local services fail on demand too', async () => {
  emulator.current.fault({ service: 'imds', kind: 'status', status: 410 });
  expect((await askImds(emulator.current)).status).toBe(410);
  emulator.current.fault({ service: 'imds', kind: 'reset' });
  await expect(askImds(emulator.current)).rejects.toThrow('fetch failed');
  emulator.current.fault({ service: 'imds', kind: 'refused' });
  await expect(askImds(emulator.current)).rejects.toThrow('fetch failed');
  emulator.current.fault({ service: 'imds', kind: 'throttled', retryAfter: '3' });
  const reply = await askImds(emulator.current);
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '3']);
  expect(reply.json).toHaveProperty('error_description');
});

test('the identities of a host are changed by control call', async () => {
  const change = (body: object, host = 'vm') =>
    fetch(`${emulator.current.control}/workloads/azure/${host}`, {
      method: 'PATCH',
      body: JSON.stringify(body),
    });
  const [, second] = tenantOf(emulator.current).managedIdentities;
  expect((await change({ systemAssigned: null, userAssigned: [second?.clientId] })).status).toBe(200);
  expect((await askImds(emulator.current)).json.client_id).toBe(second?.clientId);
  expect((await change({ identities: [] })).status).toBe(400);
  expect((await change({}, 'mainframe')).status).toBe(404);
  const env = await fetch(`${emulator.current.control}/workloads/azure-vm/env`);
  expect(await env.json()).toEqual(emulator.current.workloadEnv('azure-vm'));
  expect((await fetch(`${emulator.current.control}/workloads/mainframe/env`)).status).toBe(404);
});
