import { expect, test } from 'vitest';
import { firstUnmet } from '../../../src/trust/expression/evaluate.ts';
import { parseExpression, printExpression } from '../../../src/trust/expression/parse.ts';
import { expressionViolations, GITHUB_ISSUER } from '../../../src/trust/expression/rules.ts';
import { fc } from '../../harness/property.ts';

const terms = (text: string) => {
  const parsed = parseExpression(text);
  return parsed.ok ? parsed.terms : expect.fail(`${parsed.error.message} at ${parsed.error.at}`);
};

test('parses the documented example', () => {
  const text =
    "claims['sub'] matches 'repo:contoso/contoso-repo:ref:refs/heads/*' and claims['repository_id'] eq '456789' and claims['job_workflow_ref'] matches 'contoso/contoso-prod/.github/workflows/*.yml@refs/heads/main'";
  expect(terms(text).map(({ claim, operator }) => [claim, operator])).toEqual([
    ['sub', 'matches'],
    ['repository_id', 'eq'],
    ['job_workflow_ref', 'matches'],
  ]);
  expect(expressionViolations(GITHUB_ISSUER, terms(text))).toEqual([]);
});

test.each([
  ['', 0, /expected claims/],
  ["claims['sub']", 13, /one space and an operator/],
  ["claims['sub']  eq 'x'", 14, /'' is no operator/],
  ["claims['sub'] equals 'x'", 14, /'equals' is no operator/],
  ["claims['sub'] eq  'x'", 16, /a comparand in single quotes/],
  ['claims[\'sub\'] eq "x"', 16, /a comparand in single quotes/],
  ["claims['sub'] eq 'it's'", 21, /expected ' and ' or the end/],
  ["claims['sub'] eq 'x", 16, /a comparand in single quotes/],
  ["claims['sub'] eq 'x' or claims['y'] eq 'z'", 20, /expected ' and ' or the end/],
  ["claims['sub'] eq 'x' and ", 25, /expected claims/],
  ["claims[''] eq 'x'", 8, /name of the claim is empty/],
])('says where %j cannot be read', (text, at, message) => {
  const parsed = parseExpression(text);
  expect(parsed.ok ? null : parsed.error).toEqual({ at, message: expect.stringMatching(message) });
});

test('reads two quotes as one', () => {
  expect(terms("claims['sub'] eq 'it''s'")[0]?.comparand).toBe("it's");
});

test('printing and parsing agree', () => {
  const term = fc.record({
    claim: fc.stringMatching(/^[^']+$/),
    operator: fc.constantFrom('eq' as const, 'matches' as const),
    comparand: fc.string({ unit: fc.constantFrom("'", ' and ', 'a', '*', "claims['", ' ') }),
  });
  fc.assert(
    fc.property(fc.array(term, { minLength: 1, maxLength: 4 }), (list) => {
      expect(terms(printExpression(list)).map(({ at: _, ...rest }) => rest)).toEqual(list);
    }),
  );
});

test('every term must hold, case-sensitively, and an absent claim fails', () => {
  const list = terms("claims['sub'] matches 'repo:o/*:environment:?' and claims['repository_id'] eq '7'");
  expect(firstUnmet(list, { sub: 'repo:o/r:environment:p', repository_id: '7' })).toBeNull();
  expect(firstUnmet(list, { sub: 'repo:O/r:environment:p', repository_id: '7' })?.term.claim).toBe('sub');
  expect(firstUnmet(list, { sub: 'repo:o/r:environment:pp', repository_id: '7' })?.term.claim).toBe('sub');
  expect(firstUnmet(list, { sub: 'repo:o/r:environment:p' })).toMatchObject({ presented: null });
});

test.each([
  ['https://gitlab.com', "claims['sub'] matches 'project_path:*'", []],
  ['https://gitlab.com', "claims['ref'] eq 'x' and claims['sub'] eq 'y'", ['claim']],
  [`${GITHUB_ISSUER}/octo`, "claims['sub'] eq 'x'", ['issuer']],
  [GITHUB_ISSUER, "claims['sub'] matches 'repo:o/*'", ['missing-id']],
  [GITHUB_ISSUER, "claims['repository_id'] eq '1'", ['missing-sub']],
  [GITHUB_ISSUER, "claims['repository_id'] matches '1*' and claims['sub'] eq 'x'", ['operator']],
  [GITHUB_ISSUER, "claims['constructor'] eq '1' and claims['sub'] eq 'x'", ['claim', 'missing-id']],
])('knows what Entra refuses: %s, %s', (issuer, text, kinds) => {
  expect(expressionViolations(issuer, terms(text)).map(({ kind }) => kind)).toEqual(kinds);
});
