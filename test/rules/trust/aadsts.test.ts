import { expect, test } from 'vitest';
import { AADSTS_CATALOGUE, fill, findAadsts } from '../../../src/trust/aadsts/catalogue.ts';

/** The codes that the sign-in must be able to tell apart, each with whether it may pass. */
const RETRIES = {
  transient: [7000272, 501661, 90061, 90033, 50033, 90006, 90012, 90024, 90090, 90055, 50196],
  propagating: [70021, 700211, 700212, 700213, 7002131, 70025, 700016, 7000229],
  'fresh-assertion': [700024],
};

test('says of each code whether it may pass', () => {
  for (const [retry, codes] of Object.entries(RETRIES)) {
    const found = AADSTS_CATALOGUE.filter((entry) => entry.retry === retry).map(({ code }) => code);
    expect(found.sort()).toEqual([...codes].sort());
  }
});

test('names each code once, with a sentence of its own', () => {
  const codes = AADSTS_CATALOGUE.map(({ code }) => code);
  const sentences = AADSTS_CATALOGUE.map(({ sentence }) => sentence);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(sentences).size).toBe(sentences.length);
});

const NAMES = ['client', 'tenant', 'cloud', 'authority', 'scope', 'issuer', 'subject', 'audience'];
const VALUES = Object.fromEntries(NAMES.map((name) => [name, `<${name}>`]));

test.each(AADSTS_CATALOGUE)('AADSTS$code is written out with what a sign-in knows', (entry) => {
  expect(entry.causes.length).toBeGreaterThan(0);
  expect(fill(entry.sentence, VALUES)).toMatch(/^[^{}]+\.$/);
  expect(fill(entry.remedy, VALUES)).not.toMatch(/[{}]/);
});

test('finds the first code that is known', () => {
  expect(findAadsts([1, 700213, 70021])?.code).toBe(700213);
  expect(findAadsts([])).toBeNull();
});

test('fills values in literally', () => {
  expect(fill('{subject} {other}', { subject: '$& {client}' })).toBe('$& {client} {other}');
});
