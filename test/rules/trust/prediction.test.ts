import { expect, test } from 'vitest';
import { predictSubject, type RunFacts } from '../../../src/trust/subject/predict.ts';
import { run } from './run-facts.ts';

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
