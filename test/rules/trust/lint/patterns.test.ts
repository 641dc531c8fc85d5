import { expect, test } from 'vitest';
import { matchesGlob } from '../../../../src/trust/glob.ts';
import type { Reach } from '../../../../src/trust/lint/reach.ts';
import { reachOfGlob, reachOfLiteral } from '../../../../src/trust/lint/reach-subject.ts';
import { fc } from '../../../harness/property.ts';
import { BY_OWNER, BY_REPOSITORY, exact, flexible, glob, lintOf, severityOf } from './facts.ts';

const SCOPE = ['owner-wildcard', 'org-wide', 'repository-wildcard', 'no-repository-scope'];
const CONTEXT = ['pull-request-trusted', 'ref-wildcard', 'tag-wildcard', 'environment-unprotected'];
const only = (codes: readonly string[], wanted: readonly string[]) =>
  codes.filter((code) => wanted.includes(code));

test.each<[pattern: string, pin: string, scope: string | null, severity: string | null]>([
  ['repo:org*', '', 'owner-wildcard', 'critical'],
  ['repo:org*/app:*', '', 'owner-wildcard', 'critical'],
  ['repo:org?/app:ref:refs/heads/main', '', 'owner-wildcard', 'critical'],
  ['repo:*', '', 'owner-wildcard', 'critical'],
  ['*', '', 'owner-wildcard', 'critical'],
  ['*:environment:prod', '', 'owner-wildcard', 'critical'],
  ['*org/app:*', '', 'owner-wildcard', 'critical'],
  ['repo:*/app:ref:refs/heads/main', '', 'owner-wildcard', 'critical'],
  ['repo:or*g/app:*', '', 'owner-wildcard', 'critical'],
  // The only character that can stand there is the slash.
  ['repo:org?app:ref:refs/heads/main', '', null, null],
  ['repo:org*', BY_OWNER, 'org-wide', 'medium'],
  ['repo:org*', BY_REPOSITORY, null, null],
  ['repo:org/*', '', 'org-wide', 'high'],
  ['repo:org/*:*', '', 'org-wide', 'high'],
  ['repo:org/**:ref:refs/heads/main', '', 'org-wide', 'high'],
  ['repo:org/*:environment:prod', BY_OWNER, 'org-wide', 'medium'],
  ['repo:org@1/*', '', 'org-wide', 'medium'],
  ['repo:org@*', '', 'org-wide', 'high'],
  // A branch called x/app@9 of any repository ends as asked for.
  ['repo:org@*/app@*', '', 'org-wide', 'high'],
  ['repo:org@*/app@*:ref:refs/heads/main', '', null, null],
  ['repo:org/app*', '', 'repository-wildcard', 'high'],
  ['repo:org/app*:ref:refs/heads/main', BY_OWNER, 'repository-wildcard', 'high'],
  ['repo:org/app?:ref:refs/heads/main', '', 'repository-wildcard', 'high'],
  ['repo:org/????:environment:prod', '', 'repository-wildcard', 'high'],
  ['repo:org/*-prod:environment:prod', '', 'repository-wildcard', 'high'],
  ['repo:org/app*', BY_REPOSITORY, null, null],
  ['repo:org/app:*', '', null, null],
  ['repo:org@1/app@2:ref:refs/heads/*', BY_REPOSITORY, null, null],
  ['environment:*', '', 'no-repository-scope', 'critical'],
  ['ref:refs/heads/*', '', 'no-repository-scope', 'critical'],
  ['job_workflow_ref:org/ci/.github/workflows/d.yml@refs/tags/v*', '', 'no-repository-scope', 'critical'],
  ['environment:*', BY_REPOSITORY, null, null],
  ['repository_owner:org*', '', 'owner-wildcard', 'critical'],
  ['repository_owner_id:1:*', '', 'org-wide', 'medium'],
  ['repo:org/*:job_workflow_ref:org/ci/.github/workflows/d.yml@refs/heads/main', '', 'org-wide', 'high'],
])('%s%s: %s', (pattern, pin, scope, severity) => {
  const report = lintOf([glob(pattern, pin)], { roles: null });
  const found = only(
    report.findings.map(({ code }) => code),
    SCOPE,
  );
  expect(found).toEqual(scope === null ? [] : [scope]);
  if (scope !== null) expect(severityOf(report, scope)).toBe(severity);
});

test.each<[pattern: string, found: Readonly<Record<string, string>>]>([
  ['repo:org/app:*', { 'pull-request-trusted': 'high', 'ref-wildcard': 'high' }],
  ['repo:org/app*', { 'pull-request-trusted': 'high', 'ref-wildcard': 'high' }],
  ['repo:org/app:ref:*', { 'ref-wildcard': 'high' }],
  ['repo:org/app:ref:refs/*', { 'ref-wildcard': 'high' }],
  ['repo:org/app:ref:refs/heads/*', { 'ref-wildcard': 'high' }],
  ['repo:org/app:ref:refs/heads/????', { 'ref-wildcard': 'high' }],
  ['repo:org/app:ref:refs/heads/release/*', { 'ref-wildcard': 'high' }],
  ['repo:org/app:*main', { 'ref-wildcard': 'high', 'environment-unprotected': '' }],
  ['repo:org/app:ref:refs/heads/gh-readonly-queue/main/*', { 'ref-wildcard': 'medium' }],
  ['repo:org/app:ref:refs/tags/*', { 'tag-wildcard': 'high' }],
  ['repo:org/app:ref:refs/tags/v*', { 'tag-wildcard': 'medium' }],
  ['repo:org/app:ref:refs/tags/v?.?', { 'tag-wildcard': 'medium' }],
  ['repo:org/app:pull_reques?', { 'pull-request-trusted': 'high' }],
  ['repo:org/*:pull_request', { 'pull-request-trusted': 'high' }],
  ['repo:org/app:environment:*', { 'environment-unprotected': 'high' }],
  ['repo:org/app:environment:pr*', { 'environment-unprotected': 'high' }],
  ['repo:org/ap?:ref:refs/heads/main', {}],
  ['repo:org/app@*:ref:refs/heads/main', {}],
  ['repository_id:2:*', { 'pull-request-trusted': 'high', 'ref-wildcard': 'high' }],
  ['repository_id:2:ref:refs/heads/*', { 'ref-wildcard': 'high' }],
  ['repository_id:2:ref:refs/*', { 'pull-request-trusted': 'high', 'ref-wildcard': 'high' }],
  ['repository_id:2:environment:prod:ref:refs/tags/*', { 'tag-wildcard': 'high' }],
  ['repository_id:2:event_name:pull_*', { 'pull-request-trusted': 'high' }],
])('%s admits as it says', (pattern, wanted) => {
  const { findings } = lintOf([glob(pattern, BY_REPOSITORY)]);
  const found = findings.filter(({ code }) => CONTEXT.includes(code));
  const raised = Object.entries(wanted).filter(([, severity]) => severity !== '');
  expect(Object.fromEntries(found.map(({ code, severity }) => [code, severity]))).toEqual(
    Object.fromEntries(raised),
  );
});

test.each([
  'repo:org*:ref:refs/heads/main',
  'repo:org/*:pull_request',
  'repo:org/app*:environment:prod',
  'repo:org/app:ref:refs/heads/*',
  'repo:org/app:ref:refs/tags/v?',
  'repo:*/*:*',
])('the exact subject %s is inert, and raises nothing but that', (subject) => {
  const { findings } = lintOf([exact(subject)]);
  expect(findings.map(({ code }) => code)).toEqual(['literal-wildcard']);
});

test('an eq in an expression is as literal as an exact subject', () => {
  const { findings } = lintOf([flexible(`claims['sub'] eq 'repo:org/*'${BY_REPOSITORY}`)]);
  expect(findings.map(({ code }) => code)).toEqual(['literal-wildcard']);
});

test('all terms count: the narrowest comparison decides', () => {
  const two = flexible(
    `claims['sub'] matches 'repo:*:ref:refs/heads/main' and claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY}`,
  );
  expect(lintOf([two]).findings).toEqual([]);
});

test('a customised subject of the repository alone admits every run of it', () => {
  const codes = lintOf([exact('repository_owner_id:1:repository_id:2')]).findings.map(({ code }) => code);
  expect(codes).toEqual(['pull-request-trusted', 'ref-wildcard', 'plan-and-apply-shared']);
});

const owner = fc.constantFrom('org', 'org-evil', 'o', 'evil');
const name = fc.constantFrom('app', 'app2', 'web');
const id = fc.constantFrom('', '@1', '@12');
const context = fc.constantFrom(
  'pull_request',
  'environment:prod',
  'environment:dev',
  'ref:refs/heads/main',
  'ref:refs/heads/x/app@9',
  'ref:refs/tags/v1',
  'ref:refs/tags/v2',
);
const subjectParts = fc.record({ owner, name, id, context });
type Parts = { owner: string; name: string; id: string; context: string };
const print = ({ owner, name, id, context }: Parts) => `repo:${owner}${id}/${name}${id}:${context}`;

/** A subject with pieces cut out and wildcards in their place, so that it still matches itself. */
const globOf = fc
  .tuple(
    subjectParts,
    fc.array(fc.tuple(fc.nat(40), fc.nat(12), fc.boolean()), { minLength: 1, maxLength: 3 }),
  )
  .map(([parts, cuts]) =>
    cuts.reduce((text, [at, length, star]) => {
      const start = at % text.length;
      return text.slice(0, start) + (star ? '*' : '?'.repeat(length)) + text.slice(start + length);
    }, print(parts)),
  );

const KINDS: readonly (readonly [prefix: string, told: (reach: Reach) => boolean])[] = [
  ['pull_request', ({ pullRequest }) => pullRequest],
  ['ref:refs/heads/', ({ branches }) => branches !== 'none'],
  ['ref:refs/tags/', ({ tags }) => tags !== 'none'],
  ['environment:', ({ environment }) => environment !== null],
];

test('no run that a pattern admits goes untold', () => {
  const check = (pattern: string, parts: Parts) => {
    if (!matchesGlob(print(parts), pattern)) return;
    const reach = reachOfGlob(pattern) ?? expect.fail(pattern);
    const [, told = () => false] = KINDS.find(([prefix]) => parts.context.startsWith(prefix)) ?? [];
    expect(told(reach), pattern).toBe(true);
  };
  fc.assert(fc.property(globOf, subjectParts, check), { numRuns: 20_000 });
});

test('a pattern that admits two owners, repositories or branches is not told as one', () => {
  const isBranch = ({ context }: Parts) => context.startsWith('ref:refs/heads/');
  const check = (pattern: string, a: Parts, b: Parts) => {
    const reach = [a, b].every((parts) => matchesGlob(print(parts), pattern)) ? reachOfGlob(pattern) : null;
    if (reach === null) return;
    if (a.owner !== b.owner) expect(reach.owner, pattern).not.toBe('one');
    else if (a.name !== b.name) expect(reach.repositories, pattern).not.toBe('one');
    if (isBranch(a) && isBranch(b) && a.context !== b.context) expect(reach.branches, pattern).toBe('many');
  };
  fc.assert(fc.property(globOf, subjectParts, subjectParts, check), { numRuns: 20_000 });
});

test('a pattern without a wildcard admits what the literal admits', () => {
  fc.assert(
    fc.property(subjectParts, (parts) => {
      expect(reachOfGlob(print(parts))).toEqual(reachOfLiteral(print(parts)));
    }),
  );
});

test('what looks like a name behind the context is none', () => {
  // Wildcards stand for the end of the owner and all of the repository but its id.
  const reach = reachOfGlob('repo:org??????@1:ref:refs/heads/main');
  expect(reach).toMatchObject({ repositories: 'some', repositoryName: null });
});
