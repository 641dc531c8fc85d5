import { expect, test } from 'vitest';
import { parseIdentityId } from '../../../src/trust/identity-id.ts';
import { encodeValue, parseContext, parseSubject } from '../../../src/trust/subject/parse.ts';
import { predictSubject, type RunFacts } from '../../../src/trust/subject/predict.ts';

test.each([
  ['pull_request', { kind: 'pull-request' }],
  ['pull_request_target', { kind: 'other', text: 'pull_request_target' }],
  ['environment:prod%3Aeu%3A1', { kind: 'environment', environment: 'prod:eu:1' }],
  ['environment:', { kind: 'environment', environment: '' }],
  ['environments', { kind: 'other', text: 'environments' }],
  ['ref:refs/heads/main', { kind: 'branch', branch: 'main' }],
  ['ref:refs/heads/refs/tags/v1', { kind: 'branch', branch: 'refs/tags/v1' }],
  ['ref:refs/tags/v1', { kind: 'tag', tag: 'v1' }],
  ['ref:refs/pull/7/merge', { kind: 'ref', ref: 'refs/pull/7/merge' }],
  // A short ref is none that GitHub writes.
  ['ref:main', { kind: 'ref', ref: 'main' }],
  ['ref:x/refs/tags/v1', { kind: 'ref', ref: 'x/refs/tags/v1' }],
  ['refs/heads/main', { kind: 'other', text: 'refs/heads/main' }],
  ['', { kind: 'other', text: '' }],
  [
    'ref:refs/heads/gh-readonly-queue/main/pr-70-0a1b2c',
    { kind: 'merge-queue', base: 'main', pullRequest: '70', sha: '0a1b2c' },
  ],
  [
    'ref:refs/heads/gh-readonly-queue/release/1.0/pr-7-ab',
    { kind: 'merge-queue', base: 'release/1.0', pullRequest: '7', sha: 'ab' },
  ],
  ['ref:refs/heads/gh-readonly-queue/main', { kind: 'branch', branch: 'gh-readonly-queue/main' }],
  [
    'ref:refs/heads/gh-readonly-queue/main/pr-x-ab',
    { kind: 'branch', branch: 'gh-readonly-queue/main/pr-x-ab' },
  ],
  [
    'ref:refs/heads/gh-readonly-queue/main/pr-7-AB',
    { kind: 'branch', branch: 'gh-readonly-queue/main/pr-7-AB' },
  ],
  [
    'ref:refs/heads/x/gh-readonly-queue/main/pr-7-ab',
    { kind: 'branch', branch: 'x/gh-readonly-queue/main/pr-7-ab' },
  ],
])('behind the repository, %j', (text, context) => {
  expect(parseContext(text)).toEqual(context);
});

const repository = (
  owner: string,
  name: string,
  ownerId: string | null = null,
  repositoryId: string | null = null,
) => ({
  owner,
  ownerId,
  name,
  repositoryId,
});

test.each([
  ['repo:o/r:pull_request', 'name-based', repository('o', 'r'), { kind: 'pull-request' }],
  ['repo:o/r', 'name-based', repository('o', 'r'), null],
  ['repo:o/r:', 'name-based', repository('o', 'r'), { kind: 'other', text: '' }],
  ['repo:o@12/r@34', 'immutable', repository('o', 'r', '12', '34'), null],
  [
    'repo:o/r:environment:a\nb',
    'name-based',
    repository('o', 'r'),
    { kind: 'environment', environment: 'a\nb' },
  ],
])('the subject %j is in one of the default forms', (subject, form, named, context) => {
  expect(parseSubject(subject)).toEqual({ form, repository: named, context });
});

test.each([
  ['repo:o@x/r@y:pull_request', [['repo', 'o@x/r@y:pull_request']]],
  ['repo:o/r@2:pull_request', [['repo', 'o/r@2:pull_request']]],
  ['repo:o/r/x:pull_request', [['repo', 'o/r/x:pull_request']]],
  ['REPO:o/r:pull_request', [['', 'REPO:o/r:pull_request']]],
  ['xrepo:o/r', [['', 'xrepo:o/r']]],
  [
    'repo:o/r:ref:refs/heads/main:actor:me',
    [
      ['repo', 'o/r'],
      ['ref', 'refs/heads/main'],
      ['actor', 'me'],
    ],
  ],
  [
    'repo:o/r:environment:p:ref:refs/heads/main',
    [
      ['repo', 'o/r'],
      ['environment', 'p'],
      ['ref', 'refs/heads/main'],
    ],
  ],
  [
    'repo:o/r:workflow:a%3Ab',
    [
      ['repo', 'o/r'],
      ['workflow', 'a:b'],
    ],
  ],
  [
    'repo_property_cost_center:7:repo:o/r',
    [
      ['repo_property_cost_center', '7'],
      ['repo', 'o/r'],
    ],
  ],
  // What stands before the first key belongs to none.
  [
    'prefix:ref:refs/heads/main',
    [
      ['', 'prefix'],
      ['ref', 'refs/heads/main'],
    ],
  ],
  [
    ':ref:refs/heads/main',
    [
      ['', ''],
      ['ref', 'refs/heads/main'],
    ],
  ],
  ['ref:', [['ref', '']]],
])('the subject %j is made of keys and values', (subject, parts) => {
  const named = parts.map(([key, value]) => ({ key, value }));
  expect(parseSubject(subject)).toEqual({ form: 'custom', parts: named });
});

test('a value may hold colons', () => {
  expect(encodeValue('a:b:c')).toBe('a%3Ab%3Ac');
});

const run = (facts: Partial<RunFacts>): RunFacts => ({
  repository: 'octo-org/octo-repo',
  ownerId: '65',
  repositoryId: '74',
  eventName: 'push',
  ref: 'refs/heads/main',
  environment: null,
  template: null,
  claims: {},
  ...facts,
});

const QUEUE =
  'A merge queue makes a branch for each entry: its name, and so the subject, is another one for every run.';
const TARGET =
  'pull_request_target runs for the base branch; GitHub does not document its subject, so this is an assumption.';
const TAG = 'The run is for a tag, and the job names no environment.';

test.each<[why: string, facts: Partial<RunFacts>]>([
  ['The event push is for this ref, and the job names no environment.', {}],
  ['The event push is for this ref, and the job names no environment.', { ref: 'refs/heads/refs/tags/v1' }],
  [
    'The event push is for this ref, and the job names no environment.',
    { ref: 'refs/heads/x/refs/heads/gh-readonly-queue/' },
  ],
  [QUEUE, { eventName: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/pr-7-ab' }],
  [TARGET, { eventName: 'pull_request_target' }],
  [TAG, { ref: 'refs/tags/v1' }],
  [TAG, { eventName: 'release', ref: 'refs/tags/v1' }],
  ['A schedule runs for the default branch, and the job names no environment.', { eventName: 'schedule' }],
  ['A pull request counts as such, whatever its branches are.', { eventName: 'pull_request' }],
  ['A pull request counts as such, whatever its branches are.', { eventName: 'pull_request_review' }],
  ['A pull request counts as such, whatever its branches are.', { eventName: 'pull_request_review_comment' }],
  ['The environment wins over the branch or tag because the job names one.', { environment: 'p' }],
  [
    'The environment wins over the pull request because the job names one.',
    { environment: 'p', eventName: 'pull_request' },
  ],
  [
    'The environment wins over the branch or tag because the job names one.',
    { environment: 'p', eventName: 'pull_request_target' },
  ],
  ['The event push makes the ref part of the subject, and the ref is not known.', { ref: null }],
])('it is said why: %s', (why, facts) => {
  expect(predictSubject(run(facts)).why).toEqual([why]);
});

test.each<[subject: string | null, why: string, template: string[], facts?: Partial<RunFacts>]>([
  [
    'repo:octo-org/octo-repo:ref:refs/heads/main',
    'The subject is customised: it is made of repo, context.',
    ['repo', 'context'],
  ],
  [
    'repository_owner:octo-org',
    'The subject is customised: it is made of repository_owner.',
    ['repository_owner'],
  ],
  [
    'repository:octo-org/octo-repo:repository_id:74:repository_owner_id:65',
    'The subject is customised: it is made of repository, repository_id, repository_owner_id.',
    ['repository', 'repository_id', 'repository_owner_id'],
  ],
  ['ref:refs/heads/main', 'The subject is customised: it is made of ref.', ['ref']],
  [
    'environment:a%3Ab',
    'The subject is customised: it is made of environment.',
    ['environment'],
    { environment: 'a:b' },
  ],
  [
    null,
    'The subject is customised (repo, environment), and the value of environment is not known.',
    ['repo', 'environment'],
  ],
  [
    null,
    'The subject is customised (repo, actor, job_workflow_ref), and the value of actor, job_workflow_ref is not known.',
    ['repo', 'actor', 'job_workflow_ref'],
  ],
  [null, 'The subject is customised (context_x), and the value of context_x is not known.', ['context_x']],
  [null, 'The subject is customised (my_repo), and the value of my_repo is not known.', ['my_repo']],
  [null, 'The subject is customised (toString), and the value of toString is not known.', ['toString']],
  ['actor:me', 'The subject is customised: it is made of actor.', ['actor'], { claims: { actor: 'me' } }],
  // A claim that was read says more than what was supposed.
  [
    'ref:refs/heads/x',
    'The subject is customised: it is made of ref.',
    ['ref'],
    { claims: { ref: 'refs/heads/x' } },
  ],
])('a customised subject %j: %s', (subject, why, template, facts = {}) => {
  const predicted = predictSubject(run({ ...facts, template }));
  expect(predicted.subject).toBe(subject);
  expect(predicted.why.at(-1)).toBe(why);
});

test('an empty template is none, and is not told of', () => {
  expect(predictSubject(run({ template: [] })).why).toHaveLength(1);
});

test.each([
  [{ ownerId: null }],
  [{ repositoryId: null }],
  [{ repository: 'octo-org' }],
  [{ repository: '/octo-repo' }],
])('without %j there is no immutable form, and that is told', (facts) => {
  const { subject, immutableSubject, why } = predictSubject(run(facts));
  expect(immutableSubject).toBe(null);
  expect(subject).not.toBe(null);
  expect(why).toContain('The immutable form needs the ids of owner and repository.');
});

const SUBSCRIPTION = '11111111-0000-4000-8000-000000000001';
const identity = (group: string, name: string) =>
  `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;

test('takes the resource id of a managed identity apart, in any case, and no other', () => {
  const parts = { subscriptionId: SUBSCRIPTION, resourceGroup: 'app-rg', name: 'deploy-id' };
  expect(parseIdentityId(identity('app-rg', 'deploy-id'))).toEqual(parts);
  expect(
    parseIdentityId(identity('app-rg', 'deploy-id').replace('resourceGroups', 'resourcegroups')),
  ).toEqual(parts);
  for (const id of [
    '',
    `x${identity('g', 'n')}`,
    `${identity('g', 'n')}/`,
    `${identity('g', 'n')}/federatedIdentityCredentials/c`,
    identity('', 'n'),
    identity('g', ''),
    identity('g/h', 'n'),
    identity('g', 'n').replace(SUBSCRIPTION, 'x'),
    identity('g', 'n').replace(SUBSCRIPTION, `${SUBSCRIPTION}0`),
    identity('g', 'n').replace('ManagedIdentity', 'Compute'),
    identity('g', 'n').replace('Microsoft.', 'Microsoftx'),
  ])
    expect(parseIdentityId(id), id).toBe(null);
});
