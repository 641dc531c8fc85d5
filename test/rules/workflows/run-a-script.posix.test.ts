import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryDirectory } from '../../harness/temporary-directory.ts';
import { read } from '../docs/documents.ts';
import type { Workflow } from './workflows.ts';

const { jobs } = parse(read('.github/workflows/sign-in-and-run.yml')) as Workflow;
const step = jobs['run']?.steps?.at(-1)?.run ?? '';

/** Runs the last step of sign-in-and-run.yml as the runner does with `shell: bash`. */
function run(script: string, data = '') {
  const directory = temporaryDirectory();
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step],
    {
      cwd: directory,
      env: { PATH: process.env['PATH'], RUNNER_TEMP: directory, SCRIPT: script, DATA: data },
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr, made: (name: string) => existsSync(join(directory, name)) };
}

test('a script of several lines is run as it is, quotes and all', () => {
  const { status, stdout } = run(`name="it's"\nprintf '%s "%s"\\n' $name 'a $b \`c\`'\n`);
  expect([status, stdout]).toEqual([0, 'it\'s "a $b `c`"\n']);
});

test('data is data, whatever it holds', () => {
  const data =
    '"; touch made; $(touch made) `touch made`\n\' || touch made #${{ github.token }}\u0007%0A::error::x';
  const { status, stdout, made } = run('printf %s "$DATA"', data);
  expect([status, stdout, made('made')]).toEqual([0, data, false]);
});

test('a script that looks like options or like our own lines is only a script', () => {
  expect(run('-n').status).toBe(127);
  expect(run('EOF\nexit 3').status).toBe(127);
  expect(run('"$file"').stderr).toContain('unbound');
});

test.each([
  ['a command', 'false'],
  ['a command in a pipe', 'false | cat'],
  ['a variable that is not set', 'echo "$NOWHERE"'],
])('it stops at what fails: %s', (_, command) => {
  const { status, stdout } = run(`${command}\necho went on`);
  expect(status).not.toBe(0);
  expect(stdout).not.toContain('went on');
});

test('its exit status is the status of the step, and it has standard input', () => {
  expect(run('exit 7').status).toBe(7);
  expect(run('cat; echo after').stdout).toBe('after\n');
});
