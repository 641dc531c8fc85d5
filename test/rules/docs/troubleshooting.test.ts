import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { entraText } from '../../../scripts/entra-texts.ts';
import { FAILURES } from '../../../scripts/failures.ts';
import { OTHER_TEXTS } from '../../../scripts/other-texts.ts';
import { explainText } from '../../../src/cli/explain.ts';
import { AADSTS_CATALOGUE } from '../../../src/trust/aadsts/catalogue.ts';
import { ROOT, read } from './documents.ts';

const SRC = join(ROOT, 'src');

/** All that the product may print, as it is written in its sources, without the escapes of template literals. */
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name.split(sep)[0] !== 'emulator')
  .map((name) => readFileSync(join(SRC, name), 'utf8').replaceAll('\\`', '`'));

/** What stands between the places of a text that vary, without the full stop that a sentence gets last. */
function fixedParts(text: string): string[] {
  const parts = text.split('…').map((part) => part.replace(/^[`\s]+|\.?\s*$/g, ''));
  return parts.filter((part) => part.length > 5);
}

test.each(Object.entries(FAILURES))('%s is told in the words that the step uses', (code, { texts }) => {
  expect(sources.some((text) => text.includes(`'${code}'`))).toBe(true);
  for (const text of texts) {
    expect(fixedParts(text).length, text).toBeGreaterThan(0);
    for (const part of fixedParts(text))
      expect(
        sources.some((source) => source.includes(part)),
        part,
      ).toBe(true);
  }
});

const causeOf = (text: string) => (explainText(text).json as { cause?: unknown }).cause;

test.each(OTHER_TEXTS)('explain finds $cause in what $by prints', ({ text, cause }) => {
  expect(causeOf(text)).toBe(cause);
});

const seen = AADSTS_CATALOGUE.flatMap((entry) => {
  const text = entraText(entry.code);
  return text === null ? [] : [{ ...entry, text }];
});

test.each(seen)('explain knows the text of AADSTS$code', ({ code, text, causes }) => {
  expect(causes).toContain(causeOf(`AADSTS${code}: ${text}`));
});

test('most texts of Entra are known, and hold no placeholder of the emulator', () => {
  expect(seen.length).toBeGreaterThan(60);
  expect(seen.filter(({ text }) => /[{}]/.test(text))).toEqual([]);
});

test('every code has a section', () => {
  const document = read('docs/troubleshooting.md');
  const headings = [...document.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  const codes = [...AADSTS_CATALOGUE.map(({ code }) => `AADSTS${code}`), ...Object.keys(FAILURES)];
  expect(headings).toEqual(expect.arrayContaining(codes));
});
