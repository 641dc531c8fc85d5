import { expect, test } from 'vitest';
import { firstUnmet } from '../../../src/trust/expression/evaluate.ts';
import { parseExpression } from '../../../src/trust/expression/parse.ts';
import { expressionViolations, GITHUB_ISSUER, unsupportedAt } from '../../../src/trust/expression/rules.ts';

test('an expression is evaluated only as far as Entra does', () => {
  const terms = (text: string) => {
    const parsed = parseExpression(text);
    return parsed.ok ? parsed.terms : expect.fail(parsed.error.message);
  };
  const two = terms("claims['sub'] eq 'x' and claims['actor'] eq 'y'");
  expect(unsupportedAt(GITHUB_ISSUER, two)).toBe(25);
  expect(unsupportedAt('https://idp.example', two)).toBe(0);
  expect(unsupportedAt('constructor', two)).toBe(0);
  expect(unsupportedAt('https://gitlab.com', terms("claims['sub'] eq 'x'"))).toBe(null);
  expect(unsupportedAt('https://gitlab.com', terms("claims['repository_id'] eq 'x'"))).toBe(0);
  expect(unsupportedAt(GITHUB_ISSUER, terms("claims['repository_id'] eq 'x'"))).toBe(null);
  // A `*` that is compared is no pattern.
  expect(firstUnmet(terms("claims['sub'] eq 'a*'"), { sub: 'ab' })?.presented).toBe('ab');
  expect(firstUnmet(terms("claims['sub'] eq 'a*'"), { sub: 'a*' })).toBe(null);
  expect(firstUnmet(terms("claims['sub'] matches '*'"), {})).toMatchObject({ presented: null });
  const messages = (issuer: string, text: string) =>
    expressionViolations(issuer, terms(text)).map(({ message, at }) => `${message} (${at})`);
  expect(messages('https://idp.example', "claims['sub'] eq 'x'")).toEqual([
    "the issuer 'https://idp.example' may not use expressions (0)",
  ]);
  expect(messages(GITHUB_ISSUER, "claims['actor'] eq 'x'")).toEqual([
    "the claim 'actor' is not allowed: sub, job_workflow_ref, repository_id, repository_owner_id are (0)",
    'the expression must name sub (0)',
    'the expression must name repository_id or repository_owner_id (0)',
  ]);
  expect(messages(GITHUB_ISSUER, "claims['sub'] eq 'x' and claims['repository_id'] matches '2'")).toEqual([
    "'repository_id' allows eq only (25)",
  ]);
  expect(messages(GITHUB_ISSUER, "claims['sub'] eq 'x' and claims['repository_owner_id'] eq '2'")).toEqual(
    [],
  );
  expect(messages('https://gitlab.com', "claims['ref'] eq 'x' and claims['sub'] eq 'y'")).toEqual([
    "the claim 'ref' is not allowed: sub are (0)",
  ]);
});

test.each([
  ["claims['sub", 0, "expected claims['name']"],
  ["claims['sub' eq 'x'", 0, "expected claims['name']"],
  ["claims['sub'] eq 'x' and claims['ref", 25, "expected claims['name']"],
  ["'] eq 'x'", 0, "expected claims['name']"],
  ["x'] eq 'y'", 0, "expected claims['name']"],
  [" claims['sub'] eq 'x'", 0, "expected claims['name']"],
  ["Claims['sub'] eq 'x'", 0, "expected claims['name']"],
  ["claims['sub']eq 'x'", 13, 'expected one space and an operator'],
  ["claims['sub'] ", 14, "'' is no operator: eq and matches are"],
  ["claims['sub'] eq", 16, 'expected one space and a comparand in single quotes'],
  ["claims['sub'] matches", 21, 'expected one space and a comparand in single quotes'],
  ["claims['sub'] eqx 'x'", 14, "'eqx' is no operator: eq and matches are"],
  ["claims['sub'] EQ 'x'", 14, "'EQ' is no operator: eq and matches are"],
  ["claims['sub']   contains 'x'", 14, "'' is no operator: eq and matches are"],
  ["claims['sub'] eq 'x''", 16, 'expected one space and a comparand in single quotes'],
  ["claims['sub'] eq 'x' ", 20, "expected ' and ' or the end"],
  ["claims['sub'] eq 'x'  and claims['ref'] eq 'y'", 20, "expected ' and ' or the end"],
])('%j cannot be read at %i: %s', (text, at, message) => {
  expect(parseExpression(text)).toEqual({ ok: false, error: { message, at } });
});

test.each([
  ['', "claims['sub'] eq ''"],
  ["'", "claims['sub'] eq ''''"],
  ["''", "claims['sub'] eq ''''''"],
  ["' and claims['x'] eq '", "claims['sub'] eq ''' and claims[''x''] eq '''"],
])('%j stands between quotes: %s', (comparand, text) => {
  expect(parseExpression(text)).toMatchObject({ ok: true, terms: [{ comparand }] });
});
