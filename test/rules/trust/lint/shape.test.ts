import { expect, test } from 'vitest';
import { matchesGlob } from '../../../../src/trust/glob.ts';
import { admits, either, optional, some, text } from '../../../../src/trust/lint/shape.ts';
import { fc } from '../../../harness/property.ts';

// a(b+)?(cc|d), of up to three b: what the shape below stands for, within the lengths that the globs can tell.
const SHAPE = [...text('a'), ...optional(some(/b/)), ...either(text('cc'), text('d'), text(''))];
const TEXTS = Array.from({ length: 14 }, (_, count) => count).flatMap((count) =>
  ['cc', 'd', ''].map((end) => `a${'b'.repeat(count)}${end}`),
);

test('a shape may begin with what may be absent', () => {
  const shape = [...optional(text('a')), ...either(text('b'), text(''))];
  const admitted = ['', 'a', 'b', 'ab', 'ba', 'aab', 'c', '*', '?', '??', '???', 'a*'].filter((glob) =>
    admits(glob, shape),
  );
  expect(admitted).toEqual(['', 'a', 'b', 'ab', '*', '?', '??', 'a*']);
});

test('a shape admits a glob when one of its texts matches it', () => {
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', '*', '?'), maxLength: 10 });
  fc.assert(
    fc.property(glob, (pattern) => {
      expect(admits(pattern, SHAPE)).toBe(TEXTS.some((each) => matchesGlob(each, pattern)));
    }),
    { numRuns: 20_000 },
  );
});
