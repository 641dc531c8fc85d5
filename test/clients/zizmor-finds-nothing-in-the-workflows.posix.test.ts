import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leaveOut } from '../harness/left-out.ts';

const ROOT = join(import.meta.dirname, '../..');
const [, version] = /^version=(.+)$/m.exec(readFileSync(join(ROOT, 'scripts/zizmor.sh'), 'utf8')) ?? [];
const program = join(tmpdir(), `entra-federate-zizmor-${version}/bin/zizmor`);

/** What zizmor finds, of all severities; offline, so that nothing is asked of GitHub. */
function findings(input: string | readonly string[]): { ident: string }[] {
  const [args, stdin] = typeof input === 'string' ? [['-'], input] : [input, ''];
  const options = ['--offline', '--strict-collection', '--persona', 'pedantic', '--format', 'json-v1'];
  const { stdout, stderr } = spawnSync(program, [...options, ...args], {
    cwd: ROOT,
    env: {},
    encoding: 'utf8',
    input: stdin,
  });
  expect(stdout, stderr).toMatch(/^\[/);
  return JSON.parse(stdout) as { ident: string }[];
}

const NOTHING = 'zizmor finds nothing in the workflows, the action and dependabot.yml';
const INJECTION = 'zizmor finds an injection';

if (existsSync(program)) {
  test(NOTHING, () => {
    const open = findings(['.']).map(({ ident }) => ident);
    expect(open).toEqual([]);
  });

  test(INJECTION, () => {
    const bad =
      'on: issues\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n';
    expect(findings(bad).map(({ ident }) => ident)).toContain('template-injection');
  });
} else {
  for (const sentence of [NOTHING, INJECTION])
    leaveOut(sentence, 'zizmor is not installed (scripts/zizmor.sh does it, where PyPI is reached)');
}
