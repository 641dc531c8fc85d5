import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Cause } from '../../../../src/trust/cause.ts';
import { gather } from '../../../../src/trust/explain/evidence.ts';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { type ExplainInput, readExplainInput } from '../../../../src/trust/explain/input.ts';
import { MEANING } from '../../../../src/trust/explain/wording.ts';
import { bicep, hcl, json, shellWord, yaml } from '../../../../src/trust/fixes/escape.ts';
import { fixesFor } from '../../../../src/trust/fixes/fixes.ts';

const ISSUER = 'https://token.actions.githubusercontent.com';
const AUDIENCE = 'api://AzureADTokenExchange';
const HOSTILE =
  'prod\'s $(touch /tmp/x) `id` "q" | # \\ ${env.X} %{if} ${{ secrets.A }} \u001b[31m\u009b \u202e\u{1f600}\nEOF';
const CAUSES = Object.keys(MEANING) as Cause[];

function input(subject: string, configured: string | null, error: string | null = null): ExplainInput {
  const read = readExplainInput({
    error,
    presented: { issuer: ISSUER, subject, audience: AUDIENCE },
    configured:
      configured === null
        ? null
        : [{ name: 'a', issuer: ISSUER, subject: configured, audiences: [AUDIENCE] }],
  });
  if (!read.ok) throw new Error(read.problem);
  return read.input;
}

const hostile = input(`repo:acme/shop:environment:${HOSTILE}`, `repo:acme/shop:environment:${HOSTILE}!`);
const fixes = CAUSES.map((cause) => [cause, fixesFor(cause, gather(hostile))] as const);

/** The arguments of each call of az and gh, when bash runs the text. */
function run(script: string): string[][] {
  const fake = `az() { printf 'az\\0'; printf '%s\\0' "$@"; printf '\\1\\0'; }; gh() { printf 'gh\\0'; printf '%s\\0' "$@"; printf '\\1\\0'; };`;
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-euc', `${fake}\n${script}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
  });
  expect([stderr, status]).toEqual(['', 0]);
  return stdout
    .split('\u0001\0')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1));
}

test.each(fixes)('%s: commands hand a hostile subject on as it is', (_, { az, github }) => {
  for (const script of [az, github].filter((text) => text !== undefined)) {
    for (const call of run(script)) {
      const parameters = call[call.indexOf('--parameters') + 1] ?? '';
      if (call.includes('--parameters'))
        expect(JSON.parse(parameters)).toMatchObject({ subject: `repo:acme/shop:environment:${HOSTILE}` });
      if (call.includes('--subject'))
        expect(call[call.indexOf('--subject') + 1]).toBe(`repo:acme/shop:environment:${HOSTILE}`);
    }
  }
});

test.each(fixes)('%s: the Graph request is a request with a JSON body', (_, { graph }) => {
  if (graph === undefined) return;
  const [head = '', ...body] = graph.split('\n\n');
  expect(head).toMatch(
    /^(GET|POST|PATCH) https:\/\/graph\.microsoft\.com\/(v1\.0|beta)\/[\x21-\x7e]+(\nContent-Type: application\/json)?$/,
  );
  const parsed = body.length === 0 ? {} : JSON.parse(body.join('\n\n'));
  if ('subject' in parsed) expect(parsed.subject).toBe(`repo:acme/shop:environment:${HOSTILE}`);
});

test.each(fixes)('%s: the workflow is YAML in which nothing from outside is evaluated', (_, { workflow }) => {
  if (workflow === undefined) return;
  expect(() => parse(workflow)).not.toThrow();
  expect(workflow).not.toMatch(/\$\{\{ ?secrets/);
});

test.each(fixes)('%s: no text holds a control or an invisible character', (_, texts) => {
  for (const text of Object.values(texts))
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
});

test('strings of HCL and Bicep interpolate nothing and end where they should', () => {
  expect(hcl('a"b\\ ${x} %{y} \n')).toBe('"a\\"b\\\\ $${x} %%{y} \\u000a"');
  expect(bicep("a'b\\ ${x}\n")).toBe("'a\\'b\\\\ \\${x}\\u{a}'");
  expect(hcl(HOSTILE)).toMatch(/^"(?:[^"\\]|\\.)*"$/);
  expect(hcl(HOSTILE)).not.toMatch(/(^|[^$])\$\{|(^|[^%])%\{/);
  expect(bicep(HOSTILE)).toMatch(/^'(?:[^'\\]|\\.)*'$/);
  expect(bicep(HOSTILE)).not.toMatch(/(^|[^\\])\$\{/);
});

test('words of a shell, JSON and YAML stand for their text', () => {
  for (const text of [HOSTILE, 'true', '12', "it's", '', 'a: b', '- x', '\u0085\u2028']) {
    expect(JSON.parse(json(text))).toBe(text);
    expect(parse(`key: ${yaml(text)}`).key).toBe(text.replaceAll('${{', "${{ '${{' }}"));
    expect(run(`az ${shellWord(text)}`)).toEqual([['az', text]]);
  }
});

test('corrects the nearest credential where it is simply wrong, and adds one where it may serve other runs', () => {
  const wrong = explain(input('repo:acme/shop:environment:Prod', 'repo:acme/shop:environment:prod')).fix;
  expect(wrong.az).toContain('federated-credential update');
  expect(wrong.graph).toMatch(/^PATCH .*\/federatedIdentityCredentials\/a\n/);
  const other = explain(input('repo:acme/shop:ref:refs/heads/a', 'repo:acme/shop:environment:prod')).fix;
  expect(other.az).toContain('federated-credential create');
  expect(parse(other.workflow ?? '')).toEqual({ jobs: { deploy: { environment: 'prod' } } });
});

test('fills in the ids that the error names', () => {
  const client = '11111111-2222-4333-8444-555555555555';
  const { fix } = explain(
    input(
      'repo:acme/shop:pull_request',
      null,
      `AuthorizationFailed: The client '${client}' with object id '99999999-2222-4333-8444-555555555555' does not have authorization to perform action 'a/b' over scope '/subscriptions/s' or the scope is invalid.`,
    ),
  );
  expect(run(fix.az ?? '')[0]).toEqual(
    expect.arrayContaining([
      '--assignee-object-id',
      '99999999-2222-4333-8444-555555555555',
      '/subscriptions/s',
    ]),
  );
});
