import { expect, test } from 'vitest';
import { type Credential, readCredential } from '../../../src/trust/credential.ts';
import { firstDifference, matchAll, mismatchesOf } from '../../../src/trust/match.ts';
import { fc } from '../../harness/property.ts';

const claims = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:environment:production',
  aud: 'api://AzureADTokenExchange',
  repository_id: '74',
};
const exact: Credential = {
  name: 'a',
  issuer: claims.iss,
  subject: claims.sub,
  audiences: [claims.aud],
  claimsMatchingExpression: null,
};
const flexible = (value: string, issuer = claims.iss): Credential => ({
  ...exact,
  issuer,
  subject: null,
  claimsMatchingExpression: { value, languageVersion: 1 },
});

test('names the first credential that matches, in the order of the list', () => {
  const other = { ...exact, name: 'b', subject: 'x' };
  expect(matchAll(claims, [other, { ...exact, name: 'c' }, exact])).toMatchObject({
    matched: 'c',
    results: [
      { name: 'b', match: false },
      { name: 'c', match: true, mismatches: [] },
      { name: 'a', match: true },
    ],
  });
  expect(matchAll(claims, []).matched).toBeNull();
});

test.each([
  ['trailing slash', { issuer: `${claims.iss}/` }, 'issuer', 'trailing-slash', claims.iss.length],
  ['case', { subject: 'repo:octo-org/Octo-repo:environment:production' }, 'subject', 'case', 14],
  ['white space', { audiences: [`${claims.aud} `] }, 'audience', 'whitespace', claims.aud.length],
  ['another value', { subject: 'repo:octo-org/octo-repo:ref:refs/heads/main' }, 'subject', 'differs', 24],
  ['no audience at all', { audiences: [] }, 'audience', 'differs', 0],
])('tells how it differs, and where: %s', (_, change, field, reason, at) => {
  expect(mismatchesOf(claims, { ...exact, ...change })).toEqual([
    { field, reason, at, presented: expect.any(String), configured: expect.any(String) },
  ]);
});

test('tells of a claim that the token lacks', () => {
  const { sub: _, ...without } = claims;
  expect(mismatchesOf(without, exact)).toEqual([
    { field: 'subject', reason: 'claim-absent', presented: null, configured: claims.sub, at: 0 },
  ]);
});

test('compares every field, not only the first that differs', () => {
  expect(mismatchesOf(claims, { ...exact, issuer: 'x', subject: 'y', audiences: ['z'] })).toHaveLength(3);
});

test.each([
  ["claims['sub'] matches 'repo:octo-org/*' and claims['repository_id'] eq '74'", null],
  ["claims['sub'] matches 'repo:octo-org/other:*'", { reason: 'expression-false', at: 15 }],
  ["claims['repository_id'] eq '75'", { reason: 'expression-false', presented: '74', at: 1 }],
  ["claims['job_workflow_ref'] eq 'x'", { reason: 'claim-absent', presented: null }],
  ["claims['sub'] matches '*' and claims['enterprise'] eq 'x'", { reason: 'unsupported', at: 30 }],
  ["claims['repository_id'] matches '7*'", { reason: 'unsupported', at: 0 }],
  ["claims['sub'] like 'x'", { reason: 'unsupported', at: 14 }],
])('evaluates an expression: %s', (value, expected) => {
  const found = mismatchesOf(claims, flexible(value));
  expect(found).toEqual(
    expected === null ? [] : [expect.objectContaining({ field: 'expression', ...expected })],
  );
});

test('an issuer that may not use expressions is told of', () => {
  const issuer = `${claims.iss}/octo`;
  expect(mismatchesOf({ ...claims, iss: issuer }, flexible("claims['sub'] matches '*'", issuer))).toEqual([
    expect.objectContaining({ field: 'expression', reason: 'unsupported' }),
  ]);
});

test('a credential made from a token matches it, and after any change of one character it does not', () => {
  const text = fc.string({ minLength: 1, maxLength: 60 });
  const fields = ['issuer', 'subject', 'audience'] as const;
  const property = fc.property(
    text,
    text,
    text,
    fc.constantFrom(...fields),
    fc.nat(),
    fc.string({ minLength: 1, maxLength: 1 }),
    (iss, sub, aud, field, position, char) => {
      const token = { iss, sub, aud };
      const values = { issuer: iss, subject: sub, audience: aud };
      const make = (from: typeof values): Credential => ({
        ...exact,
        issuer: from.issuer,
        subject: from.subject,
        audiences: [from.audience],
      });
      expect(mismatchesOf(token, make(values))).toEqual([]);
      const at = position % values[field].length;
      const changed = values[field].slice(0, at) + char + values[field].slice(at + 1);
      fc.pre(changed !== values[field] && changed.length === values[field].length);
      expect(mismatchesOf(token, make({ ...values, [field]: changed }))).toEqual([
        expect.objectContaining({ field, presented: values[field], configured: changed, at }),
      ]);
    },
  );
  fc.assert(property);
});

test('the first difference is where a naive comparison finds it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const naive = [...Array(Math.min(a.length, b.length)).keys()].find((index) => a[index] !== b[index]);
      return firstDifference(a, b) === (naive ?? Math.min(a.length, b.length));
    }),
  );
});

test('reads credentials of Graph, of ARM and incomplete ones', () => {
  expect(readCredential({ name: 'n', issuer: 'i', subject: 's', audiences: ['a'], id: '1' }, '')).toEqual({
    name: 'n',
    issuer: 'i',
    subject: 's',
    audiences: ['a'],
    claimsMatchingExpression: null,
  });
  expect(
    readCredential({ name: 'n', properties: { issuer: 'i', subject: 's', audiences: ['a'] } }, '')?.name,
  ).toBe('n');
  expect(readCredential({}, '#1')).toEqual({
    name: '#1',
    issuer: '',
    subject: null,
    audiences: [],
    claimsMatchingExpression: null,
  });
  expect(
    readCredential({ claimsMatchingExpression: { value: 'v', languageVersion: 1 } }, '')
      ?.claimsMatchingExpression?.value,
  ).toBe('v');
  for (const broken of [
    null,
    [],
    'x',
    { issuer: 1 },
    { audiences: 'a' },
    { audiences: [1] },
    { subject: {} },
    { claimsMatchingExpression: {} },
  ]) {
    expect(readCredential(broken, '')).toBeNull();
  }
});
