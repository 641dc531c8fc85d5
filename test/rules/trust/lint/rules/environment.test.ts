import { expect, test } from 'vitest';
import type { Credential } from '../../../../../src/trust/credential.ts';
import type { GitHubFacts } from '../../../../../src/trust/lint/facts.ts';
import { BY_OWNER, BY_REPOSITORY, exact, flexible, github, glob, lintOf } from '../facts.ts';

const environment = (repository: string, name: string, isProtected: boolean | null) => ({
  repository,
  name,
  protected: isProtected,
});
const KNOWN = github({
  environments: [
    environment('org/app', 'open', false),
    environment('org/app', 'guarded', true),
    environment('org/app', 'dim', null),
    environment('org/web', 'open', true),
    environment('org/web', 'guarded', false),
  ],
  repositories: [
    { fullName: 'org/web', id: '3', ownerId: '1', exists: true },
    { fullName: 'org/gone', id: null, ownerId: null, exists: false },
  ],
});

/** What is told of the environment: its message without the credential, what is missing, or null. */
function told(credential: Credential, facts: GitHubFacts | null = KNOWN): string | null {
  const { findings, undecided } = lintOf([credential], { github: facts });
  const found = findings.find(({ code }) => code === 'environment-unprotected')?.message;
  return found ?? undecided.find(({ code }) => code === 'environment-unprotected')?.missing ?? null;
}

const unprotected = (name: string, repository: string) =>
  `Credential 'c' trusts the environment '${name}' of ${repository}, which has no protection rule, so a job on any branch can name it.`;
const notKnown = (name: string, repository: string) =>
  `protection of the environment '${name}' of ${repository} (repository permission "Actions: read")`;
const ANY = expect.stringContaining('admits environments by a pattern');

test.each<[subject: string, told: unknown]>([
  ['repo:org/app:environment:open', unprotected('open', 'org/app')],
  // Names have no case.
  ['repo:ORG/app:environment:OPEN', unprotected('OPEN', 'ORG/app')],
  ['repo:org/app:environment:guarded', null],
  ['repo:org/app:environment:Guarded', null],
  ['repo:org/app:environment:dim', notKnown('dim', 'org/app')],
  ['repo:org/app:environment:new', notKnown('new', 'org/app')],
  ['repo:org/web:environment:open', null],
  ['repo:org/web:environment:guarded', unprotected('guarded', 'org/web')],
  ['repo:org@1/app@2:environment:open', unprotected('open', 'org/app')],
  // A name may hold a star, which is compared as it stands.
  ['repo:org/app:environment:pr*d', notKnown('pr*d', 'org/app')],
  // By id alone, of the repository itself or of one that was looked up.
  ['repository_id:2:environment:open', unprotected('open', 'org/app')],
  ['repository_id:3:environment:guarded', unprotected('guarded', 'org/web')],
  [
    'repository_id:4:environment:open',
    "which repository the environment 'open' of credential 'c' belongs to",
  ],
  [
    'repository_owner:org:repository_id:4:environment:open',
    "which repository the environment 'open' of credential 'c' belongs to",
  ],
  // A ref beside it needs no protection; who else is admitted is worse, and told as that.
  ['repository_id:2:environment:open:ref:refs/heads/main', null],
  ['repository_id:2:environment:open:ref:refs/tags/v1', null],
  ['environment:open', null],
  ['repo:org/app:ref:refs/heads/main', null],
])('%s', (subject, expected) => {
  expect(told(exact(subject))).toEqual(expected);
});

test.each<[pattern: string, told: unknown]>([
  ['repo:org/app:environment:*', ANY],
  ['repo:org/app:environment:op?n', ANY],
  ['repo:*:environment:*', ANY],
  ['repository_id:2:environment:prod-*', ANY],
  ['repo:org/app:*', null],
  ['repo:org/app:environment:*:ref:refs/heads/main', null],
  ['repository_id:2:environment:prod-*:ref:refs/heads/*', null],
  ['repo:org/app*:environment:open', expect.stringContaining("'open' of org/app")],
])('the pattern %s', (pattern, expected) => {
  expect(told(glob(pattern, BY_REPOSITORY))).toEqual(expected);
});

const inEvery = (name: string) =>
  `protection of the environment '${name}' in every repository that credential 'c' admits (repository permission "Actions: read")`;

test.each<[pattern: string, pin: string, told: unknown]>([
  ['repo:org/*:environment:dim', BY_OWNER, inEvery('dim')],
  ['repo:org/*:environment:new', BY_OWNER, inEvery('new')],
  // Guarded where it was looked up, and not known in the others.
  ['repo:org/w*:environment:guarded', BY_OWNER, inEvery('guarded')],
  ['repo:other/*:environment:open', BY_OWNER, inEvery('open')],
  ['repository_owner_id:9:environment:open', '', inEvery('open')],
  ['enterprise:acme:environment:open', '', inEvery('open')],
  // One without protection is enough.
  ['repo:ORG/*:environment:open', BY_OWNER, unprotected('open', 'org/app')],
  ['repository_owner:org:environment:Guarded', '', unprotected('Guarded', 'org/web')],
  ['repository_owner_id:1:environment:open', '', unprotected('open', 'org/app')],
  // Who else is admitted is worse, and told as that.
  ['repo:org*:environment:open', BY_REPOSITORY, unprotected('open', 'org/app')],
  ['repo:*:environment:open', '', null],
])('over several repositories: the pattern %s%s', (pattern, pin, expected) => {
  expect(told(glob(pattern, pin))).toEqual(expected);
});

test('a star that is compared is part of the name', () => {
  const credential = flexible(`claims['sub'] eq 'repo:org/app:environment:pr*d'${BY_REPOSITORY}`);
  expect(told(credential)).toBe(notKnown('pr*d', 'org/app'));
});

test.each([
  ['repo:org/app:*', '*:environment:open'],
  ['*:environment:open', 'repo:org/app:*'],
])('the subject is compared with %s and with %s: each tells what it fixes', (first, second) => {
  const both = flexible(
    `claims['sub'] matches '${first}' and claims['sub'] matches '${second}'${BY_REPOSITORY}`,
  );
  expect(told(both)).toBe(unprotected('open', 'org/app'));
});

test('what was not read is not known', () => {
  const open = exact('repo:org/app:environment:open');
  expect(told(open, null)).toBe(notKnown('open', 'org/app'));
  expect(told(open, { ...KNOWN, environments: null })).toBe(notKnown('open', 'org/app'));
  const byId = exact('repository_id:2:environment:open');
  for (const facts of [null, { ...KNOWN, repository: null }])
    expect(told(byId, facts)).toContain('which repository');
});
