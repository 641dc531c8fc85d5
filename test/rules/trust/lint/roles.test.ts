import { expect, test } from 'vitest';
import { narrowerRoles } from '../../../../src/trust/lint/narrower.ts';
import { nameOfRole, parseScope, powerOf } from '../../../../src/trust/lint/roles.ts';
import { exact, facts, lintOf, role, SUBSCRIPTION } from './facts.ts';

const GROUP = `${SUBSCRIPTION}/resourceGroups/app`;

test.each<[power: string, actions: string[], dataActions?: string[]]>([
  ['reads', []],
  ['reads', ['*/read']],
  ['writes', ['*']],
  ['writes', ['Microsoft.Web/*']],
  ['writes', ['Microsoft.Web/sites/Write']],
  ['writes', ['Microsoft.Web/sites/delete']],
  ['writes', ['*/write']],
  ['writes', ['Microsoft.Web/sites/read', 'Microsoft.Web/sites/write']],
  // Named for it, and no change: what follows the last slash is what is done.
  ['reads', ['Microsoft.KeyVault/locations/deletedVaults/read']],
  ['reads', ['Microsoft.Foo/write/read']],
  ['reads', ['Microsoft.Insights/actionGroups/read']],
  ['reads', ['Microsoft.Foo/action/read']],
  ['reads', ['Microsoft.Foo/overwrite']],
  // An action that is no query may change things, or hand out a key.
  ['writes', ['Microsoft.Storage/storageAccounts/listKeys/action']],
  ['writes', ['Microsoft.Web/sites/restart/Action']],
  ['reads', ['Microsoft.OperationalInsights/workspaces/search/action']],
  ['reads', ['Microsoft.Storage/checkNameAvailability/action']],
  ['writes', ['Microsoft.Foo/research/action']],
  ['reads', ['Microsoft.Support/supportTickets/write', 'microsoft.support/*']],
  ['writes', ['Contoso.Microsoft.Support/tickets/write']],
  // What it may do to data counts as well.
  ['writes', [], ['Microsoft.KeyVault/vaults/secrets/getSecret/action']],
  ['reads', ['*/read'], ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read']],
])('a role that %s: %j, %j', (power, actions, dataActions) => {
  expect(powerOf([role('Custom', GROUP, { actions, ...(dataActions ? { dataActions } : {}) })])).toBe(power);
});

test.each([
  ['reads', 'Reader'],
  ['reads', 'READER'],
  ['writes', 'Owner'],
  ['writes', 'DNS Zone Contributor'],
  ['writes', 'Key Vault Secrets Officer'],
  ['writes', 'Azure Kubernetes Service RBAC Writer'],
  ['writes', 'Virtual Machine Administrator Login'.replace(' Login', '')],
  ['writes', 'Backup Operator'],
  ['writes', 'acrpush'],
  ['writes', 'AcrDelete'],
  ['unknown', 'MyAcrPush'],
  ['unknown', 'Key Vault Secrets User'],
  ['unknown', 'Contributor of nothing'],
  ['unknown', 'Landowner'],
  ['unknown', 'Steward'],
])('by its name a role %s: %s', (power, name) => {
  expect(powerOf([role(name)])).toBe(power);
});

test('of several roles the one that writes counts, then the one that is not known', () => {
  expect(powerOf(null)).toBe('unknown');
  expect(powerOf([])).toBe('none');
  expect(powerOf([role('Reader')])).toBe('reads');
  expect(powerOf([role('Reader'), role('Steward')])).toBe('unknown');
  expect(powerOf([role('Steward'), role('Owner'), role('Reader')])).toBe('writes');
  expect(powerOf([role(null)])).toBe('unknown');
});

test('a role is named by its id where it is one of the privileged', () => {
  const named = (roleDefinitionId: string) => nameOfRole(role(null, GROUP, { roleDefinitionId }));
  expect(named('8e3af657-a8ff-443c-a75c-2fe8c4bcb635')).toBe('Owner');
  expect(
    named('/providers/Microsoft.Authorization/roleDefinitions/F58310D9-A9F6-439A-9E8D-F62E7B41A168'),
  ).toBe('Role Based Access Control Administrator');
  for (const id of ['', '/x/', 'constructor', '00000000-0000-0000-0000-000000000000'])
    expect(named(id)).toBe(null);
});

const ROOT = '/providers/Microsoft.Management/managementGroups/root';
const at = (level: string, resourceType: string | null = null) => ({ level, resourceType });

test.each<[scope: string, read: unknown]>([
  ['/', at('root')],
  [ROOT, at('management group')],
  [`${ROOT}/`, at('management group')],
  [`${ROOT}/x`, null],
  [`/x${ROOT}`, null],
  [SUBSCRIPTION, at('subscription')],
  [`${SUBSCRIPTION}/`, at('subscription')],
  [SUBSCRIPTION.toUpperCase(), at('subscription')],
  [`/x${SUBSCRIPTION}`, null],
  [GROUP, at('resource group')],
  [`${GROUP}/`, at('resource group')],
  [`/x${GROUP}`, null],
  [`${GROUP}/x`, null],
  [`${GROUP}/providers/Microsoft.KeyVault/vaults/kv`, at('resource', 'microsoft.keyvault/vaults')],
  [`${GROUP}/providers/Microsoft.Sql/servers/s/databases/d`, at('resource', 'microsoft.sql/servers')],
  [`${SUBSCRIPTION}/providers/Microsoft.Foo/bars/b`, at('resource', 'microsoft.foo/bars')],
  [`${GROUP}/providers/Microsoft.KeyVault/vaults`, null],
  [`/x${GROUP}/providers/Microsoft.KeyVault/vaults/kv`, null],
  ['', null],
])('the scope %s', (scope, read) => {
  expect(parseScope(scope)).toEqual(read);
});

test('a narrower role is named for kinds of resources whose purpose is plain, and for no other', () => {
  expect(narrowerRoles('microsoft.web/sites')).toEqual(['Website Contributor']);
  for (const type of ['microsoft.quantum/workspaces', 'Microsoft.Web/sites', 'constructor', '', null])
    expect(narrowerRoles(type)).toEqual([]);
});

const MAIN = exact('repo:org@1/app@2:ref:refs/heads/main');

test.each([
  [
    'Owner',
    `${GROUP}/providers/Microsoft.Quantum/workspaces/w`,
    "a resource ('",
    /^Assign a role for the kind/,
  ],
  ['Owner', GROUP, "a resource group ('", /^Assign a role for the kind/],
  ['Owner', SUBSCRIPTION, "a subscription ('", /^Assign Contributor, or better/],
  ['Contributor', ROOT, "the management group ('", /^Assign Contributor, or better/],
  ['Contributor', '/', "the root ('/')", /^Assign Contributor, or better/],
])('broad-role names %s at %s as %s', (name, scope, where, remedy) => {
  const [finding] = lintOf([MAIN], { roles: [role(name, scope)] }).findings.filter(
    ({ code }) => code === 'broad-role',
  );
  expect(finding).toMatchObject({
    message: expect.stringContaining(`The identity has ${name} at ${where}`),
    evidence: `${name} at ${scope}`,
    remedy: expect.stringMatching(remedy),
  });
});

test('one is not told as several', () => {
  const owner = role('Reader', GROUP, { roleDefinitionId: 'd' });
  const messages = (roles: (typeof owner)[], credentials = [MAIN]) =>
    lintOf(credentials, { roles, identity: { ...facts([]).identity, enabled: false } }).findings.map(
      ({ message }) => message,
    );
  expect(messages([owner])).toEqual(['The service principal is disabled and still has 1 role assignment.']);
  expect(messages([owner], [])).toEqual([
    'The service principal is disabled and still has 1 role assignment.',
    'The identity has 1 role assignment and no federated credential.',
  ]);
  expect(messages([])).toEqual(['The identity has 1 credential and no Azure role anywhere.']);
  const foreign = exact('x', { issuer: 'https://idp.example' });
  expect(messages([owner], [foreign])[0]).toContain('on an identity with a role.');
  expect(messages([owner, owner], [foreign])[0]).toContain('on an identity with 2 roles.');
});

test('what has no credential was never used, and needs no reading of sign-ins', () => {
  const open = (credentials: (typeof MAIN)[] | null, lastUsed: Record<string, string | null> | null) =>
    lintOf(credentials, { roles: [], lastUsed }).undecided.filter(({ code }) => code === 'stale-identity')
      .length;
  expect(open([], null)).toBe(0);
  expect(open([], {})).toBe(0);
  expect(open([MAIN], null)).toBe(1);
  expect(open([MAIN], { c: null })).toBe(0);
  // That credentials could not be read is told, and nothing else.
  expect(open(null, null)).toBe(1);
});

test('a role of a group that the identity is in, or of itself, is not asked after', () => {
  const open = (principalId: string | null, principalType: string | null) => {
    const identity = { ...facts([]).identity, objectId: 'oid' };
    const roles = [role('Reader', GROUP, { principalId, principalType })];
    return lintOf([MAIN], { identity, roles, lastUsed: { c: 'x' } })
      .undecided.filter(({ code }) => code === 'stale-identity')
      .map(({ missing }) => missing);
  };
  expect(open('oid', null)).toEqual([]);
  expect(open('team', 'Group')).toEqual([]);
  expect(open(null, null)).toEqual([]);
  expect(open('other', 'ServicePrincipal')).toEqual([
    "whether principal 'other' still exists (Microsoft Graph Directory.Read.All, or 'principalExists' in the file)",
  ]);
});
