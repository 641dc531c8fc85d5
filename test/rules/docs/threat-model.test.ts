import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, read } from './documents.ts';

const document = read('docs/threat-model.md');

/** Files in back quotes: of the tests, or of the machinery round them. */
const filesIn = (text: string) =>
  [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+)`/g)].map(([, path = '']) => path);
const isThere = (path: string) => existsSync(join(ROOT, 'test', path)) || existsSync(join(ROOT, path));

/** Rows of the tables whose last column is the proof. */
function claimsIn(markdown: string): { threat: string; proof: string }[] {
  const tables = markdown.split('| threat | what is done | proof |\n').slice(1);
  return tables.flatMap((rest) => {
    const rows = rest.slice(0, rest.indexOf('\n\n')).split('\n').slice(1);
    return rows.map((row) => {
      const [, threat = '', , proof = ''] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
      return { threat, proof };
    });
  });
}

const proved = claimsIn(document).filter(({ proof }) => proof !== 'not tested');

test.each(proved)('$threat: what proves the claim is there', ({ proof }) => {
  expect(filesIn(proof).length).toBeGreaterThan(0);
  expect(filesIn(proof).filter((path) => !isThere(path))).toEqual([]);
});

test('every test that the text names is there', () => {
  const named = [...document.matchAll(/`([^`\s]+\.test\.ts)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});

test('most claims are proved, and what is not says so', () => {
  const claims = claimsIn(document);
  expect(claims.length).toBeGreaterThan(35);
  expect(claims.filter(({ proof }) => proof === 'not tested').length).toBeLessThan(4);
});

test('a claim without a proof, or with one that is not there, is found out', () => {
  const row = (proof: string) =>
    `| threat | what is done | proof |\n| --- | --- | --- |\n| a | b | ${proof} |\n\n`;
  const [gone, none] = [row('`rules/gone.test.ts`'), row('surely')].flatMap(claimsIn);
  expect(filesIn(gone?.proof ?? '').filter(isThere)).toEqual([]);
  expect(filesIn(none?.proof ?? '')).toEqual([]);
});
