import { expect, test } from 'vitest';
import type { Credential } from '../../../src/trust/credential.ts';
import { findDrift } from '../../../src/validate/drift.ts';

const credential = (name: string, subject: string): Credential => ({
  name,
  issuer: 'i',
  subject,
  audiences: ['a'],
  claimsMatchingExpression: null,
});

test('tells what is missing and what is too much, by what is trusted and not by name', () => {
  const expected = [credential('one', 's1'), credential('two', 's2')];
  const directory = [credential('renamed', 's1'), credential('stray', 's3')];
  expect(findDrift(expected, directory)).toMatchObject([
    { code: 'expected-missing', credential: 'two', message: expect.stringContaining("'two'") },
    { code: 'expected-surplus', credential: 'stray', evidence: 'i s3' },
  ]);
});

test('finds nothing where both agree', () => {
  expect(findDrift([credential('x', 's')], [credential('y', 's')])).toEqual([]);
  expect(findDrift([], [])).toEqual([]);
});
