import { expect, test } from 'vitest';
import { application } from '../emulator/client.ts';
import { openDesk, runAs } from './desk.ts';

const GROUP = '/subscriptions/99999999-9999-4999-8999-999999999991/resourceGroups/octo-rg';

test('arm-authorization lists what is assigned to a principal, page by page', async () => {
  const desk = await openDesk({ pageSizes: { arm: 2 } });
  const PRINCIPAL = application(desk.emulator, 'octo-deploy').servicePrincipal?.id ?? '';
  const outcome = await runAs(desk, 'octo-deploy', 'resource-manager', { TASK: 'assignments', PRINCIPAL });

  expect(outcome).toEqual({
    found: [
      [GROUP, 'b24988ac-6180-42a0-ab88-20f7382dd24c'],
      ['/subscriptions/99999999-9999-4999-8999-999999999991', 'acdd72a7-3385-48ef-bd42-f606fba81ae7'],
      [
        `${GROUP}/providers/Microsoft.Storage/storageAccounts/octodata`,
        'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
      ],
    ],
  });
  const asked = desk.emulator.requests().filter(({ service }) => service === 'arm');
  expect(asked.map(({ query }) => query['api-version'])).toEqual(['2022-04-01', '2022-04-01']);
  expect(desk.emulator.refusals()).toEqual([]);
});

test('arm-authorization finds a role by its name and by its id', async () => {
  const desk = await openDesk();
  const outcome = await runAs(desk, 'octo-deploy', 'resource-manager', { TASK: 'definitions' });
  expect(outcome).toEqual({ names: ['Reader'], actions: ['*/read'] });
});

test('arm-authorization tells which action an identity without a role lacks', async () => {
  const desk = await openDesk();
  const outcome = await runAs(desk, 'octo-roleless', 'resource-manager', { TASK: 'definitions' });
  expect(outcome).toMatchObject({
    error: {
      name: 'RestError',
      code: 'AuthorizationFailed',
      message: expect.stringContaining("action 'Microsoft.Authorization/roleDefinitions/read'"),
    },
  });
});

test('arm-msi lists identities and the credentials of one', async () => {
  const desk = await openDesk();
  const { found } = await runAs(desk, 'octo-deploy', 'resource-manager', { TASK: 'identities' });
  expect(found).toMatchObject([
    { name: 'octo-identity', clientId: 'dddddddd-0000-4000-8000-000000000001' },
    { name: 'octo-identity-untrusting' },
  ]);
  const credentials = { TASK: 'credentials', IDENTITY: 'octo-identity' };
  expect(await runAs(desk, 'octo-deploy', 'resource-manager', credentials)).toEqual({
    found: [
      {
        name: 'production',
        issuer: 'https://token.actions.githubusercontent.com',
        subject: 'repo:octo-org/octo-repo:environment:production',
        audiences: ['api://AzureADTokenExchange'],
      },
    ],
  });
});

test('arm-authorization waits as long as a throttled page tells it to', async () => {
  const desk = await openDesk({
    pageSizes: { arm: 2 },
    faults: [{ service: 'arm', kind: 'throttled', retryAfter: '1', page: 2 }],
  });
  const PRINCIPAL = application(desk.emulator, 'octo-deploy').servicePrincipal?.id ?? '';
  const outcome = await runAs(desk, 'octo-deploy', 'resource-manager', { TASK: 'assignments', PRINCIPAL });
  expect(outcome['found']).toHaveLength(3);
  const asked = desk.emulator.requests().filter(({ service }) => service === 'arm');
  expect(asked.map(({ status }) => status)).toEqual([200, 429, 200]);
});
