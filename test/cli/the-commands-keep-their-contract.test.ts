import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProcess } from '../../src/emulator/runner/process.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cli-contract-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const cli = (...args: string[]) =>
  runProcess(process.execPath, [CLI, ...args], { PATH: process.env['PATH'] });

function file(content: unknown): string {
  const path = join(directory, `${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const claims = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:environment:production',
  aud: 'api://AzureADTokenExchange',
};
const credential = { name: 'a', issuer: claims.iss, subject: claims.sub, audiences: [claims.aud] };

test('match --json: the shape, and status 0 or 1', async () => {
  const other = { ...credential, name: 'b', subject: 'repo:octo-org/octo-repo:environment:Production' };
  const { code, stdout, stderr } = await cli(
    'match',
    '--json',
    '--file',
    file({ claims, credentials: [other, credential] }),
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual({
    matched: 'a',
    results: [
      {
        name: 'b',
        match: false,
        mismatches: [
          { field: 'subject', reason: 'case', presented: claims.sub, configured: other.subject, at: 36 },
        ],
      },
      { name: 'a', match: true, mismatches: [] },
    ],
  });
  const none = await cli('match', '--json', '--file', file({ claims, credentials: [other] }));
  expect([none.code, JSON.parse(none.stdout).matched]).toEqual([1, null]);
});

test('match: marks the first difference for a person', async () => {
  const { code, stdout } = await cli(
    'match',
    '--file',
    file({ claims, credentials: [{ ...credential, issuer: `${claims.iss}/` }] }),
  );
  expect(code).toBe(1);
  expect(stdout).toContain('issuer: trailing-slash, first difference at 43');
  expect(stdout).toMatch(/presented {3}https:\/\/token\.actions\.githubusercontent\.com\n +\^\n/);
});

test('match: marks the expression where it can no longer be evaluated, and no value that is not at fault', async () => {
  const marked = async (value: string) => {
    const flexible = {
      ...credential,
      subject: null,
      claimsMatchingExpression: { value, languageVersion: 1 },
    };
    return (await cli('match', '--file', file({ claims, credentials: [flexible] }))).stdout;
  };
  const value = "claims['sub'] eq 'a' and claims['actor'] eq 'b'";
  expect(await marked(value)).toContain(`
  expression: unsupported, in the expression, at 25
    presented   ${claims.sub}
    configured  ${value}
                ${' '.repeat(25)}^
`);
  expect(await marked('nonsense')).not.toContain('^');
});

test('lint --json: findings, status by --fail-on', async () => {
  const input = file({
    credentials: [{ ...credential, subject: 'repo:octo-org/octo-repo:pull_request' }],
    roles: [{ roleName: 'Owner', scope: '/subscriptions/9', principalId: 'p' }],
  });
  const { code, stdout, stderr } = await cli('lint', '--json', '--file', input);
  expect([code, stderr]).toEqual([1, '']);
  const { findings, undecided } = JSON.parse(stdout);
  expect(undecided).toContainEqual({ code: 'disabled-principal', missing: expect.any(String) });
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'pull-request-trusted',
      severity: 'critical',
      credential: 'a',
      message: expect.any(String),
      evidence: expect.any(String),
      remedy: expect.any(String),
      source: expect.any(String),
    }),
  );
  expect((await cli('lint', '--file', input, '--fail-on', 'never')).code).toBe(0);
});

test('lint advises no change of an audience that is right in its cloud', async () => {
  const { issuer } = credential;
  const subject = 'repo:octo-org@65/octo-repo@74:ref:refs/heads/main';
  const gov = { name: 'gov', issuer, subject, audiences: ['api://AzureADTokenExchangeUSGov'] };
  const { stdout } = await cli('lint', '--json', '--file', file({ credentials: [gov] }));
  expect(JSON.parse(stdout).findings).toEqual([]);
});

test('explain --json: from a file, and from a text', async () => {
  const shape = {
    cause: 'no-credential-configured',
    confidence: expect.stringMatching(/^(certain|likely|possible)$/),
    also: expect.any(Array),
    explanation: expect.any(String),
    fix: expect.any(Object),
  };
  const error = "AADSTS70025: The client 'c'(n) has no configured federated identity credentials.";
  const fromFile = await cli('explain', '--json', '--file', file({ error, configured: [] }));
  expect(JSON.parse(fromFile.stdout)).toEqual(shape);
  const fromText = await cli('explain', '--json', error);
  expect([fromText.code, JSON.parse(fromText.stdout)]).toEqual([0, shape]);
  expect((await cli('explain', error)).stdout).toMatch(/^no-credential-configured \(/);
});

test('subject --json: both forms and why; status 3 where a fact is missing', async () => {
  const run = ['--repository', 'octo-org/octo-repo', '--event', 'push'];
  const { code, stdout } = await cli(
    'subject',
    '--json',
    ...run,
    '--ref',
    'refs/heads/main',
    '--environment',
    'a:b',
    '--owner-id',
    '65',
    '--repository-id',
    '74',
  );
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      subject: 'repo:octo-org/octo-repo:environment:a%3Ab',
      immutableSubject: 'repo:octo-org@65/octo-repo@74:environment:a%3Ab',
      why: 'The environment wins over the branch or tag because the job names one.',
    },
  ]);
  const unknown = await cli('subject', '--json', ...run);
  expect([unknown.code, JSON.parse(unknown.stdout)]).toMatchObject([
    3,
    { subject: null, immutableSubject: null },
  ]);
  expect((await cli('subject', '--event', 'push')).code).toBe(2);
});

test.each([
  ['is no JSON', '{'],
  ['is deeply nested', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ['is a list of no credentials', [1]],
  ['has neither claims nor credentials', { claims: 1, credentials: 2 }],
  ['has credentials of a wrong type', { claims: {}, credentials: [1] }],
  ['has names that harm', '{"claims":{"__proto__":1},"credentials":{"__proto__":[]}}'],
])('exits with 2 and one clear sentence when the file %s', async (_, content) => {
  const path = file(content);
  for (const command of ['match', 'lint']) {
    const { code, stdout, stderr } = await cli(command, '--file', path);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/at .*\.js:/);
  }
});

test('reads standard input for the file -', () => {
  const ask =
    (...args: string[]) =>
    (input: string) =>
      spawnSync(process.execPath, [CLI, ...args, '--file', '-'], { input, encoding: 'utf8' });
  const { status, stdout } = ask('match', '--json')(JSON.stringify({ claims, credentials: [credential] }));
  expect([status, JSON.parse(stdout).matched]).toEqual([0, 'a']);
  expect(ask('lint')('')).toMatchObject({ status: 2, stderr: expect.stringContaining('is empty') });
});

test('a warning goes to standard error, and leaves the JSON alone', async () => {
  const { code, stdout, stderr } = await cli(
    'lint',
    '--json',
    '--file',
    file({ credentials: [], rolles: [] }),
  );
  expect([code, JSON.parse(stdout).findings]).toEqual([0, []]);
  expect(stderr).toMatch(/^warning: the key 'rolles' is not known.*\n$/);
});

test('help is that of the command', async () => {
  const [validate, match, all] = await Promise.all([
    cli('validate', '--help'),
    cli('help', 'match'),
    cli('help'),
  ]);
  expect([validate.code, validate.stdout]).toEqual([0, expect.stringMatching(/ --check-roles +\S/)]);
  expect(match.stdout).not.toContain('--check-roles');
  expect(all.stdout).toMatch(/^entra-federate <command>/);
});

test('exits with 2 for a file of a gigabyte, at once', async () => {
  const path = file('');
  truncateSync(path, 1024 ** 3);
  const { code, stderr } = await cli('match', '--file', path);
  expect([code, stderr]).toEqual([2, `${path} is larger than 256 MiB\n`]);
});

test('explain refuses what has a wrong type, and says which', async () => {
  const { code, stderr } = await cli('explain', '--file', file({ error: 1 }));
  expect([code, stderr]).toEqual([2, expect.stringContaining('error')]);
});

test('with --json a problem is JSON as well', async () => {
  const { code, stdout, stderr } = await cli('match', '--json', '--file', join(directory, 'none.json'));
  expect([code, stderr]).toEqual([2, '']);
  expect(JSON.parse(stdout)).toEqual({ error: expect.stringContaining('does not exist') });
});

test.each([
  ['an unknown command', ['dance'], /^unknown command 'dance'$/],
  ['no command', [], /^a command is missing$/],
  ['an unknown option', ['match', '--loud'], /--loud/],
  ['a value that is missing', ['lint', '--file'], /--file/],
  ['a misused flag', ['validate', '--file', 'f'], /^'validate' takes no option --file$/],
])('with --json %s is JSON as well, and the usage is not printed', async (_, args, says) => {
  const { code, stdout, stderr } = await cli(...args, '--json');
  expect([code, stderr]).toEqual([2, '']);
  expect(JSON.parse(stdout)).toEqual({ error: expect.stringMatching(says) });
});

test('with --json an error that was not foreseen is JSON as well', async () => {
  const preload = join(directory, 'broken.mjs');
  writeFileSync(
    preload,
    `const { entries } = Array.prototype;
Array.prototype.entries = function () {
  if (this[0] === 'break') throw Object.assign(new Error('a secret'), { name: 'Oddity' });
  return entries.call(this);
};`,
  );
  const input = file({ claims: {}, credentials: ['break'] });
  const args = ['--import', pathToFileURL(preload).href, CLI, 'match', '--json', '--file', input];
  const { code, stdout, stderr } = await runProcess(process.execPath, args, { PATH: process.env['PATH'] });
  expect([code, stderr]).toEqual([2, '']);
  expect(JSON.parse(stdout)).toEqual({ error: 'an error that was not foreseen: Oddity' });
});
