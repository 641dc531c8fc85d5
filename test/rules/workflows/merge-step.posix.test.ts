import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryDirectory } from '../../harness/temporary-directory.ts';
import { ROOT, read } from '../docs/documents.ts';
import type { Workflow } from './workflows.ts';

const { jobs } = parse(read('.github/workflows/validate-many.yml')) as Workflow;
const step = jobs['merge']?.steps?.find(({ run }) => run?.includes('merge-reports.ts'))?.run ?? 'exit 99';
const TARGET = { environment: 'staging', 'client-id': 'c', 'tenant-id': 't' };
const REPORT = { result: 'pass', verdict: '', findings: [], clientId: 'c', tenantId: 't' };

/** Runs the merging step of validate-many.yml where there is bash, node and no jq. */
function run(before = '', cwd = ROOT) {
  const directory = temporaryDirectory();
  const output = join(directory, 'output');
  mkdirSync(join(directory, 'reports'));
  writeFileSync(join(directory, 'reports/x-environments-0.json'), JSON.stringify(REPORT));
  const script = `jq() { return 127; }\n${before}\n${step}`;
  const { status } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: {
      PATH: `${join(process.execPath, '..')}:${process.env['PATH']}`,
      RUNNER_TEMP: directory,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(directory, 'summary'),
      ARTIFACTS: 'x',
      ENVIRONMENTS: JSON.stringify([TARGET]),
      REPOSITORIES: '',
    },
  });
  return { status, output: existsSync(output) ? readFileSync(output, 'utf8') : '' };
}

test('the result of all is told with what the runner promises: bash, and node', () => {
  expect(run()).toEqual({ status: 0, output: 'result=pass\n' });
});

test.each([
  ['the script is not there', '', '/'],
  ['the merged report cannot be read', 'node() { [ "$1" != -p ] || return 1; }', ROOT],
])('the step fails, and tells no result, where %s', (_, before, cwd) => {
  const { status, output } = run(before, cwd);
  expect(status).not.toBe(0);
  expect(output).toBe('');
});
