import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { INPUT_TABLE } from '../../../src/inputs/table.ts';
import { read } from './documents.ts';
import { blocksOf } from './markdown.ts';

const document = read('docs/migrating-from-azure-login.md');

/** Inputs of azure/login, v2 and v3. Source: "Input Parameters" of its README. */
const THEIRS = [
  'client-id',
  'subscription-id',
  'tenant-id',
  'creds',
  'enable-AzPSSession',
  'environment',
  'allow-no-subscriptions',
  'audience',
  'auth-type',
];

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

function stepsIn(data: unknown): Step[] {
  if (Array.isArray(data)) return data as Step[];
  const { jobs = {} } = data as { jobs?: Readonly<Record<string, { steps?: Step[] }>> };
  return Object.values(jobs).flatMap(({ steps = [] }) => steps);
}

const blocks = blocksOf(document)
  .filter(({ language }) => language === 'yaml')
  .map(({ text }) => stepsIn(parse(text) as unknown));
const inputsOf = (name: string, steps: readonly Step[]) =>
  steps.filter(({ uses }) => uses?.startsWith(`${name}@`)).flatMap((step) => Object.keys(step.with ?? {}));

test('every input of azure/login has a row', () => {
  const rows = [...document.matchAll(/^\| `([\w-]+)[`:]/gm)].map(([, name]) => name);
  expect(rows).toEqual(expect.arrayContaining(THEIRS));
});

test('what is before uses azure/login, what is after this action, in turns', () => {
  expect(blocks.length).toBeGreaterThan(10);
  for (const [index, steps] of blocks.entries()) {
    const [used, other] = ['azure/login', 'entra-federate/entra-federate'];
    const [expected, unexpected] = index % 2 === 0 ? [used, other] : [other, used];
    const names = steps.map(({ uses = '' }) => uses.split('@')[0]);
    expect(names, `block ${index}`).toContain(expected);
    expect(names, `block ${index}`).not.toContain(unexpected);
  }
});

test('the inputs of azure/login are its own', () => {
  const named = blocks.flatMap((steps) => inputsOf('azure/login', steps));
  expect(named.filter((name) => !THEIRS.includes(name))).toEqual([]);
  expect(new Set(named).size).toBe(THEIRS.length);
});

test('the column of what to write instead names inputs that there are', () => {
  const cells = [...document.matchAll(/^\| `[^|]+\| ([^|]+) \|/gm)].map(([, cell = '']) => cell);
  const inputs = cells.flatMap((cell) =>
    [...cell.matchAll(/`([a-z-]+)(?::[^`]*)?`/g)].map(([, name]) => name),
  );
  expect(inputs.length).toBeGreaterThan(5);
  expect(inputs.filter((name) => !(String(name) in INPUT_TABLE) && name !== 'none')).toEqual([]);
});
