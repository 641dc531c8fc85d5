import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/index';
import { expect, test } from 'vitest';
import { DOCUMENTS, read } from '../docs/documents.ts';
import { blocksOf } from '../docs/markdown.ts';
import { WORKFLOWS } from './workflows.ts';

const trace = new NoOperationTraceWriter();

/** What GitHub's own parser has against a workflow. */
async function complaints(content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name: 'workflow.yml', content }, trace);
  const errors = context.errors.getErrors().map(({ message }) => message);
  if (errors.length > 0 || value === undefined) return errors;
  const { errors: later = [] } = await convertWorkflowTemplate(context, value);
  return later.map(({ Message }) => Message);
}

const documented = DOCUMENTS.flatMap((document) =>
  blocksOf(read(document))
    .filter(({ language, text }) => language === 'yaml' && /^on:/m.test(text))
    .map(({ line, text }) => ({ name: `${document}, line ${line}`, text })),
);
const ours = WORKFLOWS.map((name) => ({ name, text: read(name) }));

test.each([...ours, ...documented])("GitHub's parser takes $name", async ({ text }) => {
  expect(await complaints(text)).toEqual([]);
});

test("GitHub's parser takes action.yml", () => {
  const { context } = parseAction({ name: 'action.yml', content: read('action.yml') }, trace);
  expect(context.errors.getErrors()).toEqual([]);
});

const GOOD = 'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo\n';
test.each([
  ['a key that is none', 'runs-on: x', 'runs-on: x\n    colour: red', /colour/],
  ['an event that is none', 'push', 'pushed', /pushed/],
  ['a permission that is none', 'runs-on: x', 'runs-on: x\n    permissions: { idtoken: write }', /idtoken/],
  ['an expression that does not end', 'run: echo', 'run: "${{ github.sha"', /expression/i],
  ['a context that is not there', 'run: echo', 'run: "${{ nowhere.x }}"', /nowhere/],
  ['a job that waits for one that is not there', 'runs-on: x', 'runs-on: x\n    needs: b', /no dependencies/],
])('a workflow with a mistake is found out: %s', async (_, right, wrong, complaint) => {
  expect(await complaints(GOOD)).toEqual([]);
  expect((await complaints(GOOD.replace(right, wrong))).join('\n')).toMatch(complaint);
});

test('an action with a mistake is found out', () => {
  const content = read('action.yml').replace('using: node24', 'using: node24\n  middle: x.js');
  const { context } = parseAction({ name: 'action.yml', content }, trace);
  expect(context.errors.getErrors().map(({ message }) => message)).toEqual([
    expect.stringContaining('middle'),
  ]);
});
