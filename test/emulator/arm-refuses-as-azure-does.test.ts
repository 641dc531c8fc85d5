import { expect, test } from 'vitest';
import { ARM_SCOPE, application } from './client.ts';
import { useEmulator } from './fixture.ts';
import {
  arm,
  ask,
  type Failure,
  GRAPH_SCOPE,
  GROUP,
  type List,
  SUBSCRIPTION,
  tokenFor,
} from './resources.ts';

const emulator = useEmulator();
const ARM = 'https://management.azure.com';
const ASSIGNMENTS = 'providers/Microsoft.Authorization/roleAssignments';

test.each([
  ['/subscriptions', 'MissingApiVersionParameter'],
  ['/subscriptions?api-version=2000-01-01', 'InvalidApiVersionParameter'],
  [`${SUBSCRIPTION}/${ASSIGNMENTS}?api-version=2000-01-01`, 'NoRegisteredProviderFound'],
  ['/subscriptions/nothing?api-version=2022-12-01', 'InvalidSubscriptionId'],
  [`${SUBSCRIPTION}/${ASSIGNMENTS}?api-version=2022-04-01&$skipToken=x`, 'InvalidSkipToken'],
])('%s is a 400 %s', async (path, code) => {
  const reply = await arm<Failure>(emulator.current, 'octo-owner', path);
  expect([reply.status, reply.body.error.code]).toEqual([400, code]);
});

test.each([
  ['/subscriptions/99999999-9999-4999-8999-000000000000?api-version=2022-12-01', 'SubscriptionNotFound'],
  ['/subscriptions/99999999-9999-4999-8999-999999999993?api-version=2022-12-01', 'SubscriptionNotFound'],
  [`${SUBSCRIPTION}/resourceGroups/none?api-version=2021-04-01`, 'ResourceGroupNotFound'],
  [`${SUBSCRIPTION}/resourceGroups/none/${ASSIGNMENTS}?api-version=2022-04-01`, 'ResourceGroupNotFound'],
])('%s is a 404 %s', async (path, code) => {
  const reply = await arm<Failure>(emulator.current, 'octo-owner', path);
  expect([reply.status, reply.body.error.code]).toEqual([404, code]);
});

test('who has no role sees no subscription and is told which action is missing', async () => {
  const list = await arm<List>(emulator.current, 'octo-roleless', '/subscriptions?api-version=2022-12-01');
  expect(list.body).toEqual({ value: [] });
  const reply = await arm<Failure>(
    emulator.current,
    'octo-roleless',
    `${SUBSCRIPTION}?api-version=2022-12-01`,
  );
  const { appId, servicePrincipal } = application(emulator.current, 'octo-roleless');
  expect(reply.status).toBe(403);
  expect(reply.body.error).toEqual({
    code: 'AuthorizationFailed',
    message: `The client '${appId}' with object id '${servicePrincipal?.id}' does not have authorization to perform action 'Microsoft.Resources/subscriptions/read' over scope '${SUBSCRIPTION}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  });
});

test('a role below shows the subscription, and of its groups those that may be read', async () => {
  const client = 'dddddddd-0000-4000-8000-000000000001';
  const subscriptions = await arm<List>(emulator.current, client, '/subscriptions?api-version=2022-12-01');
  expect(subscriptions.body.value).toMatchObject([{ displayName: 'Octo production', state: 'Enabled' }]);
  const groups = await arm<List>(
    emulator.current,
    client,
    `${SUBSCRIPTION}/resourcegroups?api-version=2021-04-01`,
  );
  expect(groups.body.value).toMatchObject([{ id: GROUP }]);
  expect(
    (await arm(emulator.current, client, `${SUBSCRIPTION}/${ASSIGNMENTS}?api-version=2022-04-01`)).status,
  ).toBe(403);
  expect((await arm(emulator.current, client, `${GROUP}/${ASSIGNMENTS}?api-version=2022-04-01`)).status).toBe(
    200,
  );
});

test('tokens that are missing, forged, expired or for another audience are refused', async () => {
  const path = `${ARM}/subscriptions?api-version=2022-12-01`;
  const good = await tokenFor(emulator.current, 'octo-deploy', ARM_SCOPE);
  const graph = await tokenFor(emulator.current, 'octo-deploy', GRAPH_SCOPE);
  const classic = await tokenFor(
    emulator.current,
    'octo-deploy',
    'https://management.core.windows.net//.default',
  );
  expect((await ask(emulator.current, path, classic)).status).toBe(200);
  const refused: [string | null, string][] = [
    [null, 'AuthenticationFailed'],
    ['x', 'InvalidAuthenticationToken'],
    [`${good.slice(0, -8)}AAAAAAAA`, 'InvalidAuthenticationToken'],
    [graph, 'InvalidAuthenticationTokenAudience'],
  ];
  for (const [token, code] of refused) {
    const reply = await ask<Failure>(emulator.current, path, token);
    expect([reply.status, reply.body.error.code]).toEqual([401, code]);
    expect(reply.headers.get('www-authenticate')).toMatch(
      /^Bearer authorization_uri="https:\/\/login\.windows\.net\//,
    );
  }
  emulator.current.state.clockOffsetSeconds.entra = 6000;
  expect((await ask<Failure>(emulator.current, path, good)).body.error.code).toBe(
    'ExpiredAuthenticationToken',
  );
});

test("a token of another tenant is told the subscription's own one", async () => {
  const [contoso, fabrikam] = emulator.current.state.tenants;
  const [subscription] = emulator.current.state.subscriptions;
  Object.assign(subscription ?? {}, { tenantId: fabrikam?.id });
  const reply = await arm<Failure>(emulator.current, 'octo-owner', `${SUBSCRIPTION}?api-version=2022-12-01`);
  expect([reply.status, reply.body.error.code]).toEqual([401, 'InvalidAuthenticationTokenTenant']);
  expect(reply.body.error.message).toContain(
    `from the wrong issuer 'https://sts.windows.net/${contoso?.id}/'. It must match the tenant 'https://sts.windows.net/${fabrikam?.id}/'`,
  );
  expect(reply.headers.get('www-authenticate')).toContain(
    `authorization_uri="https://login.windows.net/${fabrikam?.id}"`,
  );
});

test('cloud metadata is read without a token', async () => {
  const reply = await ask(emulator.current, `${ARM}/metadata/endpoints?api-version=2022-09-01`, null);
  expect(reply.body).toMatchObject([{ name: 'AzureCloud', resourceManager: `${ARM}/` }, {}, {}]);
  expect((await ask(emulator.current, `${ARM}/metadata/endpoints`, null)).status).toBe(400);
});

test('the tenant of the token is listed', async () => {
  const reply = await arm<List>(emulator.current, 'octo-roleless', '/tenants?api-version=2022-12-01');
  expect(reply.body.value).toMatchObject([{ tenantId: emulator.current.state.tenants[0]?.id }]);
});
