import { expect, test } from 'vitest';
import type { RoleAssignment } from '../../../../../src/trust/lint/facts.ts';
import { predictSubject } from '../../../../../src/trust/subject/predict.ts';
import { exact, lintOf, READER, role, SUBSCRIPTION, severityOf } from '../facts.ts';

const PULL = exact('repo:org@1/app@2:pull_request', { name: 'p' });
const GROUP = `${SUBSCRIPTION}/resourceGroups/app`;

test.each<[severity: string | null, roles: readonly RoleAssignment[] | null]>([
  ['high', null],
  [null, []],
  [null, READER],
  [null, [role('AcrPull'), role('Storage Blob Data Reader')]],
  [null, [role('Custom', GROUP, { actions: ['Microsoft.Web/sites/read', 'Microsoft.Support/*'] })]],
  ['critical', [role('Owner')]],
  ['critical', [...READER, role('contributor')]],
  ['critical', [role(null, GROUP, { roleDefinitionId: '/x/18D7D88D-D35E-4FB5-A5C3-7773C20A72D9' })]],
  ['critical', [role('AcrPush')]],
  ['critical', [role('Custom', GROUP, { actions: ['Microsoft.Web/sites/write'] })]],
  [
    'critical',
    [role('Custom', GROUP, { actions: [], dataActions: ['Microsoft.X/secrets/getSecret/action'] })],
  ],
  ['high', [role('Custom')]],
  ['high', [role(null, GROUP, { roleDefinitionId: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' })]],
  [null, [role('Owner', SUBSCRIPTION, { principalExists: false })]],
])('pull-request-trusted is %s with roles %#', (severity, roles) => {
  expect(severityOf(lintOf([PULL], { roles }), 'pull-request-trusted')).toBe(severity);
});

test.each(['repo:org/app', 'repo:org@1/app@2'])(
  '%s is what every run of the repository presents where its subject is customised to repo alone',
  (subject) => {
    const template = ['repo'];
    const run = { repository: 'org/app', ownerId: '1', repositoryId: '2', eventName: 'pull_request' };
    const predicted = predictSubject({ ...run, ref: null, environment: null, template, claims: {} });
    expect([predicted.subject, predicted.immutableSubject]).toContain(subject);
    const report = lintOf([exact(subject)], { roles: [role('Owner')] });
    expect(severityOf(report, 'pull-request-trusted')).toBe('critical');
    expect(severityOf(report, 'ref-wildcard')).toBe('high');
    expect(severityOf(report, 'environment-unprotected')).toBe(null);
  },
);
