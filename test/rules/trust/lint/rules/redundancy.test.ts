import { expect, test } from 'vitest';
import type { Credential } from '../../../../../src/trust/credential.ts';
import {
  AUDIENCE,
  BY_OWNER,
  BY_REPOSITORY,
  exact,
  flexible,
  GITHUB,
  glob,
  lintOf,
  severityOf,
} from '../facts.ts';

const REPOSITORY = 'repo:org@1/app@2';
const MAIN = `${REPOSITORY}:ref:refs/heads/main`;
const byWorkflow = (how: string) => ` and claims['job_workflow_ref'] ${how}`;
const is = (subject: string, more = '') => flexible(`claims['sub'] eq '${subject}'${more}`);

/** What is told of the first of two credentials, or of both where it is told of the second. */
function redundancy(first: Credential, second: Credential): string | null {
  const { findings } = lintOf([
    { ...first, name: 'first' },
    { ...second, name: 'second' },
  ]);
  const found = findings.filter(({ code }) => /^(superseded|duplicate|shadowed)-credential$/.test(code));
  return (
    found.map(({ code, credential }) => `${credential} ${code.replace('-credential', '')}`).join() || null
  );
}

test.each<[told: string | null, why: string, Credential, Credential]>([
  ['second duplicate', 'the same', exact(MAIN), exact(MAIN)],
  [
    'second duplicate',
    'audiences in another order',
    exact(MAIN, { audiences: ['a', 'b'] }),
    exact(MAIN, { audiences: ['b', 'a'] }),
  ],
  [null, 'another audience', exact(MAIN), exact(MAIN, { audiences: [AUDIENCE, 'b'] })],
  [null, 'another case', exact(MAIN), exact(MAIN.replace('main', 'Main'))],
  [
    null,
    'another issuer',
    exact('x', { issuer: 'https://gitlab.com' }),
    exact('x', { issuer: `${GITHUB}/x` }),
  ],
  ['second duplicate', 'unreadable, but the same', flexible("claims['sub'"), flexible("claims['sub'")],
  [null, 'unreadable, and not the same', flexible("claims['sub'"), flexible("claims['ref'")],
  ['second shadowed', 'an expression without a wildcard', glob(`${REPOSITORY}:x`), exact(`${REPOSITORY}:x`)],
])('%s: %s', (told, _, first, second) => {
  expect(redundancy(first, second)).toBe(told);
});

test.each<[told: string | null, why: string, Credential, Credential]>([
  [
    'first superseded',
    'by name, and by ids',
    exact('repo:org/app:pull_request'),
    exact(`${REPOSITORY}:pull_request`),
  ],
  [
    'second superseded',
    'in either order',
    exact(`${REPOSITORY}:pull_request`),
    exact('repo:org/app:pull_request'),
  ],
  [null, 'of another name', exact('repo:org/web:pull_request'), exact(`${REPOSITORY}:pull_request`)],
  [null, 'of another case', exact('repo:Org/app:pull_request'), exact(`${REPOSITORY}:pull_request`)],
  [
    null,
    'of another audience',
    exact('repo:org/app:pull_request', { audiences: ['x'] }),
    exact(`${REPOSITORY}:pull_request`),
  ],
  [null, 'with one id of two', exact('repo:org/app:pull_request'), exact('repo:org@1/app:pull_request')],
  [
    null,
    'where neither can match',
    exact('repo:org/app:pull_request', { issuer: `${GITHUB}/` }),
    exact(`${REPOSITORY}:pull_request`, { issuer: `${GITHUB}/` }),
  ],
  [
    null,
    'a pattern, by a text that matches nothing',
    glob('repo:org/app:ref:refs/heads/*', BY_REPOSITORY),
    exact(`${REPOSITORY}:ref:refs/heads/*`),
  ],
  [
    null,
    'a text that matches nothing, by a pattern',
    exact('repo:org/app:ref:refs/heads/*'),
    glob(`${REPOSITORY}:ref:refs/heads/*`, BY_REPOSITORY),
  ],
  [
    'first superseded',
    'patterns',
    glob('repo:org/app:ref:*', BY_REPOSITORY),
    glob('repo:org@*/app@*:ref:*', BY_REPOSITORY),
  ],
  [
    null,
    'an expression that compares the subject twice',
    exact('repo:org/app:environment:prod'),
    flexible(`claims['sub'] eq '${REPOSITORY}:environment:prod' and claims['sub'] matches '*:environment:*'`),
  ],
  [
    'first superseded',
    'a text, by a pattern with ids',
    exact('repo:org/app:ref:refs/heads/main'),
    glob(`${REPOSITORY}:*`, BY_REPOSITORY),
  ],
  [
    'second superseded',
    'a pattern, by a wider one with ids',
    glob('repo:org@*/app@?:ref:refs/*', BY_OWNER),
    glob('repo:org/app:ref:refs/heads/*', BY_REPOSITORY),
  ],
  [
    null,
    'a pattern, by a narrower one with ids',
    glob('repo:org/app:ref:*', BY_REPOSITORY),
    glob(`${REPOSITORY}:ref:refs/heads/*`, BY_REPOSITORY),
  ],
  [
    null,
    'a text that the pattern with ids does not cover',
    exact('repo:org/app:environment:prod'),
    glob(`${REPOSITORY}:ref:*`, BY_REPOSITORY),
  ],
  [
    null,
    'of another repository, or of one whose name goes on',
    exact('repo:org/app-web:pull_request'),
    glob(`${REPOSITORY}:*`, BY_REPOSITORY),
  ],
  [
    'first superseded',
    'the same pattern over the names',
    glob('repo:org/ap*:pull_request', BY_OWNER),
    glob('repo:org@1/ap*@*:pull_request', BY_OWNER),
  ],
  [
    null,
    'by a pattern over the names, too',
    exact('repo:org/app:pull_request'),
    glob('repo:org@1/*@2:*', BY_REPOSITORY),
  ],
  [
    null,
    'by a pattern for another id than it compares itself',
    glob('repo:org/app:ref:refs/heads/*', BY_REPOSITORY),
    glob('repo:org@1/app@*:ref:*', " and claims['repository_id'] eq '3'"),
  ],
  [
    null,
    'by a pattern that asks for a workflow besides',
    exact('repo:org/app:pull_request'),
    glob(`${REPOSITORY}:*`, byWorkflow("eq 'o/c@v1'")),
  ],
  [
    null,
    'by the same with ids that asks for a workflow besides',
    exact('repo:org/app:pull_request'),
    is(`${REPOSITORY}:pull_request`, byWorkflow("eq 'o/c@v1'")),
  ],
  [
    'first superseded',
    'by a pattern that asks for the same workflow',
    glob('repo:org/app:*', byWorkflow("eq 'o/c@v1'")),
    glob(`${REPOSITORY}:*`, byWorkflow("matches 'o/c@*'")),
  ],
  [
    null,
    'by a pattern of another audience',
    exact('repo:org/app:pull_request', { audiences: ['x'] }),
    glob(`${REPOSITORY}:*`, BY_REPOSITORY),
  ],
])('%s: %s', (told, _, first, second) => {
  expect(redundancy(first, second)?.replace(/,.*/, '') ?? null).toBe(told);
});

const ALL = `${REPOSITORY}:*`;

test.each<[told: string | null, why: string, Credential, Credential]>([
  ['first shadowed', 'a pattern of its repository', exact(MAIN), glob(ALL)],
  ['first shadowed', 'with the id that its subject holds', exact(MAIN), glob(ALL, BY_REPOSITORY)],
  ['first shadowed', 'an expression for the same subject', exact(MAIN), is(MAIN, BY_REPOSITORY)],
  [null, 'with another id', exact(MAIN), glob(ALL, " and claims['repository_id'] eq '3'")],
  [null, 'of another owner', exact(MAIN), glob(ALL, " and claims['repository_owner_id'] eq '2'")],
  [null, 'that asks for a workflow', exact(MAIN), glob(ALL, byWorkflow("matches '*'"))],
  [null, 'of another audience', exact(MAIN, { audiences: ['x'] }), glob(ALL)],
  ['first shadowed', 'a wider pattern', glob(`${REPOSITORY}:ref:*`), glob(ALL)],
  [
    'first shadowed',
    'the same pattern with one condition less',
    glob(ALL, byWorkflow("eq 'o/c@v1'")),
    glob(ALL),
  ],
  ['first shadowed', 'the same text with one condition less', is(MAIN, byWorkflow("eq 'o/c@v1'")), is(MAIN)],
  ['first shadowed', 'one character', is(MAIN, BY_REPOSITORY), glob(`${REPOSITORY}:ref:refs/heads/????`)],
  [
    'first shadowed',
    'a wider pattern of workflows',
    glob(ALL, byWorkflow("eq 'org/ci/d.yml@v1'")),
    glob(ALL, byWorkflow("matches 'org/ci/*'")),
  ],
  // A star may stand for more than one character.
  [
    null,
    'one character for any',
    glob(`${REPOSITORY}:ref:refs/heads/*`, BY_REPOSITORY + byWorkflow("eq 'o/c@v1'")),
    glob(`${REPOSITORY}:ref:refs/heads/?`, BY_REPOSITORY),
  ],
  // What is compared as it stands is no pattern.
  [
    null,
    'a literal wildcard',
    glob(ALL, byWorkflow("matches 'org/ci/*'") + BY_REPOSITORY),
    glob(ALL, byWorkflow("eq 'org/ci/*'")),
  ],
  [
    null,
    'two comparisons of the subject, which are not decided',
    flexible(`claims['sub'] matches '${ALL}' and claims['sub'] matches '*:environment:*'`),
    glob(ALL),
  ],
  [
    null,
    'an expression that is not evaluated',
    exact(MAIN),
    glob(ALL, " and claims['repository_id'] matches '2*'"),
  ],
  [null, 'an expression that cannot be read', exact(MAIN), flexible("claims['sub'] matches 'repo:")],
  // It matches nothing, which is told as such.
  [null, 'a subject with an inert wildcard', exact(`${REPOSITORY}:ref:refs/heads/*`), glob(ALL)],
  ['second shadowed', 'in either order', glob(ALL), exact(MAIN)],
])('%s by %s', (told, _, first, second) => {
  expect(redundancy(first, second)).toBe(told);
});

test('shadows are proved, never supposed', () => {
  const shadowed = (entry: ReturnType<typeof exact>, wide: ReturnType<typeof exact>) =>
    lintOf([entry, { ...wide, name: 'wide' }]).findings.find(
      ({ code, credential }) => code === 'shadowed-credential' && credential === 'c',
    )?.severity ?? null;
  expect(shadowed(exact(MAIN), glob('repo:org@1/app@2:*', BY_OWNER))).toBe('low');
  expect(shadowed(exact(MAIN), glob('repo:org@1/app@2:*', " and claims['repository_id'] eq '3'"))).toBe(null);
  // Without ids the exact subject also admits whoever takes over the name: it is the wider one.
  expect(shadowed(exact('repo:org/app:ref:refs/heads/main'), glob('repo:org/app:*', BY_REPOSITORY))).toBe(
    null,
  );
  expect(
    shadowed(
      glob('repo:org/app:ref:refs/heads/r*', BY_REPOSITORY),
      glob('repo:org/app:ref:*', BY_REPOSITORY),
    ),
  ).toBe('low');
  expect(
    shadowed(
      glob('repo:org/app:ref:refs/heads/*', BY_REPOSITORY),
      glob('repo:org/app:ref:refs/heads/?', BY_REPOSITORY),
    ),
  ).toBe(null);
  expect(shadowed({ ...exact(MAIN), audiences: ['x'] }, glob('repo:org@1/app@2:*', BY_OWNER))).toBe(null);
});

test('expressions that say the same in another order are duplicates', () => {
  const a = flexible(`claims['sub'] eq 'repo:org/app:environment:x'${BY_REPOSITORY}`);
  const b = flexible("claims['repository_id'] eq '2' and claims['sub'] eq 'repo:org/app:environment:x'", {
    name: 'b',
  });
  expect(lintOf([a, b]).findings.filter(({ code }) => code === 'duplicate-credential')).toMatchObject([
    { credential: 'b' },
  ]);
  expect(severityOf(lintOf([a, b]), 'shadowed-credential')).toBe(null);
});

test('a pattern by name beside the same pattern with ids is superseded', () => {
  const pair = [
    glob('repo:org/app:*', BY_REPOSITORY),
    { ...glob('repo:org@1/app@2:*', BY_REPOSITORY), name: 'new' },
  ];
  expect(lintOf(pair).findings.filter(({ code }) => code === 'superseded-credential')).toMatchObject([
    { credential: 'c' },
  ]);
});
