import { expect, test } from 'vitest';
import { BY_REPOSITORY, flexible, lintOf, severityOf } from '../facts.ts';

test.each([
  ["claims['sub'] like 'x'", /no operator/],
  [`claims['sub'] matches 'repo:o/r:*' and claims['actor'] eq 'me'`, /'actor' is not allowed/],
  ["claims['repository_id'] matches '2'", /'repository_id' allows eq/],
  ["claims['repository_id'] eq '2'", /must name sub/],
])('%s is not evaluated, and is told why', (expression, why) => {
  const { findings } = lintOf([flexible(expression)]);
  expect(findings.find(({ code }) => code === 'expression-unsupported')?.message).toMatch(why);
});

test('an issuer that may not use expressions, and another version of the language', () => {
  const slug = flexible("claims['sub'] matches 'repo:o*'", {
    issuer: 'https://token.actions.githubusercontent.com/octo',
  });
  expect(lintOf([slug]).findings.map(({ code }) => code)).toEqual(['expression-unsupported']);
  const later = flexible('', {
    claimsMatchingExpression: {
      value: `claims['sub'] eq 'repo:org/app:environment:x'${BY_REPOSITORY}`,
      languageVersion: 2,
    },
  });
  expect(severityOf(lintOf([later]), 'expression-unsupported')).toBe('medium');
});
