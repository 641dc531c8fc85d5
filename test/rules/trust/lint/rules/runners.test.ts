import { expect, test } from 'vitest';
import { exact, github, job, lintOf, READER, severityOf, undecidedOf, WRITER, workflow } from '../facts.ts';

const MAIN = exact('repo:org@1/app@2:ref:refs/heads/main');
const runningOn = (...runsOn: (string[] | null)[]) =>
  github({ workflows: [workflow({ jobs: runsOn.map((labels) => job({ runsOn: labels })) })] });

test.each<[runsOn: string[] | null, severity: string | null, isOpen: boolean]>([
  [['ubuntu-latest'], null, false],
  [['ubuntu-24.04-arm'], null, false],
  [['Windows-2025'], null, false],
  [['macos-15'], null, false],
  [['self-hosted'], 'medium', false],
  [['linux', 'SELF-HOSTED'], 'medium', false],
  // A runner of one's own needs no label but its own; a scale set has none but its name.
  [['arc-runner-set'], null, true],
  [['gpu', 'linux'], null, true],
  [['my-ubuntu-22.04'], null, true],
  [null, null, true],
])('whose machine %j is', (runsOn, severity, isOpen) => {
  const report = lintOf([MAIN], { roles: WRITER, github: runningOn(['ubuntu-latest'], runsOn) });
  expect(severityOf(report, 'self-hosted-runner')).toBe(severity);
  expect(undecidedOf(report, 'self-hosted-runner')).toEqual(
    isOpen ? [expect.stringMatching(/^claim runner_environment of a token/)] : [],
  );
  // The files were read: to read them again tells nothing more.
  expect(undecidedOf(report, 'self-hosted-runner').join()).not.toContain('Contents: read');
});

test('a job that is known not to sign in may run where it likes', () => {
  const workflows = [workflow({ jobs: [job(), job({ usesLogin: false, runsOn: ['self-hosted'] })] })];
  const report = lintOf([MAIN], { roles: WRITER, github: github({ workflows }) });
  expect(severityOf(report, 'self-hosted-runner')).toBe(null);
  expect(undecidedOf(report, 'self-hosted-runner')).toEqual([]);
});

test('a token that comes from a runner of GitHub settles what labels leave open', () => {
  const facts = { ...runningOn(['arc-runner-set']), runnerEnvironment: 'github-hosted' };
  const report = lintOf([MAIN], { roles: WRITER, github: facts });
  expect(undecidedOf(report, 'self-hosted-runner')).toEqual([]);
});

test.each([
  ['prod', 'medium'],
  ['Production', 'medium'],
  ['eu-prod-1', 'medium'],
  ['prd', 'medium'],
  ['live', 'medium'],
  ['product', null],
  ['preprod', null],
  ['delivery', null],
  ['staging', null],
])('an identity that reads, trusted in the environment %s, is of production: %s', (environment, severity) => {
  const credential = exact(`repo:org@1/app@2:environment:${environment}`);
  const report = lintOf([credential], { roles: READER, github: runningOn(['self-hosted']) });
  expect(severityOf(report, 'self-hosted-runner')).toBe(severity);
  expect(undecidedOf(report, 'self-hosted-runner')).toEqual([]);
});

test('without a credential that any run of GitHub can use, its runners do not matter', () => {
  const elsewhere = exact('x', { issuer: 'https://gitlab.com' });
  for (const facts of [null, runningOn(['self-hosted'])]) {
    const report = lintOf([elsewhere], { roles: WRITER, github: facts });
    expect(severityOf(report, 'self-hosted-runner')).toBe(null);
    expect(undecidedOf(report, 'self-hosted-runner')).toEqual([]);
  }
});
