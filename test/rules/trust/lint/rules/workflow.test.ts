import { expect, test } from 'vitest';
import { exact, github, job, lintOf, READER, severityOf, undecidedOf, WRITER, workflow } from '../facts.ts';

const MAIN = exact('repo:org@1/app@2:ref:refs/heads/main');
const PROD = exact('repo:org@1/app@2:environment:prod', { name: 'e' });

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
