import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { DOCUMENTS, read } from '../docs/documents.ts';
import { dangersOf, WORKFLOWS, type Workflow } from './workflows.ts';

test.each(WORKFLOWS)('%s gives no more than it must', (path) => {
  expect(dangersOf(read(path))).toEqual([]);
});

const SHA = '8e8c483db84b4bee98b60c0593521ed34d9990e8';
const GOOD = `on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@${SHA} # v6.0.1
        with:
          persist-credentials: false
      - run: echo "$NAME"
`;

test.each([
  ['permissions for all', 'permissions: {}\n', 'permissions: read-all\n', /not \{\} at the top/],
  ['permissions left out', 'permissions: {}\n', '', /not \{\} at the top/],
  ['a job without them', '    permissions:\n      contents: read\n', '', /test: it does not list/],
  ['a job with all', ':\n      contents: read\n', ': write-all\n', /test: it does not list/],
  ['no end', '    timeout-minutes: 5\n', '', /six hours/],
  ['a kept token', 'false', 'true', /keeps its token/],
  ['an expression in a script', '$NAME', '${{ github.head_ref }}', /`run` holds an expression/],
  ['a tag', SHA, 'v6', /is not pinned/],
  ['a short commit', SHA, SHA.slice(0, 7), /is not pinned/],
  ['no version', ' # v6.0.1', '', /is not pinned/],
  ['a version with words behind it', '# v6.0.1', '# v6.0.1 or so', /is not pinned/],
  ['quotation marks', `actions/checkout@${SHA} # v6.0.1`, '"actions/checkout@v6"', /is not pinned/],
  ['a tag with white space behind it', `${SHA} # v6.0.1`, 'v6 ', /is not pinned/],
  ['a major version only', '# v6.0.1', '# v6', /is not pinned/],
])('a workflow with a danger is found out: %s', (_, right, wrong, danger) => {
  expect(GOOD).toContain(right);
  expect(dangersOf(GOOD)).toEqual([]);
  expect(dangersOf(GOOD.replace(right, () => wrong)).join('\n')).toMatch(danger);
});

/** The jobs of a workflow that can ask for an ID token. */
function askersOf(path: string): string[] {
  const { jobs } = parse(read(path)) as Workflow;
  return Object.entries(jobs)
    .filter(([, { permissions }]) => (permissions as Record<string, unknown> | undefined)?.['id-token'])
    .map(([name]) => `${path.split('/').at(-1)} ${name}`);
}

test('no job can ask for an ID token but those that must', () => {
  expect(WORKFLOWS.flatMap(askersOf).sort()).toEqual([
    'release.yml attest',
    'scorecard.yml analyse',
    'sign-in-and-run.yml run',
    'validate-many.yml environments',
    'validate-many.yml repositories',
    'validate-trust.yml validate',
  ]);
});

test('one action is used at one version, and documents that pin it name that one', () => {
  const pins = DOCUMENTS.flatMap((path) => [
    ...read(path).matchAll(/uses: ([\w-]+\/[\w-]+)\S*@([0-9a-f]{40} # \S+)$/gm),
  ]);
  expect(pins.length).toBeGreaterThan(0);
  const used = [
    ...pins,
    ...WORKFLOWS.flatMap((path) => [...read(path).matchAll(/uses: ([\w-]+\/[\w-]+)\S*@(\S+.*)$/gm)]),
  ];
  const versions = Map.groupBy(used, ([, name]) => name);
  const several = [...versions].filter(([, uses]) => new Set(uses.map(([, , version]) => version)).size > 1);
  expect(used.length).toBeGreaterThan(10);
  expect(several.map(([name]) => name)).toEqual([]);
});

test('new versions are proposed for every ecosystem, together, and when they have cooled down', () => {
  const { updates } = parse(read('.github/dependabot.yml')) as {
    updates: readonly { 'package-ecosystem': string; cooldown?: Record<string, number>; groups?: object }[];
  };
  expect(updates.map((one) => one['package-ecosystem'])).toEqual(['npm', 'github-actions']);
  for (const { cooldown, groups } of updates) {
    expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
    expect(Object.keys(groups ?? {}).length).toBeGreaterThan(0);
  }
});
