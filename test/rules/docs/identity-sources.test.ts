import { expect, test } from 'vitest';
import { SESSION_FEEDS } from '../../../src/inputs/session-feeds.ts';
import { read } from './documents.ts';

/** The words in back quotes with which the rows of a document's tables begin. */
const rowsOf = (markdown: string) => [...markdown.matchAll(/^\| `([^`]+)`/gm)].map(([, word = '']) => word);

test('every failure of a source is explained, and none that does not exist', () => {
  const ofSources = /^(token-file|google|aws|identity)-/;
  const known = [...read('src/report/failure.ts').matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(
    ([, code = '']) => code,
  );
  const explained = rowsOf(read('docs/identity-sources.md')).filter((word) => ofSources.test(word));
  expect(known.length).toBeGreaterThan(20);
  expect(explained.sort()).toEqual(known.filter((code) => ofSources.test(code)).sort());
});

test('every source has a row in the tables of the document and a line in the README', () => {
  const rows = rowsOf(read('docs/identity-sources.md'));
  const readme = rowsOf(read('README.md'));
  for (const source of Object.keys(SESSION_FEEDS)) {
    const isIts = (row: string) => row.split(/[:[]/)[0] === source;
    expect(rows.filter(isIts).length, source).toBeGreaterThanOrEqual(2);
    expect(readme.filter(isIts), source).toHaveLength(1);
  }
});
