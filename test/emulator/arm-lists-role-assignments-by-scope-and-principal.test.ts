import { expect, test } from 'vitest';
import { application } from './client.ts';
import { useEmulator } from './fixture.ts';
import { arm, type Failure, GROUP, type List, ROLE_ASSIGNMENTS, SUBSCRIPTION } from './resources.ts';

const emulator = useEmulator();
const MANAGEMENT = '/providers/Microsoft.Management/managementGroups/octo-platform';
const STORAGE = `${GROUP}/providers/Microsoft.Storage/storageAccounts/octodata`;

interface Assignment {
  name: string;
  properties: { scope: string; principalId: string; roleDefinitionId: string; condition: string | null };
}

/** The last digits of the names of what is listed. */
async function listed(scope: string, filter?: string): Promise<number[]> {
  const query = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
  const reply = await arm<List<Assignment>>(
    emulator.current,
    'octo-owner',
    `${scope}/${ROLE_ASSIGNMENTS}${query}`,
  );
  expect(reply.status).toBe(200);
  return reply.body.value.map(({ name }) => Number(name.slice(-2))).sort((one, other) => one - other);
}

const principal = (name: string) => application(emulator.current, name).servicePrincipal?.id ?? '';

test('without a filter: at the scope, above it and below it', async () => {
  expect(await listed(SUBSCRIPTION)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(await listed(`${SUBSCRIPTION}/resourceGroups/octo-network`)).toEqual([2, 3, 5, 8]);
  expect(await listed(STORAGE)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test('atScope() leaves out what is below', async () => {
  expect(await listed(SUBSCRIPTION, 'atScope()')).toEqual([2, 3, 5, 8]);
  expect(
    await listed(GROUP.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions'), 'atScope()'),
  ).not.toContain(6);
});

test('assignedTo() finds what comes through groups of groups, principalId eq does not', async () => {
  const id = principal('octo-main-only');
  expect(await listed(SUBSCRIPTION, `assignedTo('${id}')`)).toEqual([5]);
  expect(await listed(SUBSCRIPTION, `principalId eq '${id}'`)).toEqual([]);
});

test('both: atScope() and assignedTo()', async () => {
  const id = principal('octo-deploy');
  expect(await listed(SUBSCRIPTION, `assignedTo('${id}')`)).toEqual([1, 2, 6]);
  expect(await listed(SUBSCRIPTION, `atScope() and assignedTo('${id}')`)).toEqual([2]);
  expect(await listed(GROUP, `atScope() and assignedTo('${id}')`)).toEqual([1, 2]);
});

test('a deleted principal keeps its assignments', async () => {
  expect(await listed(SUBSCRIPTION, "principalId eq 'cccccccc-0000-4000-8000-000000000099'")).toEqual([4]);
});

test('the scope of a management group needs a role there', async () => {
  const path = `${MANAGEMENT}/${ROLE_ASSIGNMENTS}`;
  const refused = await arm<Failure>(emulator.current, 'octo-owner', path);
  expect([refused.status, refused.body.error.code]).toEqual([403, 'AuthorizationFailed']);
  emulator.current.state.run.environment = null;
  const seen = await arm<List>(emulator.current, 'octo-main-only', path);
  expect(seen.body.value.length).toBe(11);
});

test.each([
  ["principalId eq 'cccccccc-0000-4000-8000-000000000001' and atScope()"],
  ["assignedTo('66666666-0000-4000-8000-000000000001')"],
  ["assignedTo('nobody')"],
  ["roleName eq 'Owner'"],
])('the filter %s is refused', async (filter) => {
  const path = `${SUBSCRIPTION}/${ROLE_ASSIGNMENTS}&$filter=${encodeURIComponent(filter)}`;
  const reply = await arm<Failure>(emulator.current, 'octo-owner', path);
  expect([reply.status, reply.body.error.code]).toEqual([400, 'BadRequestFormat']);
});

test('pages follow nextLink to the end', async () => {
  emulator.current.state.pageSizes.arm = 4;
  const sizes: number[] = [];
  let next: string | undefined = `${SUBSCRIPTION}/${ROLE_ASSIGNMENTS}`;
  while (next) {
    const { body }: { body: List } = await arm<List>(emulator.current, 'octo-owner', next);
    sizes.push(body.value.length);
    next = body.nextLink;
  }
  expect(sizes).toEqual([4, 4, 3]);
});

test('an assignment shows its role, its scope and its condition', async () => {
  const path = `${GROUP}/${ROLE_ASSIGNMENTS}&$filter=${encodeURIComponent(`principalId eq '${principal('octo-flexible')}'`)}`;
  const { body } = await arm<List>(emulator.current, 'octo-owner', path);
  expect(body.value).toMatchObject([
    {
      id: `${GROUP}/providers/Microsoft.Authorization/roleAssignments/55555555-0000-4000-8000-000000000007`,
      properties: {
        roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168`,
        principalType: 'ServicePrincipal',
        scope: GROUP,
        condition: expect.stringContaining('ActionMatches'),
        conditionVersion: '2.0',
      },
    },
  ]);
});

test('role definitions are found by id, by name and by scope', async () => {
  const base = `${GROUP}/providers/Microsoft.Authorization/roleDefinitions`;
  const version = 'api-version=2022-04-01';
  const reader = await arm(
    emulator.current,
    'octo-owner',
    `${base}/acdd72a7-3385-48ef-bd42-f606fba81ae7?${version}`,
  );
  expect(reader.body).toMatchObject({
    properties: { roleName: 'Reader', permissions: [{ actions: ['*/read'] }] },
  });
  const named = await arm<List>(
    emulator.current,
    'octo-owner',
    `${base}?${version}&$filter=roleName eq 'AcrPush'`,
  );
  expect(named.body.value).toMatchObject([{ name: '8311e382-0749-4cb8-b61a-304f252e45ec' }]);
  const custom = "$filter=type eq 'CustomRole'";
  const roles = (scope: string, filter: string) =>
    arm<List>(
      emulator.current,
      'octo-owner',
      `${scope}/providers/Microsoft.Authorization/roleDefinitions?${version}&${filter}`,
    );
  expect((await roles(GROUP, custom)).body.value).toHaveLength(1);
  expect((await roles(SUBSCRIPTION, custom)).body.value).toHaveLength(0);
  expect((await roles(SUBSCRIPTION, `${custom} and atScopeAndBelow()`)).body.value).toHaveLength(1);
});

test('a role is assigned once, to a principal that exists, by who may', async () => {
  const put = (client: string, name: string, principalId: string) => {
    const properties = {
      roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
      principalId,
    };
    const path = `${GROUP}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01`;
    return arm<Failure>(emulator.current, client, path, { method: 'PUT', body: { properties } });
  };
  const name = '55555555-0000-4000-8000-000000000100';
  const denied = await put('octo-deploy', name, principal('octo-roleless'));
  expect(denied.body.error.message).toContain(
    `action 'Microsoft.Authorization/roleAssignments/write' over scope '${GROUP}`,
  );
  expect((await put('octo-owner', name, principal('octo-roleless'))).status).toBe(201);
  expect((await put('octo-owner', name, principal('octo-roleless'))).body.error.code).toBe(
    'RoleAssignmentExists',
  );
  const stranger = 'cccccccc-0000-4000-8000-000000000098';
  expect((await put('octo-owner', name, stranger)).body.error.code).toBe('PrincipalNotFound');
});
