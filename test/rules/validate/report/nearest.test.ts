import { expect, test } from 'vitest';
import { marksOf } from '../../../../src/trust/marks.ts';
import { matchAll } from '../../../../src/trust/match.ts';
import { known, type Report, unknown } from '../../../../src/validate/model.ts';
import { candidates, compared, differenceText } from '../../../../src/validate/report/nearest.ts';
import { against, exact, FAIL, PASS, UNKNOWN } from './reports.ts';

function nearestRows(report: Report) {
  return compared(report, candidates(report).nearest);
}

const texts = (report: Report) => nearestRows(report).map(differenceText);

test('the nearest credential is the one that fails in the fewest fields, then the one that agrees for longest', () => {
  expect(candidates(FAIL).nearest?.name).toBe('production');
  expect(candidates(FAIL).others.map(({ name }) => name)).toEqual(['main', 'pull']);
  expect(candidates({ ...PASS, ...against([]) })).toEqual({ nearest: null, others: [] });
  const two = against([exact('first', PASS.presented.subject), exact('second', PASS.presented.subject)]);
  expect(candidates({ ...PASS, ...two }).nearest?.name).toBe('first');
});

test.each([
  ['repo:octo-org/octo-app:environment:production ', 'only white space at the beginning or the end differs'],
  ['repo:octo-org/octo-app:environment:production/', 'only a trailing slash differs'],
  [
    'repo:octo-org/octo-app:environment production',
    'differs, character 35: `:` presented, a space configured',
  ],
  [
    'repo:octo-org/octo-app:environment`production',
    'differs, character 35: `:` presented, a backtick configured',
  ],
  ['', 'differs, character 1: `r` presented, the end configured'],
])('the difference from %j in words', (subject, words) => {
  const [issuer, said] = texts({ ...FAIL, ...against([exact('x', subject)]) });
  expect(issuer).toBe('the same');
  expect(said).toContain(words);
});

test('counts characters, not UTF-16 units', () => {
  const report = { ...FAIL, ...against([exact('x', '😀😁')], '😀😂') };
  expect(texts(report)[1]).toBe('differs, character 2: `😂` presented, `😁` configured');
});

function flexible(value: string): Report {
  const credential = exact('flexible', '', {
    subject: null,
    claimsMatchingExpression: { value, languageVersion: 1 },
  });
  return { ...FAIL, ...against([credential]) };
}

test('an expression is marked where it is read, or in the claim that it refuses', () => {
  const unread = flexible("claims['sub'] like 'x'");
  const [, row] = nearestRows(unread);
  expect(row?.field).toBe('expression');
  expect(row && marksOf(row.difference).presented).toBe(null);
  expect(texts(unread)[1]).toMatch(/^Entra cannot evaluate the expression, from character \d+ on$/);

  const refused = flexible("claims['sub'] matches 'repo:octo-org/other:*'");
  const [, claim] = nearestRows(refused);
  expect(claim && marksOf(claim.difference)).toEqual({ presented: 15, configured: null });
  expect(texts(refused)[1]).toBe('the expression is false, from character 16 (`c`) on');
});

test('a claim that the token lacks is told as absent', () => {
  const credentials = [exact('x', PASS.presented.subject)];
  const { results } = matchAll({ iss: PASS.presented.issuer, sub: PASS.presented.subject }, credentials);
  const report = { ...FAIL, credentials: known(credentials), matched: null, matches: results };
  expect(nearestRows(report)[2]).toMatchObject({ presented: null, configured: 'api://AzureADTokenExchange' });
  expect(texts(report)[2]).toBe('the token lacks the claim');
});

test('what agrees needs no credential to be shown', () => {
  const report = { ...FAIL, credentials: unknown('a right') };
  expect(nearestRows(report)[0]).toMatchObject({ configured: PASS.presented.issuer, difference: null });
  expect(nearestRows(UNKNOWN).map(({ configured }) => configured)).toEqual([null, null, null]);
});
