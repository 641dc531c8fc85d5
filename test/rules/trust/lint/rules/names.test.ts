import { expect, test } from 'vitest';
import { BY_OWNER, exact, github, glob, lintOf, severityOf } from '../facts.ts';

test('a name that can be registered anew is critical, in an expression too', () => {
  const gone = github({ owners: [{ name: 'ORG', id: null, exists: false }] });
  const noRepository = github({
    repositories: [{ fullName: 'org/app', id: null, ownerId: null, exists: false }],
  });
  const there = github({ repositories: [{ fullName: 'org/app', id: '2', ownerId: '1', exists: true }] });
  const byName = exact('repo:org/app:environment:dev');
  expect(severityOf(lintOf([byName], { github: gone }), 'name-only-subject')).toBe('critical');
  expect(severityOf(lintOf([byName], { github: noRepository }), 'name-only-subject')).toBe('critical');
  const known = lintOf([byName], { github: there }).findings.find(({ code }) => code === 'name-only-subject');
  expect(known).toMatchObject({ severity: 'medium', message: expect.not.stringContaining('not known') });
  const pattern = glob('repo:org/app:ref:refs/heads/*');
  expect(severityOf(lintOf([pattern], { github: gone }), 'name-only-subject')).toBe('critical');
  expect(severityOf(lintOf([pattern], { github: there }), 'name-only-subject')).toBe(null);
  const pinned = glob('repo:org/app:ref:refs/heads/*', BY_OWNER);
  expect(severityOf(lintOf([pinned], { github: gone }), 'name-only-subject')).toBe(null);
});
