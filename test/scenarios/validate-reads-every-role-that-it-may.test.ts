import { expect } from 'vitest';
import { BUILT_IN } from '../../src/emulator/arm/built-in-roles.ts';
import { CONTOSO, guid, SUBSCRIPTION } from '../../src/emulator/seed.ts';
import { applicationOf } from '../harness/application.ts';
import { type Scene, scenario } from '../harness/scenario.ts';
import { application, type Validation, validation } from '../harness/validation.ts';

const OTHER = '99999999-9999-4999-8999-999999999992';
const READS = guid('c', 17);
const ADMIN_PRINCIPAL = guid('c', 16);

/** Application 17 reads one subscription, and contributes to another one that the reading identity may see. */
function contributesElsewhere(scene: Scene, readerRole: string | null): void {
  const { state } = scene.emulator;
  applicationOf(scene.emulator, application(17)).federatedIdentityCredentials.push({
    name: 'pull-requests',
    issuer: 'https://token.actions.githubusercontent.com',
    audiences: ['api://AzureADTokenExchange'],
    subject: 'repo:octo-org/octo-repo:pull_request',
  });
  state.subscriptions.push({
    subscriptionId: OTHER,
    displayName: 'Other',
    tenantId: CONTOSO,
    state: 'Enabled',
  });
  assign(scene, 101, BUILT_IN.reader, READS, `/subscriptions/${SUBSCRIPTION}`);
  assign(scene, 102, BUILT_IN.contributor, READS, `/subscriptions/${OTHER}`);
  if (readerRole !== null) assign(scene, 103, readerRole, ADMIN_PRINCIPAL, `/subscriptions/${OTHER}`);
}

function assign(scene: Scene, serial: number, roleDefinitionId: string, principalId: string, scope: string) {
  const principalType = 'ServicePrincipal';
  scene.emulator.state.roleAssignments.push({
    name: guid('5', serial),
    roleDefinitionId,
    principalId,
    principalType,
    scope,
  });
}

function told({ report }: Validation, code: string): unknown[] {
  const undecided = report['undecided'] as { code: string; missing: string }[];
  return [
    report.findings.find((finding) => finding.code === code)?.severity ?? null,
    undecided.filter((each) => each.code === code).map(({ missing }) => missing),
  ];
}

const INPUTS = { 'client-id': application(17), 'subscription-id': SUBSCRIPTION };
const UNSEEN = 'roles in subscriptions that the reading identity does not see';

scenario('finds a role in another subscription than the one that is named', async (scene) => {
  contributesElsewhere(scene, BUILT_IN.reader);
  const found = await validation(scene, INPUTS);
  expect(told(found, 'pull-request-trusted')).toEqual(['critical', []]);
});

scenario('does not rule a danger out by the subscriptions that the reading identity sees', async (scene) => {
  contributesElsewhere(scene, null);
  const found = await validation(scene, { ...INPUTS, 'fail-on': 'critical' });
  expect(told(found, 'pull-request-trusted')).toEqual([null, [UNSEEN]]);
  expect([found.step.code, found.report.result]).toEqual([0, 'pass']);
});

scenario(
  'says how many subscriptions did not tell their roles, beside the one that is named',
  async (scene) => {
    // A role that sees the subscription and reads no assignments.
    contributesElsewhere(scene, guid('7', 1));
    const found = await validation(scene, INPUTS);
    expect(told(found, 'pull-request-trusted')).toEqual([
      null,
      [`${UNSEEN}, and roles in 1 subscription that it sees (Microsoft.Authorization/roleAssignments/read)`],
    ]);
    expect(told(found, 'broad-role')[1]).toHaveLength(1);
    const { report } = await validation(scene, { ...INPUTS, 'subscription-id': '' });
    expect([report.result, JSON.stringify(report['roles'])]).toEqual([
      'unknown',
      expect.stringContaining(OTHER),
    ]);
  },
);

scenario('says that no role was seen, not that roles were not read', async (scene) => {
  const found = await validation(scene, { 'client-id': application(15) });
  expect(told(found, 'broad-role')).toEqual([null, []]);
  expect(told(found, 'stale-identity')).toEqual([null, expect.arrayContaining([UNSEEN])]);
});

scenario('knows that a client without a service principal has no role', async (scene) => {
  const found = await validation(scene, { 'client-id': application(7) });
  expect(told(found, 'broad-role')).toEqual([null, []]);
  expect(told(found, 'stale-identity')[0]).toBe('low');
  expect(found.step.summary).toContain('Without a service principal this identity has no role.');
});
