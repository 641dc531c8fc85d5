import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryDirectory } from '../../harness/temporary-directory.ts';
import { read } from '../docs/documents.ts';
import type { Workflow } from './workflows.ts';

const { jobs } = parse(read('.github/workflows/release.yml')) as Workflow;
const SHA = '0123456789abcdef0123456789abcdef01234567';

/** What `gh` answers to commands that hold a text, and with which status; nothing, and 0, to others. */
type Answers = Readonly<Record<string, readonly [status: number, text: string]>>;

const FRESH: Answers = {
  '/matching-refs/': [0, '0'],
  'ci.yml/runs': [0, '1'],
  'release view': [1, ''],
  'git/ref/tags': [0, SHA],
};
const DONE: Answers = { 'git/ref/tags': [0, SHA], isDraft: [0, 'true'], isImmutable: [0, 'true'] };

/** Runs the last step of a job against an imitation of `gh`, and gives what it was told to do. */
function run(job: string, answers: Answers, { ref = 'refs/heads/main', version = '1.2.3' } = {}) {
  const directory = temporaryDirectory();
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
  for (const name of ['release', 'dist']) mkdirSync(join(directory, name));
  write('package.json', JSON.stringify({ version }));
  write('CHANGELOG.md', '## [Unreleased]\n\n## [1.2.3] - 2026-12-01\n\n- One.\n\n## [1.2.2]\n\n- Other.\n');
  write('release/a.tgz', 'a\n');
  write('release/SHA256SUMS', '87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7  a.tgz\n');
  write('dist/main.js', '');
  const cases = Object.entries(answers).map(
    ([text, [status, answer]]) => `*'${text}'*) printf '%s\\n' '${answer}'; return ${status} ;;`,
  );
  const gh = `gh() { printf '%s\\n' "$*" >> calls; case "$*" in\n${cases.join('\n')}\nesac; }\n`;
  const step = jobs[job]?.steps?.at(-1)?.run ?? 'exit 99';
  const { status, stdout } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', gh + step],
    {
      cwd: directory,
      env: {
        PATH: `${join(process.execPath, '..')}:${process.env['PATH']}`,
        GITHUB_REF: ref,
        GITHUB_SHA: SHA,
        GITHUB_OUTPUT: join(directory, 'output'),
        GH_REPO: 'o/r',
        TAG: `v${version}`,
      },
      encoding: 'utf8',
    },
  );
  const file = (name: string) => {
    try {
      return readFileSync(join(directory, name), 'utf8');
    } catch {
      return '';
    }
  };
  return {
    status,
    stdout,
    calls: file('calls').split('\n'),
    notes: file('notes.md'),
    output: file('output'),
  };
}

test('a draft is made of a version that is new, from main, with what the changelog says', () => {
  const { status, calls, notes, output } = run('draft', FRESH);
  expect(status).toBe(0);
  expect(calls).toContain(
    `release create v1.2.3 --draft --target ${SHA} --title v1.2.3 --notes-file notes.md`,
  );
  expect([notes.trim(), output]).toEqual(['- One.', 'tag=v1.2.3\n']);
});

test('the draft of a run that failed is made anew, and a published release is never deleted', () => {
  expect(run('draft', { ...FRESH, 'release view': [0, 'true'] }).calls).toContain(
    'release delete v1.2.3 --yes',
  );
  expect(run('draft', { ...FRESH, 'release view': [0, 'false'] }).calls.join()).not.toContain('delete');
});

test.each([
  ['the tag is there', { ...FRESH, '/matching-refs/': [0, '1'] }, {}, /is there already/],
  ['tags cannot be read', { ...FRESH, '/matching-refs/': [1, ''] }, {}, /^$/],
  ['CI has not passed', { ...FRESH, 'ci.yml/runs': [0, '0'] }, {}, /CI has not passed/],
  ['another branch', FRESH, { ref: 'refs/heads/x' }, /made from main/],
  ['the changelog is silent', FRESH, { version: '1.2.4' }, /says nothing of 1\.2\.4/],
  ['no version to release', FRESH, { version: '1.2.3-beta.1' }, /no version to release/],
] as [string, Answers, object, RegExp][])('no draft is made: %s', (_, answers, given, reason) => {
  const { status, stdout, calls } = run('draft', answers, given);
  expect(status).not.toBe(0);
  expect(stdout.trim()).toMatch(reason);
  expect(calls.join()).not.toContain('release create');
});

test('every file is verified before any is attached, and attached before it is published', () => {
  const { status, calls } = run('publish', DONE);
  const names = calls.map((call) => call.split(' ').slice(0, 3).join(' '));
  expect(status).toBe(0);
  expect(names.slice(0, 6)).toEqual([
    'attestation verify release/SHA256SUMS',
    'attestation verify release/a.tgz',
    'attestation verify dist/main.js',
    'release view v1.2.3',
    'release upload v1.2.3',
    'release edit v1.2.3',
  ]);
});

test('publishing that failed half way can be run again, before and after it was published', () => {
  expect(run('publish', DONE).calls).toContain(
    'release upload v1.2.3 release/SHA256SUMS release/a.tgz --clobber',
  );
  const { status, calls } = run('publish', { ...DONE, isDraft: [0, 'false'] });
  expect(status).toBe(0);
  expect(calls.join()).not.toMatch(/release (upload|edit)/);
  expect(calls.join()).toContain('--json isImmutable');
});

test('nothing is published that is not attested', () => {
  const { status, calls } = run('publish', { ...DONE, 'verify dist/main.js': [1, ''] });
  expect(status).not.toBe(0);
  expect(calls.join()).not.toMatch(/release (upload|edit)/);
});

test.each([
  ['can be changed', { ...DONE, isImmutable: [0, 'false'] }],
  ['is of another commit', { ...DONE, 'git/ref/tags': [0, SHA.replace('0', 'f')] }],
] as [string, Answers][])('a release that %s is an error, and the major tag waits for none', (_, answers) => {
  expect(run('publish', answers).status).not.toBe(0);
  expect((jobs['major'] as { needs?: unknown }).needs).toContain('publish');
});

test('the major tag is moved, or made', () => {
  const moved = run('major', { '/matching-refs/': [0, '1'] }).calls;
  const made = run('major', { '/matching-refs/': [0, '0'] }).calls;
  expect(moved).toContain(`api --method PATCH repos/o/r/git/refs/tags/v1 -f sha=${SHA} -F force=true`);
  expect(made).toContain(`api repos/o/r/git/refs -f ref=refs/tags/v1 -f sha=${SHA}`);
});

test('only who needs it may write, and who builds may not', () => {
  const writers = Object.entries(jobs).flatMap(([name, { permissions }]) =>
    Object.entries(permissions as object).flatMap(([key, value]) =>
      value === 'write' ? `${name} ${key}` : [],
    ),
  );
  expect(writers.sort()).toEqual([
    'attest attestations',
    'attest id-token',
    'draft contents',
    'major contents',
    'publish contents',
  ]);
});
