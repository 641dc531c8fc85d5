import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../harness/temporary-directory.ts';
import { ROOT } from '../docs/documents.ts';

const TENANT = 'contoso.example';
const STAGING = { environment: 'staging', 'client-id': 'client-1', 'tenant-id': TENANT };
const PRODUCTION = { environment: 'production', 'client-id': 'client-2', 'tenant-id': TENANT };
const OTHER = { repository: 'octo-org/octo-repo', 'client-id': 'client-3', 'tenant-id': TENANT };
const report = (result: string, change: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    result,
    verdict: 'The sentence.',
    findings: [],
    clientId: 'client-1',
    tenantId: TENANT,
    ...change,
  });

/** Merges files, by their names without the prefix, as the workflow does. */
function merge(
  files: Readonly<Record<string, string>>,
  lists: { environments?: unknown; repositories?: unknown },
  { written = 'entra-trust', asked = 'entra-trust' } = {},
) {
  const directory = temporaryDirectory();
  const [reports, out] = [join(directory, 'reports'), join(directory, 'out.json')];
  mkdirSync(reports);
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(reports, `${written}-${name}.json`), text);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts/merge-reports.ts'), reports, asked, out],
    {
      env: {
        ...process.env,
        ENVIRONMENTS: JSON.stringify(lists.environments ?? []),
        REPOSITORIES: JSON.stringify(lists.repositories ?? []),
      },
      encoding: 'utf8',
    },
  );
  expect([status, stderr]).toEqual([0, '']);
  const merged = JSON.parse(readFileSync(out, 'utf8')) as {
    result: string;
    trusts: { target: object; result: string; report: unknown }[];
  };
  return { ...merged, results: merged.trusts.map(({ result }) => result), summary: stdout };
}

test('all pass where each passes, in the order of the lists', () => {
  const files = {
    'environments-0': report('pass'),
    'environments-1': report('pass', { clientId: 'CLIENT-2' }),
    'repositories-0': report('pass', { clientId: 'client-3' }),
  };
  const lists = { environments: [STAGING, PRODUCTION], repositories: [OTHER] };
  const { result, trusts, summary } = merge(files, lists);
  expect(result).toBe('pass');
  expect(trusts.map(({ target }) => target)).toEqual([STAGING, PRODUCTION, OTHER]);
  expect(summary).toContain('3 of 3 trusts pass');
  expect(summary).toContain('octo-org/octo-repo');
});

test('one that fails makes all fail, and its findings are counted by severity', () => {
  const findings = [{ severity: 'high' }, { severity: 'low' }, { severity: 'high' }];
  const files = {
    'environments-0': report('pass'),
    'environments-1': report('fail', { clientId: 'client-2', findings }),
  };
  const { result, summary } = merge(files, { environments: [STAGING, PRODUCTION] });
  expect(result).toBe('fail');
  expect(summary).toContain('| 2 high, 1 low |');
});

test.each([
  ['is missing', {}],
  ['is empty', { 'environments-0': '' }],
  ['is cut off', { 'environments-0': report('pass').slice(0, -2) }],
  ['is something else', { 'environments-0': '[]' }],
  ['is null', { 'environments-0': 'null' }],
  ['has a result that is none', { 'environments-0': report('toString') }],
  ['is that of another list', { 'repositories-0': report('pass') }],
])('a report that %s is never a pass', (_, files) => {
  const { result, results, summary } = merge(files, { environments: [STAGING] });
  expect([result, results]).toEqual(['unknown', ['unknown']]);
  expect(summary).toContain('left no report');
});

test.each([
  ['client', { clientId: 'client-2' }],
  ['tenant', { tenantId: 'fabrikam.example' }],
])('a report of another %s is never a pass, nor a failure of this one', (_, change) => {
  for (const result of ['pass', 'fail']) {
    const merged = merge({ 'environments-0': report(result, change) }, { environments: [STAGING] });
    expect([merged.result, merged.trusts[0]?.report]).toEqual(['unknown', null]);
    expect(merged.summary).toContain('that of another client or tenant');
  }
});

test('the reports of another call in the same run are not read', () => {
  const files = { 'environments-0': report('pass') };
  const lists = { environments: [STAGING] };
  expect(merge(files, lists, { written: 'east', asked: 'east' }).result).toBe('pass');
  expect(merge(files, lists, { written: 'east', asked: 'west' }).result).toBe('unknown');
});

test('nothing to validate is no pass', () => {
  expect(merge({}, {}).result).toBe('unknown');
});

test('what a report or a list says cannot become Markdown, HTML or a mention', () => {
  const text = '`x` | <img src=x> @octocat\n## [y](https://example.com)';
  const { summary } = merge(
    { 'environments-0': report('fail', { verdict: text }) },
    { environments: [{ ...STAGING, environment: text }] },
  );
  expect(summary.split('\n')).toHaveLength(6);
  for (const mark of ['`', '<img', '@octocat', '## [', 'https://']) expect(summary).not.toContain(mark);
});
