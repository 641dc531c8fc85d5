import { expect, test } from 'vitest';
import { BY_OWNER, BY_REPOSITORY, exact, flexible, github, glob, lintOf, severityOf } from '../facts.ts';

const byWorkflow = " and claims['job_workflow_ref'] eq 'org/ci/d.yml@refs/heads/main'";

test.each<[severity: string | null, pattern: string, more: string]>([
  ['high', 'repo:org/app:*', ''],
  ['high', 'repo:org/app:*', byWorkflow],
  ['high', 'repo:*', ''],
  [null, 'repo:org/app:*', BY_REPOSITORY],
  [null, 'repo:org/app:*', BY_OWNER],
  // Entra asks for the claim, whatever the subject holds.
  ['high', 'repo:org@1/app@2:*', ''],
  ['high', 'repo:org@1/app@2:*', byWorkflow],
  ['high', 'repository_owner_id:1:*', ''],
  ['high', 'repository_id:2:environment:prod-*', ''],
  [null, 'repo:org@1/app@2:*', BY_REPOSITORY],
  [null, 'repository_owner_id:1:*', BY_OWNER],
  ['high', 'repo:org@*/app@*:environment:prod', ''],
])('expression-not-pinned is %s for %s%s', (severity, pattern, more) => {
  expect(severityOf(lintOf([glob(pattern, more)]), 'expression-not-pinned')).toBe(severity);
});

test('an expression whose subject holds ids is not said to trust a name, but to be one that Entra refuses', () => {
  const told = (pattern: string) =>
    lintOf([glob(pattern)]).findings.find(({ code }) => code === 'expression-not-pinned');
  expect(told('repo:org/app:*')?.message).toContain('whoever takes over the name');
  const withIds = told('repo:org@1/app@2:*');
  expect(withIds?.message).not.toContain('takes over');
  expect(withIds?.message).toContain('since August 2026');
  expect(withIds?.remedy).toContain("claims['repository_id'] eq '2'");
  expect(told('repository_owner_id:1:*')?.remedy).toContain("claims['repository_owner_id'] eq '1'");
});

test.each(["claims['sub'] matches 'repo:org/app:*", "claims['actor'] eq 'me'"])(
  '%s is never evaluated, and so not told to be pinned',
  (expression) => {
    expect(severityOf(lintOf([flexible(expression)]), 'expression-not-pinned')).toBe(null);
  },
);

test('an exact subject is no expression', () => {
  expect(severityOf(lintOf([exact('repo:org/app:pull_request')]), 'expression-not-pinned')).toBe(null);
});

test('the owner of the repository is one: others that were looked up are foreign all the same', () => {
  const looked = github({
    owners: [
      { name: 'org', id: '1', exists: true },
      { name: 'other', id: '4', exists: true },
    ],
  });
  const foreign = (subject: string, facts = looked) => {
    const { findings, undecided } = lintOf([exact(subject)], { github: facts });
    const found = findings.find(({ code }) => code === 'foreign-owner-id')?.message;
    return found ?? undecided.find(({ code }) => code === 'foreign-owner-id')?.missing ?? null;
  };
  expect(foreign('repo:other@4/app@5:environment:prod')).toBe(
    "Credential 'c' is for owner 'other' with id 4, and the owner of the repository has id 1.",
  );
  expect(foreign('repository_owner_id:4:environment:prod')).toBe(
    "Credential 'c' is for owner id 4, and the owner of the repository has id 1.",
  );
  expect(foreign('repo:org@1/app@2:environment:prod')).toBe(null);
  expect(foreign('repo:org/app:environment:prod')).toBe(null);
  expect(foreign('repo:org@1/app@2:environment:prod', { ...looked, repository: null })).toContain(
    "id of the repository's owner",
  );
});
