import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Explanation, explain } from '../../../../src/trust/explain/explain.ts';
import { readExplainInput } from '../../../../src/trust/explain/input.ts';
import { type Json, lesser } from '../lesser.ts';

/*
 * What a person is told of each report, word for word, and what each fact of it is worth: the answer without it, where
 * that is another one. test/fixtures/told is there to be read; `npx vitest run test/rules/trust/explain/told.test.ts -u`
 * writes it anew, and what a change does to the answers shows in its difference.
 */

const FIXTURES = join(import.meta.dirname, '../../../fixtures');

interface Report {
  readonly what: string;
  readonly cause: string;
  readonly input: Json;
}

function reports(file: string): readonly Report[] {
  return readFileSync(join(FIXTURES, file), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .map(({ what, id, cause, root_cause, input }) => ({
      what: what ?? id,
      cause: cause ?? root_cause,
      input,
    }));
}

function told(input: Json): Explanation {
  const read = readExplainInput(input);
  return read.ok ? explain(read.input) : expect.fail(read.problem);
}

function causes({ cause, confidence, also }: Explanation): string {
  return [{ cause, confidence }, ...also].map((each) => `${each.cause} (${each.confidence})`).join(', ');
}

// The fixes of one cause are of one make: whole for its first report, the commands alone for the others.
function fixesOf({ fix }: Explanation, first: boolean): string {
  return Object.entries(fix)
    .filter(([target]) => first || target === 'az' || target === 'workflow')
    .map(([target, text]) => `${target}:\n${text}`)
    .join('\n\n');
}

function page({ what, input }: Report, at: number): string {
  const whole = told(input);
  const worth = lesser(input)
    .filter(([, less]) => readExplainInput(less).ok)
    .map(([how, less]) => [how, causes(told(less))])
    .filter(([, other]) => other !== causes(whole))
    .map(([how, other]) => `${how}: ${other}`);
  const parts = [`# ${what}`, causes(whole), whole.explanation, fixesOf(whole, at === 0), worth.join('\n')];
  return parts.filter((part) => part !== '').join('\n\n');
}

const all = [...reports('made-up-cases.jsonl'), ...reports('cases.jsonl')];

test.each([...Map.groupBy(all, ({ cause }) => cause)])('%s is told word for word', async (cause, reports) => {
  const pages = `${reports.map(page).join('\n\n\n')}\n`;
  await expect(pages).toMatchFileSnapshot(join(FIXTURES, 'told', `${cause}.txt`));
});
