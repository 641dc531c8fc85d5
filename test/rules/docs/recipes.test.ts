import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { DOCUMENTS, ROOT, read } from './documents.ts';
import { anchorsOf, blocksOf, localLinks } from './markdown.ts';
import { problemsOf } from './recipe.ts';

const blocks = DOCUMENTS.flatMap((document) =>
  blocksOf(read(document))
    .filter(({ language }) => /^ya?ml$/.test(language))
    .map((block) => ({ document, ...block })),
);

test.each(blocks)('$document, line $line: the action takes what is written there', ({ document, text }) => {
  expect(problemsOf(text, { complete: document === 'docs/recipes.md' })).toEqual([]);
});

test.each(DOCUMENTS)('%s points to what there is', (document) => {
  for (const link of localLinks(read(document))) {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? document : join(dirname(document), path);
    expect(existsSync(join(ROOT, target)), link).toBe(true);
    if (anchor && target.endsWith('.md')) expect(anchorsOf(read(target)), link).toContain(anchor);
  }
});

const GOOD = `
on: push
permissions:
  id-token: write
  contents: read
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: entra-federate/entra-federate@v1
        id: entra
        with:
          client-id: \${{ vars.AZURE_CLIENT_ID }}
          tenant-id: \${{ vars.AZURE_TENANT_ID }}
          tokens: arm
      - run: 'curl --header "Authorization: Bearer $TOKEN" https://management.azure.com/tenants'
        env:
          TOKEN: \${{ steps.entra.outputs.access-token }}
`;

test('a recipe that is right has no problem, as a workflow or as its steps alone', () => {
  expect(problemsOf(GOOD, { complete: true })).toEqual([]);
  const { steps } = (parse(GOOD) as { jobs: { deploy: { steps: unknown } } }).jobs.deploy;
  expect(problemsOf(JSON.stringify(steps))).toEqual([]);
  expect(problemsOf(JSON.stringify(steps), { complete: true })).toEqual(['it is no complete workflow']);
});

test.each([
  ['a key twice', 'on: push', 'on: push\non: push', /^YAML: Map keys must be unique/],
  ['bad indentation', '  id-token: write', ' id-token: write', /^YAML: /],
  ['what starts it', 'on: push', '', /^nothing starts the workflow/],
  ['an input that is none', 'tokens: arm', 'scope: arm', /there is no input `scope`/],
  ['a value that is refused', 'tokens: arm', 'tokens: graf', /input `tokens` holds an entry 'graf'/],
  ['a boolean that is none', 'tokens: arm', 'mask-ids: yes', /`mask-ids` is neither true nor false/],
  ['a required input', 'tenant-id: ${{ vars.AZURE_TENANT_ID }}', '', /input `tenant-id` is empty/],
  [
    'a source that is none',
    'tokens: arm',
    'identity-source: azure',
    /input `identity-source` has an unknown/,
  ],
  ['a relative file', 'tokens: arm', 'identity-source: file:token', /names no absolute path/],
  ['the permission', '  id-token: write\n', '', /job deploy: `id-token: write` is missing/],
  [
    'any permissions',
    'permissions:\n  id-token: write\n  contents: read\n',
    '',
    /does not list its permissions/,
  ],
  ['checkout', '  contents: read\n', '', /`contents: read` is missing/],
  [
    'a permission too many',
    'tokens: arm',
    'identity-source: google',
    /has `id-token`, and asks for no ID token/,
  ],
  ['an output that is none', 'outputs.access-token', 'outputs.token', /there is no output `token`/],
  ['a step that is none', 'steps.entra', 'steps.login', /`steps.login.outputs.access-token` names no step/],
  [
    'an expression in a script',
    '$TOKEN"',
    '${{ steps.entra.outputs.access-token }}"',
    /`run` holds an expression/,
  ],
])('a recipe with a mistake is found out: %s', (_, right, wrong, problem) => {
  expect(GOOD).toContain(right);
  const broken = GOOD.replace(right, () => wrong);
  expect(problemsOf(broken, { complete: true }).join('\n')).toMatch(problem);
});

test('what is no workflow is only parsed', () => {
  expect(problemsOf('template:\n  spec:\n    serviceAccountName: deploy\n', { complete: true })).toEqual([]);
  expect(problemsOf('template: {')).not.toEqual([]);
});

test('blocks, links and anchors are found in Markdown', () => {
  const markdown = '# A `b` & c\n\n```yaml\na: 1\n```\n[x](y.md#z) [w](https://example.com)\n';
  expect(blocksOf(markdown)).toEqual([{ language: 'yaml', line: 4, text: 'a: 1\n' }]);
  expect(() => blocksOf('```yaml\na: 1\n')).toThrow('does not end');
  expect(localLinks(markdown)).toEqual(['y.md#z']);
  expect(anchorsOf(markdown)).toEqual(['a-b--c']);
});
