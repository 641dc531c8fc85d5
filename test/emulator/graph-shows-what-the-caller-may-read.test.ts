import { expect, test } from 'vitest';
import { application, claimsOf } from './client.ts';
import { useEmulator } from './fixture.ts';
import { ask, type Failure, GRAPH_SCOPE, graph, type Json, type List, tokenFor } from './resources.ts';

const emulator = useEmulator();
const GRAPH = 'https://graph.microsoft.com';

const own = (name: string) => `/v1.0/applications(appId='${application(emulator.current, name).appId}')`;

test('an application reads itself and its service principal without any permission', async () => {
  const { appId, objectId, servicePrincipal } = application(emulator.current, 'octo-roleless');
  const app = await graph(emulator.current, 'octo-roleless', own('octo-roleless'));
  expect(app).toMatchObject({ status: 200, body: { id: objectId, appId, displayName: 'octo-roleless' } });
  for (const key of [`(appId='${appId}')`, `/${servicePrincipal?.id}`]) {
    const principal = await graph(emulator.current, 'octo-roleless', `/beta/servicePrincipals${key}`);
    expect(principal.body).toMatchObject({
      appId,
      accountEnabled: true,
      servicePrincipalType: 'Application',
    });
  }
});

test.each([
  ['/v1.0/applications'],
  ["/v1.0/applications(appId='aaaaaaaa-0000-4000-8000-000000000001')"],
  ["/v1.0/applications(appId='aaaaaaaa-0000-4000-8000-999999999999')"],
  ["/v1.0/applications(appId='aaaaaaaa-0000-4000-8000-000000000015')/federatedIdentityCredentials"],
])('without a permission %s is denied', async (path) => {
  const reply = await graph<Failure>(emulator.current, 'octo-roleless', path);
  expect(reply.status).toBe(403);
  expect(reply.body.error).toMatchObject({
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
    innerError: { 'request-id': reply.headers.get('request-id'), date: expect.any(String) },
  });
});

test('the seed may allow an application its own credentials', async () => {
  emulator.current.state.ownCredentialsReadable = true;
  const path = `${own('octo-roleless')}/federatedIdentityCredentials`;
  expect((await graph(emulator.current, 'octo-roleless', path)).status).toBe(200);
});

test('app roles stand in tokens for Graph, and in the assignments that Graph lists', async () => {
  const token = await tokenFor(emulator.current, 'octo-deploy', GRAPH_SCOPE);
  expect(claimsOf(token)['roles']).toEqual(['Application.Read.All']);
  const arm = await tokenFor(emulator.current, 'octo-deploy', 'https://management.azure.com/.default');
  expect(claimsOf(arm)).not.toHaveProperty('roles');
  const { servicePrincipal } = application(emulator.current, 'octo-deploy');
  const path = `/v1.0/servicePrincipals/${servicePrincipal?.id}/appRoleAssignments`;
  const { body } = await graph<List>(emulator.current, 'octo-deploy', path);
  expect(body.value).toMatchObject([
    { appRoleId: '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30', resourceDisplayName: 'Microsoft Graph' },
  ]);
});

test('a managed identity has a principal that names its resource, and no application', async () => {
  const id = 'dddddddd-0000-4000-8000-000000000001';
  const principal = await graph(emulator.current, 'octo-deploy', `/v1.0/servicePrincipals(appId='${id}')`);
  expect(principal.body).toMatchObject({
    servicePrincipalType: 'ManagedIdentity',
    alternativeNames: ['isExplicit=True', expect.stringMatching(/userAssignedIdentities\/octo-identity$/)],
  });
  const app = await graph<Failure>(emulator.current, 'octo-deploy', `/v1.0/applications(appId='${id}')`);
  expect([app.status, app.body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
});

test('lists are filtered, selected and paged', async () => {
  const path = "/v1.0/applications?$filter=displayName eq 'OCTO-deploy'&$select=id,appId";
  const { objectId, appId } = application(emulator.current, 'octo-deploy');
  const found = await graph<List>(emulator.current, 'octo-deploy', path);
  expect(found.body.value).toEqual([{ id: objectId, appId }]);

  const seen: unknown[] = [];
  let next: string | undefined = '/v1.0/applications?$top=7&$select=displayName';
  while (next) {
    const { body }: { body: List } = await graph<List>(emulator.current, 'octo-deploy', next);
    expect(body.value.length).toBeLessThanOrEqual(7);
    seen.push(...body.value.map(({ displayName }) => displayName));
    next = body['@odata.nextLink'];
  }
  expect(seen).toEqual(emulator.current.state.tenants[0]?.applications.map(({ displayName }) => displayName));
});

test.each([
  ["/v1.0/applications?$filter=appId ne 'x'", 400, 'Request_UnsupportedQuery'],
  ["/v1.0/applications?$filter=createdDateTime eq 'x'", 400, 'Request_UnsupportedQuery'],
  ['/v1.0/applications?$orderby=appId', 400, 'Request_BadRequest'],
  ['/v1.0/applications?$top=0', 400, 'Request_BadRequest'],
  ['/v1.0/applications?$select=nothing', 400, 'Request_BadRequest'],
  ['/v1.0/applications?$skiptoken=abc', 400, 'Request_BadRequest'],
  ['/v1.0/applications/not-a-guid', 400, 'Request_BadRequest'],
  ['/v1.0/me', 400, 'BadRequest'],
  ['/v1.0/unheardof', 400, 'BadRequest'],
  ['/v2.0/applications', 400, 'Request_BadRequest'],
])('%s is answered with %i %s', async (path, status, code) => {
  const reply = await graph<Failure>(emulator.current, 'octo-deploy', path);
  expect([reply.status, reply.body.error.code]).toEqual([status, code]);
});

test('a token that is missing, forged, expired or meant for others is refused', async () => {
  const good = await tokenFor(emulator.current, 'octo-deploy', GRAPH_SCOPE);
  const arm = await tokenFor(emulator.current, 'octo-deploy', 'https://management.azure.com/.default');
  const forged = `${good.slice(0, -8)}AAAAAAAA`;
  const path = `${GRAPH}/v1.0/applications`;
  for (const token of [null, 'x', forged, arm]) {
    const reply = await ask<Failure>(emulator.current, path, token);
    expect([reply.status, reply.body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
  }
  // Made before the clock moves on: the token is good for 90 minutes at most.
  emulator.current.state.clockOffsetSeconds.entra = 6000;
  expect((await ask(emulator.current, path, good)).status).toBe(401);
  emulator.current.state.clockOffsetSeconds.entra = 0;
  expect((await ask(emulator.current, path, good)).status).toBe(200);
  // The public cloud's token means nothing in another one.
  expect((await ask(emulator.current, 'https://graph.microsoft.us/v1.0/applications', good)).status).toBe(
    401,
  );
});

test('a batch answers each request, unordered, and not what depends on a failure', async () => {
  const requests = [
    { id: '1', method: 'GET', url: own('octo-deploy').slice('/v1.0'.length) },
    { id: '2', method: 'GET', url: '/applications/aaaaaaaa-0000-4000-8000-999999999999' },
    { id: '3', method: 'GET', url: '/applications', dependsOn: ['2'] },
  ];
  const reply = await graph<{ responses: Json[] }>(emulator.current, 'octo-deploy', '/v1.0/$batch', {
    method: 'POST',
    body: { requests },
  });
  expect(reply.status).toBe(200);
  expect(reply.body.responses.map(({ id, status }) => [id, status])).toEqual([
    ['3', 424],
    ['2', 404],
    ['1', 200],
  ]);
  const many = Array.from({ length: 21 }, (_, index) => ({
    id: `${index}`,
    method: 'GET',
    url: '/applications',
  }));
  const options = { method: 'POST', body: { requests: many } };
  expect((await graph(emulator.current, 'octo-deploy', '/v1.0/$batch', options)).status).toBe(400);
});

test('an application is created, gets a principal, and is enabled and disabled', async () => {
  const post = { method: 'POST' };
  const admin = 'octo-admin';
  const made = await graph<{ id: string; appId: string }>(emulator.current, admin, '/v1.0/applications', {
    ...post,
    body: { displayName: 'fresh' },
  });
  expect(made.status).toBe(201);
  const body = { appId: made.body.appId };
  const principal = await graph<{ id: string }>(emulator.current, admin, '/v1.0/servicePrincipals', {
    ...post,
    body,
  });
  expect(principal.status).toBe(201);
  expect((await graph(emulator.current, admin, '/v1.0/servicePrincipals', { ...post, body })).status).toBe(
    409,
  );
  const path = `/v1.0/servicePrincipals/${principal.body.id}`;
  const off = { method: 'PATCH', body: { accountEnabled: false } };
  expect((await graph(emulator.current, admin, path, off)).status).toBe(204);
  expect(application(emulator.current, 'fresh').servicePrincipal?.accountEnabled).toBe(false);
  expect((await graph(emulator.current, 'octo-deploy', path, off)).status).toBe(403);
});

test('Application.ReadWrite.OwnedBy reaches what the caller owns only', async () => {
  const { servicePrincipal } = application(emulator.current, 'octo-roleless');
  Object.assign(application(emulator.current, 'octo-roleless'), {
    graphRoles: ['Application.ReadWrite.OwnedBy'],
  });
  const add = (name: string) => {
    const body = { name: 'own', issuer: 'https://gitlab.com', subject: 'x', audiences: ['a'] };
    const path = `${own(name)}/federatedIdentityCredentials`;
    return graph(emulator.current, 'octo-roleless', path, { method: 'POST', body });
  };
  expect((await add('octo-untrusting')).status).toBe(403);
  application(emulator.current, 'octo-untrusting').owners = [servicePrincipal?.id ?? ''];
  expect((await add('octo-untrusting')).status).toBe(201);
});
