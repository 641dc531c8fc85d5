import { expect, test } from 'vitest';
import type { RoleAssignment } from '../../../../src/trust/lint/facts.ts';
import {
  BY_OWNER,
  BY_REPOSITORY,
  exact,
  flexible,
  github,
  glob,
  job,
  lintOf,
  READER,
  role,
  SUBSCRIPTION,
  severityOf,
  undecidedOf,
  WRITER,
  workflow,
} from './facts.ts';

const MAIN = exact('repo:org@1/app@2:ref:refs/heads/main');
const PULL = exact('repo:org@1/app@2:pull_request', { name: 'p' });
const PROD = exact('repo:org@1/app@2:environment:prod', { name: 'e' });
const GROUP = `${SUBSCRIPTION}/resourceGroups/app`;
const inside = (type: string) => `${GROUP}/providers/${type}/x`;

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

test('a name that can be registered anew is critical, in an expression too', () => {
  const gone = github({ owners: [{ name: 'ORG', id: null, exists: false }] });
  const noRepository = github({
    repositories: [{ fullName: 'org/app', id: null, ownerId: null, exists: false }],
  });
  const there = github({ repositories: [{ fullName: 'org/app', id: '2', ownerId: '1', exists: true }] });
  const byName = exact('repo:org/app:environment:dev');
  expect(severityOf(lintOf([byName], { github: gone }), 'name-only-subject')).toBe('critical');
  expect(severityOf(lintOf([byName], { github: noRepository }), 'name-only-subject')).toBe('critical');
  const known = lintOf([byName], { github: there }).findings.find(({ code }) => code === 'name-only-subject');
  expect(known).toMatchObject({ severity: 'medium', message: expect.not.stringContaining('not known') });
  const pattern = glob('repo:org/app:ref:refs/heads/*');
  expect(severityOf(lintOf([pattern], { github: gone }), 'name-only-subject')).toBe('critical');
  expect(severityOf(lintOf([pattern], { github: there }), 'name-only-subject')).toBe(null);
  const pinned = glob('repo:org/app:ref:refs/heads/*', BY_OWNER);
  expect(severityOf(lintOf([pinned], { github: gone }), 'name-only-subject')).toBe(null);
});

test.each<[severity: string | null, expression: string]>([
  ['high', "claims['job_workflow_ref'] matches 'org/ci/*'"],
  [
    'high',
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] matches 'org/ci/*'`,
  ],
  [
    'high',
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] matches 'org/ci/d.yml@refs/heads/*'`,
  ],
  [
    'high',
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] matches '*/d.yml@refs/heads/main'`,
  ],
  [
    'high',
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'other/ci/d.yml@main'`,
  ],
  [
    'high',
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'other/ci/d.yml@refs/tags/v1'`,
  ],
  [
    null,
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'other/ci/d.yml@${'a1'.repeat(20)}'`,
  ],
  [
    null,
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'org/ci/d.yml@refs/heads/main'`,
  ],
])('workflow-ref-unpinned is %s for %s', (severity, expression) => {
  expect(severityOf(lintOf([flexible(expression)]), 'workflow-ref-unpinned')).toBe(severity);
});

test('whose workflow it is cannot be told from ids alone', () => {
  const byId = flexible(
    `claims['sub'] matches '*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'org/ci/d.yml@refs/heads/main'`,
  );
  expect(undecidedOf(lintOf([byId]), 'workflow-ref-unpinned')).toHaveLength(1);
  const report = lintOf([byId], { github: github() });
  expect(undecidedOf(report, 'workflow-ref-unpinned')).toEqual([]);
  expect(severityOf(report, 'workflow-ref-unpinned')).toBe(null);
});

test.each([
  ["claims['sub'] like 'x'", /no operator/],
  [`claims['sub'] matches 'repo:o/r:*' and claims['actor'] eq 'me'`, /'actor' is not allowed/],
  ["claims['repository_id'] matches '2'", /'repository_id' allows eq/],
  ["claims['repository_id'] eq '2'", /must name sub/],
])('%s is not evaluated, and is told why', (expression, why) => {
  const { findings } = lintOf([flexible(expression)]);
  expect(findings.find(({ code }) => code === 'expression-unsupported')?.message).toMatch(why);
});

test('an issuer that may not use expressions, and another version of the language', () => {
  const slug = flexible("claims['sub'] matches 'repo:o*'", {
    issuer: 'https://token.actions.githubusercontent.com/octo',
  });
  expect(lintOf([slug]).findings.map(({ code }) => code)).toEqual(['expression-unsupported']);
  const later = flexible('', {
    claimsMatchingExpression: {
      value: `claims['sub'] eq 'repo:org/app:environment:x'${BY_REPOSITORY}`,
      languageVersion: 2,
    },
  });
  expect(severityOf(lintOf([later]), 'expression-unsupported')).toBe('medium');
});

test('shadows are proved, never supposed', () => {
  const shadowed = (entry: ReturnType<typeof exact>, wide: ReturnType<typeof exact>) =>
    lintOf([entry, { ...wide, name: 'wide' }]).findings.find(
      ({ code, credential }) => code === 'shadowed-credential' && credential === 'c',
    )?.severity ?? null;
  expect(shadowed(MAIN, glob('repo:org@1/app@2:*', BY_OWNER))).toBe('low');
  expect(shadowed(MAIN, glob('repo:org@1/app@2:*', " and claims['repository_id'] eq '3'"))).toBe(null);
  // Without ids the exact subject also admits whoever takes over the name: it is the wider one.
  expect(shadowed(exact('repo:org/app:ref:refs/heads/main'), glob('repo:org/app:*', BY_REPOSITORY))).toBe(
    null,
  );
  expect(
    shadowed(
      glob('repo:org/app:ref:refs/heads/r*', BY_REPOSITORY),
      glob('repo:org/app:ref:*', BY_REPOSITORY),
    ),
  ).toBe('low');
  expect(
    shadowed(
      glob('repo:org/app:ref:refs/heads/*', BY_REPOSITORY),
      glob('repo:org/app:ref:refs/heads/?', BY_REPOSITORY),
    ),
  ).toBe(null);
  expect(shadowed({ ...MAIN, audiences: ['x'] }, glob('repo:org@1/app@2:*', BY_OWNER))).toBe(null);
});

test('expressions that say the same in another order are duplicates', () => {
  const a = flexible(`claims['sub'] eq 'repo:org/app:environment:x'${BY_REPOSITORY}`);
  const b = flexible("claims['repository_id'] eq '2' and claims['sub'] eq 'repo:org/app:environment:x'", {
    name: 'b',
  });
  expect(lintOf([a, b]).findings.filter(({ code }) => code === 'duplicate-credential')).toMatchObject([
    { credential: 'b' },
  ]);
  expect(severityOf(lintOf([a, b]), 'shadowed-credential')).toBe(null);
});

test('a pattern by name beside the same pattern with ids is superseded', () => {
  const pair = [
    glob('repo:org/app:*', BY_REPOSITORY),
    { ...glob('repo:org@1/app@2:*', BY_REPOSITORY), name: 'new' },
  ];
  expect(lintOf(pair).findings.filter(({ code }) => code === 'superseded-credential')).toMatchObject([
    { credential: 'c' },
  ]);
});

test('stale in each of its ways', () => {
  const messages = (report: ReturnType<typeof lintOf>) =>
    report.findings.filter(({ code }) => code === 'stale-identity').map(({ message }) => message);
  expect(messages(lintOf([MAIN], { roles: [] }))).toEqual([expect.stringContaining('no Azure role')]);
  expect(messages(lintOf([], { roles: READER }))).toEqual([
    expect.stringContaining('no federated credential'),
  ]);
  const left = role('Reader', SUBSCRIPTION, { principalId: 'gone', principalExists: false, id: '/x' });
  const report = lintOf([MAIN], { roles: [...READER, left] });
  expect(report.findings.find(({ code }) => code === 'stale-identity')).toMatchObject({
    principal: 'gone',
    remedy: expect.stringContaining("--ids '/x'"),
  });
  expect(messages(lintOf([MAIN], { roles: READER, lastUsed: { c: null } }))).toEqual([
    expect.stringContaining('never used'),
  ]);
  expect(undecidedOf(lintOf([MAIN], { roles: READER, lastUsed: {} }), 'stale-identity')).toHaveLength(1);
});

test('plan and apply meet in an environment that both kinds of runs name', () => {
  const both = workflow({ events: ['pull_request', 'push'], jobs: [job({ environment: 'PROD' })] });
  const pushOnly = workflow({ events: ['push'], jobs: [job({ environment: 'prod' })] });
  const planOnly = workflow({ events: ['pull_request'], jobs: [job({ environment: 'prod' })] });
  const shared = (credentials: ReturnType<typeof exact>[], ...workflows: ReturnType<typeof workflow>[]) =>
    severityOf(
      lintOf(credentials, { roles: WRITER, github: github({ workflows }) }),
      'plan-and-apply-shared',
    );
  expect(shared([PROD], both)).toBe('high');
  expect(shared([PROD], pushOnly)).toBe(null);
  expect(shared([PROD], planOnly)).toBe(null);
  expect(shared([PROD, MAIN], planOnly)).toBe('high');
  expect(shared([PULL, PROD], planOnly)).toBe(null);
  expect(shared([PULL, PROD])).toBe('high');
  expect(shared([PULL])).toBe(null);
});

test('self-hosted is told from the token or from the labels, for a production identity', () => {
  const grade = (overrides: Parameters<typeof github>[0], credential = MAIN, roles = WRITER) =>
    severityOf(lintOf([credential], { roles, github: github(overrides) }), 'self-hosted-runner');
  const labels = (runsOn: string[] | null) => ({ workflows: [workflow({ jobs: [job({ runsOn })] })] });
  expect(grade(labels(['self-hosted', 'linux']))).toBe('medium');
  expect(grade(labels(['ubuntu-latest']))).toBe(null);
  expect(grade({ runnerEnvironment: 'self-hosted' }, MAIN, READER)).toBe(null);
  expect(grade({ runnerEnvironment: 'self-hosted' }, PROD, READER)).toBe('medium');
  expect(
    undecidedOf(lintOf([MAIN], { roles: WRITER, github: github(labels(null)) }), 'self-hosted-runner'),
  ).toHaveLength(1);
});

test.each<[severity: string | null, Parameters<typeof workflow>[0]]>([
  ['high', { events: ['pull_request_target'], jobs: [job({ idToken: 'write' })] }],
  ['high', { events: ['pull_request_target'], idToken: 'write' }],
  ['low', { events: ['pull_request_target'], idToken: 'write', jobs: [job({ idToken: 'none' })] }],
  ['low', { idToken: 'write' }],
  ['high', { idToken: 'write', jobs: [job(), job({ id: 'lint', usesLogin: false })] }],
  [null, { jobs: [job({ idToken: 'write' }), job({ id: 'lint', usesLogin: false })] }],
  [null, { idToken: 'none', jobs: [job({ idToken: 'write', usesLogin: false })] }],
])('id-token-overgranted is %s for %#', (severity, overrides) => {
  const report = lintOf([MAIN], { github: github({ workflows: [workflow(overrides)] }) });
  expect(severityOf(report, 'id-token-overgranted')).toBe(severity);
});

test('a job that inherits the permission and calls something else leaves it undecided', () => {
  const workflows = [workflow({ idToken: 'write', jobs: [job(), job({ id: 'call', usesLogin: null })] })];
  const report = lintOf([MAIN], { github: github({ workflows }) });
  expect(severityOf(report, 'id-token-overgranted')).toBe(null);
  expect(undecidedOf(report, 'id-token-overgranted')).toEqual([expect.stringContaining("job 'call'")]);
});

test('what is not known is told with what would tell it', () => {
  const report = lintOf([PROD, glob('repo:org/app:environment:dev', BY_REPOSITORY)]);
  expect(Object.fromEntries(report.undecided.map(({ code, missing }) => [code, missing]))).toEqual({
    'environment-unprotected': expect.stringContaining("environment 'dev' of org/app"),
    'expression-unsupported': expect.stringContaining('application or a managed identity'),
    'foreign-owner-id': expect.stringContaining('Metadata: read'),
    'broad-role': expect.stringContaining('roleAssignments/read'),
    'disabled-principal': expect.stringContaining('Application.Read.All'),
    'stale-identity': expect.stringContaining('AuditLog.Read.All'),
    'plan-and-apply-shared': expect.stringContaining('Contents: read'),
    'self-hosted-runner': expect.stringContaining('runner_environment'),
    'id-token-overgranted': expect.stringContaining('Contents: read'),
  });
});

test('credentials that could not be read leave their rules undecided, and nothing passes for stale', () => {
  const report = lintOf(null, { roles: READER });
  expect(undecidedOf(report, 'owner-wildcard')).toEqual([
    expect.stringContaining('federatedIdentityCredentials/read'),
  ]);
  expect(report.findings).toEqual([]);
});
