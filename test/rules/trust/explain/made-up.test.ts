import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Cause } from '../../../../src/trust/cause.ts';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { readExplainInput } from '../../../../src/trust/explain/input.ts';
import { MEANING } from '../../../../src/trust/explain/wording.ts';

/** A report that was made up in the manner of real ones: which cause an expert would name, and which others too. */
interface MadeUp {
  readonly what: string;
  readonly cause: Cause;
  readonly acceptable?: readonly Cause[];
  readonly input: unknown;
}

const FILE = join(import.meta.dirname, '../../../fixtures/made-up-cases.jsonl');
const all: readonly MadeUp[] = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line));

test.each(all.map((report) => [report.cause, report.what, report] as const))('%s: %s', (_, __, report) => {
  const read = readExplainInput(report.input);
  if (!read.ok) throw new Error(read.problem);
  const { cause, confidence } = explain(read.input);
  expect([report.cause, ...(report.acceptable ?? [])], `${confidence} ${cause}`).toContain(cause);
});

test('has a report for every cause', () => {
  const covered = new Set<string>(all.map(({ cause }) => cause));
  expect(Object.keys(MEANING).filter((cause) => !covered.has(cause))).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(100);
});
