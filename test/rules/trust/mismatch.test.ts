import { expect, test } from 'vitest';
import type { Credential } from '../../../src/trust/credential.ts';
import { GITHUB_ISSUER } from '../../../src/trust/expression/rules.ts';
import { firstDifference, mismatchesOf } from '../../../src/trust/match.ts';

const SUBJECT = 'repo:org/app:ref:refs/heads/main';
const TOKEN = { iss: GITHUB_ISSUER, sub: SUBJECT, aud: 'api://AzureADTokenExchange' };
const EXACT: Credential = {
  name: 'c',
  issuer: TOKEN.iss,
  subject: TOKEN.sub,
  audiences: [TOKEN.aud],
  claimsMatchingExpression: null,
};

/** How the subjects differ, and where. */
function difference(presented: string, configured: string): string {
  const [found] = mismatchesOf({ ...TOKEN, sub: presented }, { ...EXACT, subject: configured });
  return found === undefined ? 'none' : `${found.reason} at ${found.at}`;
}

test.each([
  ['none', 'a/b', 'a/b'],
  ['case at 0', 'A/b', 'a/b'],
  ['case at 2', 'a/B', 'a/b'],
  ['case at 0', 'A/B', 'a/b'],
  // Another letter further on is more than case.
  ['differs at 0', 'A/c', 'a/b'],
  ['differs at 2', 'a/c', 'a/b'],
  ['differs at 2', 'a/cD', 'a/bd'],
  ['trailing-slash at 3', 'a/b', 'a/b/'],
  ['trailing-slash at 3', 'a/b/', 'a/b'],
  ['trailing-slash at 0', '', '/'],
  ['differs at 3', 'a/b', 'a/b//'],
  ['differs at 3', 'a/b', 'a/bc'],
  ['differs at 1', 'a/b', 'a'],
  ['differs at 0', 'xa/', 'a/'],
  ['differs at 1', 'ab', 'a/b'],
  ['differs at 0', 'b/c/', 'a/c'],
  ['whitespace at 3', 'a/b', 'a/b '],
  ['whitespace at 0', 'a/b', '\ta/b'],
  ['whitespace at 0', ' a/b\n', 'a/b'],
  ['differs at 1', 'ab', 'a b'],
  ['differs at 3', 'a/b', 'a/b c'],
  ['differs at 2', 'a/b', 'a/c '],
  // Both: more than white space.
  ['differs at 0', 'A/b', 'a/b '],
])('%s: %j and %j', (told, presented, configured) => {
  expect(difference(presented, configured)).toBe(told);
});

test('the first difference is told where one text ends, too', () => {
  expect([firstDifference('', ''), firstDifference('a', ''), firstDifference('ab', 'abc')]).toEqual([
    0, 0, 2,
  ]);
  expect(firstDifference('abc', 'abc')).toBe(3);
});

test('any of the audiences will do, and none of them is told by the first', () => {
  const found = (aud: unknown, audiences: string[]) =>
    mismatchesOf({ ...TOKEN, aud }, { ...EXACT, audiences });
  expect(found('b', ['a', 'b'])).toEqual([]);
  expect(found(['b'], ['a', 'b'])).toEqual([]);
  expect(found('c', ['a', 'b'])).toMatchObject([{ field: 'audience', presented: 'c', configured: 'a' }]);
  expect(found('c', [])).toMatchObject([{ field: 'audience', reason: 'differs', configured: '' }]);
  expect(found(undefined, ['a'])).toMatchObject([
    { field: 'audience', reason: 'claim-absent', presented: null },
  ]);
  expect(found(undefined, [])).toMatchObject([{ reason: 'claim-absent' }]);
  expect(found('', [''])).toEqual([]);
});

test('a credential with neither subject nor expression matches no subject', () => {
  expect(mismatchesOf(TOKEN, { ...EXACT, subject: null })).toMatchObject([
    { field: 'subject', configured: '', presented: SUBJECT, at: 0 },
  ]);
});

const flexible = (value: string): Credential => ({
  ...EXACT,
  subject: null,
  claimsMatchingExpression: { value, languageVersion: 1 },
});

test.each([
  // Up to the first wildcard the pattern is literal; of what follows no place can be told.
  ["claims['sub'] matches 'repo:org/web:*'", 9],
  ["claims['sub'] matches 'repo:org/*:pull_request'", 9],
  ["claims['sub'] matches 'repo:org/a?:*'", 10],
  ["claims['sub'] matches '*:pull_request'", 0],
  ["claims['sub'] matches 'repo:org/web'", 9],
  ["claims['sub'] eq 'repo:org/web'", 9],
  // In a comparison the wildcard is a character as any other.
  ["claims['sub'] eq 'repo:org/app:ref:*'", 17],
  ["claims['sub'] eq 'repo:org/app:ref:refs/heads/mai?'", 31],
  ["claims['sub'] matches 'repo:org/*' and claims['sub'] eq 'repo:org/app'", 12],
])('%s is false, at %i', (expression, at) => {
  expect(mismatchesOf(TOKEN, flexible(expression))).toEqual([
    { field: 'expression', reason: 'expression-false', presented: SUBJECT, configured: expression, at },
  ]);
});

test.each([0, 2, 1.5])('an expression in version %d of the language is evaluated by nobody', (version) => {
  const value = "claims['sub'] matches 'repo:org/app:*' and claims['repository_id'] eq '7'";
  const token = { ...TOKEN, repository_id: '7' };
  const credential = { ...flexible(value), claimsMatchingExpression: { value, languageVersion: version } };
  expect(mismatchesOf(token, flexible(value))).toEqual([]);
  expect(mismatchesOf(token, credential)).toEqual([
    { field: 'expression', reason: 'unsupported', presented: SUBJECT, configured: value, at: 0 },
  ]);
});
