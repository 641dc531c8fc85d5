import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { INPUT_TABLE, rawInputs } from '../../../src/inputs/table.ts';

interface Action {
  readonly inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  readonly outputs: Record<string, { description: string }>;
  readonly runs: { using: string; main: string; post: string };
}

const action = parse(readFileSync(join(import.meta.dirname, '../../../action.yml'), 'utf8')) as Action;

test('action.yml declares exactly the inputs of the table, with the same defaults', () => {
  const declared = Object.entries(action.inputs).map(([name, { required = false, default: value = '' }]) => [
    name,
    { required, default: value },
  ]);
  expect(Object.fromEntries(declared)).toEqual(INPUT_TABLE);
});

test('every input and output is described', () => {
  for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
    expect(description).toMatch(/\.$/);
  }
});

test('runs the bundles on node24', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/main.js', post: 'dist/post.js' });
});

test('an empty value is the default, as the runner cannot tell it from an unset one', () => {
  expect(rawInputs(() => '  ')).toMatchObject({
    cloud: 'AzureCloud',
    tokens: 'arm',
    timeout: '60',
    'client-id': '',
  });
});
