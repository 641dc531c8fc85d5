import { expect, test } from 'vitest';
import { BY_OWNER, exact, github, glob, lintOf, severityOf, undecidedOf } from '../facts.ts';

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

test('where it is not known whether a name can be registered anew, the critical grade is undecided', () => {
  const byName = exact('repo:org/app:environment:dev');
  const code = 'name-only-subject';
  const owner = "whether owner 'org' still exists (a GitHub token that sees the owner)";
  expect(undecidedOf(lintOf([byName]), code)).toEqual([owner]);
  const owners = [{ name: 'org', id: '1', exists: true }];
  expect(undecidedOf(lintOf([byName], { github: github({ owners }) }), code)).toEqual([
    expect.stringContaining("whether repository 'org/app' still exists"),
  ]);
  const wide = glob('repo:org/*', '', 'wide');
  expect(undecidedOf(lintOf([wide]), code)).toEqual([owner]);
  expect(undecidedOf(lintOf([wide], { github: github({ owners }) }), code)).toEqual([]);
});
