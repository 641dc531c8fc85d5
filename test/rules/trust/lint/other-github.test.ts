import { expect, test } from 'vitest';
import { exact, github, lintOf, severityOf, undecidedOf } from './facts.ts';

// The same names on github.com and on a server of one's own: what was read of one says nothing of the other.
const ELSEWHERE = 'https://github.octo.example/_services/token';
const subject = 'repo:org/app:environment:production';
const here = exact(subject, { name: 'here' });
const there = exact(subject, { name: 'there', issuer: ELSEWHERE });

const environments = (isProtected: boolean) => [
  { repository: 'org/app', name: 'production', protected: isProtected },
];

test('the protection of an environment is that of its GitHub', () => {
  const code = 'environment-unprotected';
  const guarded = github({ server: 'https://github.com', environments: environments(true) });
  expect(undecidedOf(lintOf([here], { github: guarded }), code)).toEqual([]);
  expect(undecidedOf(lintOf([there], { github: guarded }), code)).toHaveLength(1);
  const open = github({ server: 'https://github.octo.example', environments: environments(false) });
  expect(severityOf(lintOf([there], { github: open }), code)).toBe('high');
  expect(severityOf(lintOf([here], { github: open }), code)).toBe(null);
});

test('an owner that is gone from one may be there on the other', () => {
  const code = 'name-only-subject';
  const gone = github({
    server: 'https://github.com',
    owners: [{ name: 'org', id: null, exists: false }],
  });
  expect(severityOf(lintOf([here], { github: gone }), code)).toBe('critical');
  expect(severityOf(lintOf([there], { github: gone }), code)).toBe('medium');
  expect(undecidedOf(lintOf([there], { github: gone }), code)).toHaveLength(1);
});

test('the id of an owner is that of its GitHub', () => {
  const code = 'foreign-owner-id';
  const ours = github({
    server: 'https://github.com',
    repository: { fullName: 'org/app', id: '2', ownerId: '1' },
  });
  const withId = 'repo:org@9/app@8:environment:production';
  expect(severityOf(lintOf([exact(withId)], { github: ours }), code)).toBe('medium');
  const other = lintOf([exact(withId, { issuer: ELSEWHERE })], { github: ours });
  expect([severityOf(other, code), undecidedOf(other, code).length]).toEqual([null, 1]);
});
