import { expect, test } from 'vitest';
import type { RoleAssignment } from '../../../../../src/trust/lint/facts.ts';
import { exact, lintOf, role, SUBSCRIPTION, severityOf, undecidedOf } from '../facts.ts';

const MAIN = exact('repo:org@1/app@2:ref:refs/heads/main');
const GROUP = `${SUBSCRIPTION}/resourceGroups/app`;
const inside = (type: string) => `${GROUP}/providers/${type}/x`;

test.each<[severity: string | null, RoleAssignment, remedy?: RegExp]>([
  ['high', role('Owner')],
  ['high', role('Owner', SUBSCRIPTION, { condition: '@x' })],
  ['high', role('User Access Administrator', '/')],
  ['medium', role('User Access Administrator', SUBSCRIPTION, { condition: '@x' })],
  ['medium', role('Role Based Access Control Administrator', SUBSCRIPTION, { condition: '@x' })],
  ['high', role('Contributor', '/providers/Microsoft.Management/managementGroups/root')],
  ['high', role('Contributor', `${SUBSCRIPTION}/`)],
  ['high', role('Deployer', SUBSCRIPTION, { actions: ['*'] })],
  ['high', role(null, SUBSCRIPTION, { roleDefinitionId: 'b24988ac-6180-42a0-ab88-20f7382dd24c' })],
  ['medium', role('Contributor', GROUP)],
  ['medium', role('Owner', inside('Microsoft.Web/sites')), /Website Contributor/],
  ['low', role('Contributor', inside('Microsoft.Storage/storageAccounts')), /Storage Blob Data Contributor/],
  ['low', role('Contributor', inside('microsoft.keyvault/vaults')), /Key Vault Secrets/],
  ['low', role('Contributor', inside('Microsoft.ContainerRegistry/registries')), /AcrPush/],
  ['low', role('Contributor', inside('Microsoft.ContainerService/managedClusters')), /RBAC Writer/],
  [null, role('Contributor', inside('Microsoft.Quantum/workspaces'))],
  [null, role('Reader')],
  [null, role('Website Contributor')],
])('broad-role is %s at %#', (severity, assignment, remedy = /./) => {
  const report = lintOf([MAIN], { roles: [assignment] });
  expect(severityOf(report, 'broad-role')).toBe(severity);
  expect(undecidedOf(report, 'broad-role')).toEqual([]);
  if (severity !== null)
    expect(report.findings.find(({ code }) => code === 'broad-role')?.remedy).toMatch(remedy);
});

test('a role that is not known at a broad scope leaves broad-role undecided', () => {
  const unknown = [role('Steward'), role('Owner', ''), role(null, GROUP, { roleDefinitionId: 'x' })];
  expect(undecidedOf(lintOf([MAIN], { roles: unknown }), 'broad-role')).toEqual([
    expect.stringContaining("role 'Steward'"),
    'scope of the assignment of Owner',
  ]);
});
