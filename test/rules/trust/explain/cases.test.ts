import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { readExplainInput } from '../../../../src/trust/explain/input.ts';

interface Case {
  readonly id: string;
  readonly url: string;
  readonly input: unknown;
  readonly root_cause: string;
  readonly acceptable: readonly string[];
  readonly answerable: boolean;
}

const FILE = join(import.meta.dirname, '../../../fixtures/cases.jsonl');
const cases: readonly Case[] = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line));

function judge({ input, root_cause: root, acceptable }: Case) {
  const read = readExplainInput(input);
  if (!read.ok) throw new Error(read.problem);
  const { cause, confidence } = explain(read.input);
  return { cause, confidence, right: cause === root || acceptable.includes(cause) };
}

function share(of: readonly Case[]): number {
  return of.filter((report) => judge(report).right).length / of.length;
}

test('finds the settled cause of real reports', () => {
  const answerable = cases.filter((report) => report.answerable);
  const misses = cases.filter((report) => !judge(report).right);
  const lines = misses.map((report) => {
    const { cause, confidence } = judge(report);
    return `  ${report.id} ${report.answerable ? '' : '(not answerable) '}${report.root_cause}: ${confidence} ${cause} ${report.url}`;
  });
  const percent = (of: readonly Case[]) => `${(share(of) * 100).toFixed(1)} % of ${of.length}`;
  process.stdout.write(
    `${['explain, real reports', `  all: ${percent(cases)}`, `  answerable: ${percent(answerable)}`, ...lines].join('\n')}\n`,
  );
  expect(cases.length).toBeGreaterThanOrEqual(30);
  expect(share(answerable)).toBeGreaterThan(0.9);
});

test.each(cases.map((report) => [report.id, report] as const))(
  '%s is never held for certain to be something else',
  (_, report) => {
    const { confidence, right } = judge(report);
    expect(confidence === 'certain' && !right).toBe(false);
  },
);
