import { expect, test } from 'vitest';
import type { GitHubFacts } from '../../../../../src/trust/lint/facts.ts';
import { BY_OWNER, BY_REPOSITORY, exact, flexible, github, lintOf } from '../facts.ts';

function told(expression: string, facts: GitHubFacts | null = null): string | null {
  const { findings, undecided } = lintOf([flexible(expression)], { github: facts });
  const found = findings.find(({ code }) => code === 'workflow-ref-unpinned')?.message;
  const missing = undecided.find(({ code }) => code === 'workflow-ref-unpinned')?.missing;
  return found?.replace("Credential 'c' trusts a called workflow ", '') ?? missing ?? null;
}

const FILE = 'ci/.github/workflows/d.yml';
const called = (how: string, sub = 'repo:org/app:*') =>
  `claims['sub'] matches '${sub}'${BY_REPOSITORY} and claims['job_workflow_ref'] ${how}`;
const ANY_REF = 'at any ref that the pattern covers, so who can push one changes what runs.';
const ANY_OWNER = 'whose owner is a pattern, so anyone can write it.';
const SHA1 = '0123456789abcdef0123456789abcdef01234567';
const movable = (ref: string) => `of another owner ('other') at '${ref}', which that owner can move.`;

test.each<[how: string, told: string | null]>([
  // The owner of the caller: its refs are its own business, in any case of letters.
  [`eq 'org/${FILE}@refs/heads/main'`, null],
  [`eq 'ORG/${FILE}@v1'`, null],
  [`matches 'org/ci/*@refs/heads/main'`, null],
  [`matches 'org/${FILE}@*'`, ANY_REF],
  [`matches 'org/${FILE}@refs/tags/v?'`, ANY_REF],
  [`matches 'org/ci/*'`, ANY_REF],
  [`eq 'org/${FILE}'`, ANY_REF],
  [`matches '*/${FILE}@refs/heads/main'`, ANY_OWNER],
  [`matches 'or?/${FILE}@${SHA1}'`, ANY_OWNER],
  [`matches '*'`, ANY_OWNER],
  // Another owner: only a full commit stays what it is.
  [`eq 'other/${FILE}@refs/tags/v1'`, movable('refs/tags/v1')],
  [`eq 'other/${FILE}@main'`, movable('main')],
  [`eq 'other/${FILE}@${SHA1}'`, null],
  [`eq 'other/${FILE}@${SHA1}${SHA1.slice(0, 24)}'`, null],
  [`eq 'other/${FILE}@${SHA1.slice(0, 39)}'`, movable(SHA1.slice(0, 39))],
  [`eq 'other/${FILE}@${SHA1}0'`, movable(`${SHA1}0`)],
  [`eq 'other/${FILE}@0${SHA1}'`, movable(`0${SHA1}`)],
  [`eq 'other/${FILE}@${SHA1.slice(0, 39)}?'`, null],
])('a called workflow %s', (how, expected) => {
  expect(told(called(how))).toBe(expected);
});

test('a wildcard that is compared as it stands matches no workflow, and is told as that', () => {
  const { findings } = lintOf([flexible(called(`eq 'org/${FILE}@*'`))]);
  expect(findings.map(({ code }) => code)).toEqual(['literal-wildcard']);
});

test('whoever calls it: any repository of an owner may, any owner may not', () => {
  const workflow = ` and claims['job_workflow_ref'] eq 'org/${FILE}@refs/heads/main'`;
  expect(told(`claims['sub'] matches 'repo:org/*'${BY_OWNER}${workflow}`)).toBe(null);
  expect(told(`claims['sub'] matches 'repo:org*'${workflow}`)).toContain(
    'without the repository that calls it',
  );
  expect(told(`claims['sub'] matches 'environment:prod'${workflow}`)).toContain(
    'without the repository that calls it',
  );
});

test('whose id it is, the repositories tell that were looked up', () => {
  const other = called(`eq 'other/${FILE}@v1'`, '*');
  const byOwner = `claims['sub'] matches '*'${BY_OWNER} and claims['job_workflow_ref'] eq 'other/${FILE}@v1'`;
  const unknown = "name of the owner whose repository credential 'c' admits by id";
  const nothing = github({ repository: null });
  const looked = (id: string | null, ownerId: string | null) =>
    github({ repository: null, repositories: [{ fullName: 'org/x', id, ownerId, exists: true }] });
  for (const expression of [other, byOwner]) {
    expect(told(expression)).toBe(unknown);
    expect(told(expression, nothing)).toBe(unknown);
    expect(told(expression, looked(null, null))).toBe(unknown);
    expect(told(expression, looked('8', '9'))).toBe(unknown);
    expect(told(expression, github())).toBe(movable('v1'));
    expect(told(expression, looked('2', '1'))).toBe(movable('v1'));
  }
  expect(told(other, looked('2', null))).toBe(movable('v1'));
  expect(told(byOwner, looked(null, '1'))).toBe(movable('v1'));
});

test('a customised subject names its called workflow, too', () => {
  const { findings } = lintOf([exact(`repo:org/app:job_workflow_ref:other/${FILE}@v1`)]);
  expect(findings.find(({ code }) => code === 'workflow-ref-unpinned')).toMatchObject({
    message: `Credential 'c' trusts a called workflow ${movable('v1')}`,
    evidence: `job_workflow_ref: other/${FILE}@v1`,
  });
});
