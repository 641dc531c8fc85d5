import { expect, test } from 'vitest';
import { BY_OWNER, BY_REPOSITORY, exact, flexible, glob, lintOf, severityOf } from '../facts.ts';

const MAIN = exact('repo:org@1/app@2:ref:refs/heads/main');

test('shadows are proved, never supposed', () => {
  const shadowed = (entry: ReturnType<typeof exact>, wide: ReturnType<typeof exact>) =>
    lintOf([entry, { ...wide, name: 'wide' }]).findings.find(
      ({ code, credential }) => code === 'shadowed-credential' && credential === 'c',
    )?.severity ?? null;
  expect(shadowed(MAIN, glob('repo:org@1/app@2:*', BY_OWNER))).toBe('low');
  expect(shadowed(MAIN, glob('repo:org@1/app@2:*', " and claims['repository_id'] eq '3'"))).toBe(null);
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
  expect(shadowed({ ...MAIN, audiences: ['x'] }, glob('repo:org@1/app@2:*', BY_OWNER))).toBe(null);
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
