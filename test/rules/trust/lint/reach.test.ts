import { expect, test } from 'vitest';
import type { Reach } from '../../../../src/trust/lint/reach.ts';
import { reachOfGlob, reachOfLiteral } from '../../../../src/trust/lint/reach-subject.ts';

const BRANCHES = { none: [], one: ['one branch'], queue: ['merge queues'], many: ['branches'] } as const;
const TAGS = { none: [], one: ['one tag'], some: ['some tags'], all: ['every tag'] } as const;
const REPOSITORIES = { one: 'one repository', some: 'some repositories', all: 'every repository' } as const;
const OWNERS = { one: 'one owner', many: 'many owners', unnamed: 'anybody' } as const;

/** Who is admitted, and with what, in words. */
function inWords(reach: Reach | null): string {
  if (reach === null) return 'nobody';
  const { owner, repositories, environment } = reach;
  const id = (value: string | null) => (value === null ? '' : `@${value}`);
  // A name stands for one.
  const { ownerName, repositoryName } = reach;
  const who = `${(owner === 'one' ? ownerName : null) ?? OWNERS[owner]}${id(reach.ownerId)}`;
  const one = repositories === 'one' ? repositoryName : null;
  const which = `${one ?? REPOSITORIES[repositories]}${id(reach.repositoryId)}`;
  const runs = [
    ...(reach.pullRequest ? ['pull requests'] : []),
    ...BRANCHES[reach.branches],
    ...TAGS[reach.tags],
    ...(environment === null ? [] : [environment.name === null ? 'environments' : `in ${environment.name}`]),
    ...reach.workflowRefs.map((ref) => `by ${ref}`),
  ];
  return `${who}, ${which}: ${runs.join(', ')}`;
}

const ANY = 'pull requests, branches, every tag, environments';

// What holds no wildcard is read the same in an exact subject and in a pattern.
test.each([
  ['repo:org/app:pull_request', 'org, app: pull requests'],
  ['repo:org/app:ref:refs/heads/main', 'org, app: one branch'],
  ['repo:org/app:ref:refs/heads/gh-readonly-queue/main/pr-7-ab12', 'org, app: one branch'],
  ['repo:org/app:ref:refs/tags/v1', 'org, app: one tag'],
  ['repo:org/app:ref:refs/pull/7/merge', 'org, app: pull requests'],
  ['repo:org/app:ref:main', 'org, app: '],
  ['repo:org/app:something', 'org, app: '],
  ['repo:org/app:environment:prod%3Aeu', 'org, app: in prod:eu'],
  ['repo:org@12/app@34:environment:prod', 'org@12, app@34: in prod'],
  ['repo:org@1/app:environment:prod', 'org@1, app: in prod'],
  // No run presents these.
  ['repo:org', 'nobody'],
  ['repo::environment:prod', 'nobody'],
  ['org/app:environment:prod', 'nobody'],
  ['system:serviceaccount:apps:deploy', 'nobody'],
  ['', 'nobody'],
  // Whose run it is, and nothing else: every run.
  ['repo:org/app', `org, app: ${ANY}`],
  ['repo:org@12/app@34', `org@12, app@34: ${ANY}`],
  ['repository_id:2', `one owner, one repository@2: ${ANY}`],
  ['repository:org/app', `org, app: ${ANY}`],
  ['repository_owner:org', `org, every repository: ${ANY}`],
  ['repository_owner_id:12', `one owner@12, every repository: ${ANY}`],
  ['repository_owner_id:12:repository_id:34', `one owner@12, one repository@34: ${ANY}`],
  ['enterprise:acme', `one owner, every repository: ${ANY}`],
  ['enterprise_id:7', `one owner, every repository: ${ANY}`],
  ['repository_visibility:private', `anybody, every repository: ${ANY}`],
  ['runner_environment:github-hosted', `anybody, every repository: ${ANY}`],
  ['repo_property_team:web:repository_owner:org', `org, every repository: ${ANY}`],
  // An id of GitHub's is a number; what is none pins nothing.
  ['repository_id:x2', `anybody, every repository: ${ANY}`],
  ['repository_id:2x', `anybody, every repository: ${ANY}`],
  ['repository_owner_id:', `anybody, every repository: ${ANY}`],
  // What the run must be.
  ['environment:prod', 'anybody, every repository: in prod'],
  ['repository_id:2:environment:prod', 'one owner, one repository@2: in prod'],
  ['repository_id:2:ref:refs/heads/main', 'one owner, one repository@2: one branch'],
  ['repository_id:2:ref:refs/tags/v1', 'one owner, one repository@2: one tag'],
  ['repository_id:2:ref:refs/pull/7/merge', 'one owner, one repository@2: pull requests'],
  ['repository_id:2:ref:main', 'one owner, one repository@2: '],
  [
    'repository_id:2:ref:refs/heads/gh-readonly-queue/main/pr-7-ab',
    'one owner, one repository@2: one branch',
  ],
  ['repository_id:2:event_name:pull_request', 'one owner, one repository@2: pull requests'],
  ['repo:org/app:job_workflow_ref:org/ci/d.yml@refs/heads/main', 'org, app: by org/ci/d.yml@refs/heads/main'],
  ['workflow_ref:org/app/.github/workflows/d.yml@refs/heads/main', 'org, app: one branch'],
  ['workflow_ref:org/app/.github/workflows/d.yml@refs/tags/v1', 'org, app: one tag'],
  // What whoever can push a branch chooses himself pins nothing: the name of a workflow, the event, the kind of ref.
  ['repo:org/app:workflow:deploy', `org, app: ${ANY}`],
  ['repo:org/app:event_name:push', 'org, app: branches, every tag'],
  ['repo:org/app:event_name:workflow_dispatch', 'org, app: branches, every tag'],
  ['repo:org/app:ref_type:branch', 'org, app: pull requests, branches'],
  ['repo:org/app:ref_type:tag', 'org, app: every tag'],
  ['repo:org/app:event_name:push:ref_type:tag', 'org, app: every tag'],
  ['repo:org/app:event_name:push:ref:refs/heads/main', 'org, app: one branch'],
  ['repo:org/app:event_name:push:environment:prod', 'org, app: in prod'],
  ['repo:org/app:event_name:push:job_workflow_ref:org/ci/d.yml@v1', 'org, app: by org/ci/d.yml@v1'],
  ['repo:org/app:event_name:schedule', 'org, app: '],
  ['repo:org/app:event_name:pull_request_review', 'org, app: pull requests'],
  ['repo:org/app:event_name:pull_request_review_comment', 'org, app: pull requests'],
  // Runs for the base branch.
  ['repo:org/app:event_name:pull_request_target', 'org, app: '],
  ['repo:org/app:event_name:pull_request:environment:plan', 'org, app: pull requests, in plan'],
  // Only pull requests have these.
  ['repo:org/app:base_ref:main', 'org, app: pull requests'],
  ['repo:org/app:head_ref:dev', 'org, app: pull requests'],
  ['repo:org/app:base_ref:', 'org, app: '],
  ['environment:prod:repository_owner:org', 'org, every repository: in prod'],
])('%s admits %s', (subject, words) => {
  expect(inWords(reachOfLiteral(subject))).toBe(words);
  expect(inWords(reachOfGlob(subject))).toBe(words);
});

test.each([
  // Names.
  ['repo:org/app:*', `org, app: ${ANY}`],
  ['repo:org@12/app@34:*', `org@12, app@34: ${ANY}`],
  // An environment can be called pull_request.
  ['repo:org@12/*:pull_request', 'org@12, every repository: pull requests, environments'],
  ['repo:org@12/app*:pull_request', 'org@12, some repositories: pull requests, environments'],
  ['*repo:org/app:environment:prod', 'org, app: in prod'],
  ['**repo:org/app:environment:prod', 'org, app: in prod'],
  ['?repo:org/app:environment:prod', 'nobody'],
  ['*org/app:environment:prod', 'many owners, some repositories: in prod'],
  ['repo:*org/app:environment:prod', 'many owners, app: in prod'],
  ['repo:?rg/app:environment:prod', 'many owners, app: in prod'],
  ['repo:*/app:environment:prod', 'many owners, app: in prod'],
  ['repo:o*/app@34:environment:prod', 'many owners, app: in prod'],
  [`repo:${'o'.repeat(100)}/app:environment:*`, `${'o'.repeat(100)}, app: environments`],
  [`repo:${'o'.repeat(101)}/app:environment:*`, 'nobody'],
  [`repo:org/${'a'.repeat(101)}:environment:*`, 'nobody'],
  // A customised subject may end with the repository: it is every run's of it.
  ['repo:org/ap?', `org, some repositories: ${ANY}`],
  ['repo:org@12/app@?4', `org@12, app: ${ANY}`],
  ['repo:org/*app', `org, every repository: ${ANY}`],
  ['*repo:org/app', `org, app: ${ANY}`],
  ['repo:org*app', `many owners, every repository: ${ANY}`],
  // Contexts.
  ['repo:org/app:environment:*', 'org, app: environments'],
  ['repo:org/app:environment:prod-*', 'org, app: environments'],
  ['repo:org/ap?:environment:prod%3Aeu', 'org, some repositories: in prod:eu'],
  ['repo:org/ap?:environment:p', 'org, some repositories: in p'],
  ['repo:org/ap?:ref:refs/heads/main', 'org, some repositories: one branch'],
  ['repo:org/ap?:ref:refs/tags/v1', 'org, some repositories: one tag'],
  ['repo:org/ap?:ref:refs/tags/v', 'org, some repositories: one tag'],
  ['repo:org/app:ref:refs/heads/*', 'org, app: branches'],
  ['repo:org/app:ref:refs/heads/gh-readonly-queue/*', 'org, app: merge queues'],
  ['repo:org/app:ref:refs/tags/*', 'org, app: every tag'],
  ['repo:org/app:ref:refs/tags/v*', 'org, app: some tags'],
  ['repo:org/app:ref:*', 'org, app: branches, every tag'],
  ['repo:org/app:nothing*', 'nobody'],
  // Customised: names.
  ['repository:*:environment:prod', 'many owners, every repository: in prod'],
  ['repository:org/*:environment:prod', 'org, every repository: in prod'],
  ['repository:org/**:environment:prod', 'org, every repository: in prod'],
  ['repository:org/app*:environment:prod', 'org, some repositories: in prod'],
  ['repository:org/*app:environment:prod', 'org, some repositories: in prod'],
  ['repository:org*/app:environment:prod', 'many owners, app: in prod'],
  ['repository_owner:or?:environment:prod', 'many owners, every repository: in prod'],
  ['enterprise:ac*:environment:prod', 'anybody, every repository: in prod'],
  ['enterprise_id:*', `anybody, every repository: ${ANY}`],
  ['repository_owner:org:repository_id:*', `org, every repository: ${ANY}`],
  // Customised: runs.
  ['repository_id:2:*', `one owner, one repository@2: ${ANY}`],
  ['repository_id:2:environment:prod:*', `one owner, one repository@2: ${ANY}`],
  ['repository_id:2:environment:*', `one owner, one repository@2: ${ANY}`],
  ['repository_id:2:environment:*-eu', 'one owner, one repository@2: environments'],
  ['repository_id:2:environment:a%3A*b', 'one owner, one repository@2: environments'],
  [
    'repository_id:2:environment:a:*:ref:refs/heads/main',
    'one owner, one repository@2: one branch, environments',
  ],
  ['repo:org/app:environment:p:ref:refs/tags/a/refs/tags/*', 'org, app: some tags, in p'],
  ['repository_id:2:environment:prod-*', 'one owner, one repository@2: environments'],
  [
    'repository_id:2:environment:*:ref:refs/heads/main',
    'one owner, one repository@2: one branch, environments',
  ],
  ['repository_id:2:ref:refs/heads/*', 'one owner, one repository@2: branches'],
  ['repository_id:2:ref:refs/heads/gh-readonly-queue/*', 'one owner, one repository@2: merge queues'],
  ['repository_id:2:ref:refs/tags/*', 'one owner, one repository@2: every tag'],
  ['repository_id:2:ref:refs/tags/**', 'one owner, one repository@2: every tag'],
  ['repository_id:2:ref:refs/tags/v*', 'one owner, one repository@2: some tags'],
  ['repository_id:2:ref:refs/tags/*-rc', 'one owner, one repository@2: some tags'],
  ['repository_id:2:ref:refs/pull/*', 'one owner, one repository@2: pull requests'],
  ['repository_id:2:ref:refs/*', 'one owner, one repository@2: pull requests, branches, every tag'],
  ['repo:org/app:job_workflow_ref:org/ci/*@refs/heads/main', 'org, app: by org/ci/*@refs/heads/main'],
  ['repo:org/app:event_name:pull_*', 'org, app: pull requests'],
  ['repo:org/app:event_name:pu*', 'org, app: pull requests, branches, every tag'],
  ['repo:org/app:event_name:workflow_*', 'org, app: branches, every tag'],
  ['repo:org/app:event_name:s*', 'org, app: '],
  ['repo:org/app:event_name:w*:environment:prod', 'org, app: in prod'],
  ['workflow_ref:org/app/*@refs/tags/v*', 'org, app: some tags'],
  ['workflow_ref:org/*@refs/heads/main', 'org, every repository: one branch'],
])('the pattern %s admits %s', (pattern, words) => {
  expect(inWords(reachOfGlob(pattern))).toBe(words);
});
