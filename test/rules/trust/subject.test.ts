import { expect, test } from 'vitest';
import { parseSubject } from '../../../src/trust/subject/parse.ts';
import { predictSubject } from '../../../src/trust/subject/predict.ts';
import { fc } from '../../harness/property.ts';
import { run } from './run-facts.ts';

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const id = fc.stringMatching(/^[1-9][0-9]{0,9}$/);
// GitHub: keys are only told apart from values because a value's colon is encoded.
const environment = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !text.includes('%3A'));
const branch = fc
  .stringMatching(/^[A-Za-z0-9][A-Za-z0-9/._-]{0,30}$/)
  .filter((text) => !text.startsWith('gh-readonly-queue/'));

test.each([
  ['push', {}, 'ref:refs/heads/main'],
  ['push of a tag', { ref: 'refs/tags/v1' }, 'ref:refs/tags/v1'],
  ['release', { eventName: 'release', ref: 'refs/tags/v1' }, 'ref:refs/tags/v1'],
  ['schedule', { eventName: 'schedule' }, 'ref:refs/heads/main'],
  ['dispatch on a branch', { eventName: 'workflow_dispatch', ref: 'refs/heads/x' }, 'ref:refs/heads/x'],
  ['pull request', { eventName: 'pull_request', ref: 'refs/pull/1/merge' }, 'pull_request'],
  ['pull_request_target', { eventName: 'pull_request_target' }, 'ref:refs/heads/main'],
  ['environment', { environment: 'production' }, 'environment:production'],
  [
    'environment of a pull request',
    { eventName: 'pull_request', environment: 'Production:V1' },
    'environment:Production%3AV1',
  ],
  [
    'merge queue',
    { eventName: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/pr-7-0a1b' },
    'ref:refs/heads/gh-readonly-queue/main/pr-7-0a1b',
  ],
])('predicts both forms of the subject: %s', (_, facts, context) => {
  expect(predictSubject(run(facts))).toMatchObject({
    subject: `repo:octo-org/octo-repo:${context}`,
    immutableSubject: `repo:octo-org@65/octo-repo@74:${context}`,
  });
});

test('says why, and what is not known', () => {
  expect(predictSubject(run({ environment: 'x' })).why).toEqual([
    'The environment wins over the branch or tag because the job names one.',
  ]);
  const unknown = predictSubject(run({ ref: null, ownerId: null }));
  expect(unknown).toMatchObject({ subject: null, immutableSubject: null });
  expect(unknown.why.join(' ')).toMatch(/the ref is not known.*needs the ids/);
});

test.each([
  [['repo', 'context'], 'repo:octo-org/octo-repo:ref:refs/heads/main'],
  [
    ['repository_owner_id', 'repository_id', 'context'],
    'repository_owner_id:65:repository_id:74:ref:refs/heads/main',
  ],
  [['context', 'event_name'], 'ref:refs/heads/main:event_name:push'],
  [['repo', 'job_workflow_ref'], null],
])('follows a customised template %j', (template, subject) => {
  expect(predictSubject(run({ template })).subject).toBe(subject);
});

test('a template keeps the ids of the repository in the immutable form', () => {
  const { immutableSubject } = predictSubject(
    run({ template: ['repo', 'workflow'], claims: { workflow: 'a:b' } }),
  );
  expect(immutableSubject).toBe('repo:octo-org@65/octo-repo@74:workflow:a%3Ab');
});

test('an empty template is the default', () => {
  expect(predictSubject(run({ template: [] })).subject).toBe('repo:octo-org/octo-repo:ref:refs/heads/main');
});

test('parsing a predicted subject gives back what it was made of', () => {
  const contexts = fc.oneof(
    environment.map((text) => ({
      facts: { environment: text },
      context: { kind: 'environment', environment: text },
    })),
    branch.map((text) => ({
      facts: { ref: `refs/heads/${text}` },
      context: { kind: 'branch', branch: text },
    })),
    branch.map((text) => ({ facts: { ref: `refs/tags/${text}` }, context: { kind: 'tag', tag: text } })),
    fc.constant({ facts: { eventName: 'pull_request' }, context: { kind: 'pull-request' } }),
  );
  const property = fc.property(
    name,
    name,
    id,
    id,
    contexts,
    (owner, repo, ownerId, repositoryId, { facts, context }) => {
      const { subject, immutableSubject } = predictSubject(
        run({ repository: `${owner}/${repo}`, ownerId, repositoryId, ...facts }),
      );
      expect(parseSubject(subject ?? '')).toEqual({
        form: 'name-based',
        repository: { owner, ownerId: null, name: repo, repositoryId: null },
        context,
      });
      expect(parseSubject(immutableSubject ?? '')).toEqual({
        form: 'immutable',
        repository: { owner, ownerId, name: repo, repositoryId },
        context,
      });
    },
  );
  fc.assert(property);
});

test.each([
  [
    'repository_owner_id:65:repository_id:74:environment:a',
    [
      ['repository_owner_id', '65'],
      ['repository_id', '74'],
      ['environment', 'a'],
    ],
  ],
  [
    'repo:o/r:environment:p:job_workflow_ref:o/w/.github/workflows/d.yml@refs/heads/main',
    [
      ['repo', 'o/r'],
      ['environment', 'p'],
      ['job_workflow_ref', 'o/w/.github/workflows/d.yml@refs/heads/main'],
    ],
  ],
  ['system:serviceaccount:ns:name', [['', 'system:serviceaccount:ns:name']]],
  ['repo:o@1/r:pull_request', [['repo', 'o@1/r:pull_request']]],
  ['', []],
])('takes %j apart as customised', (subject, parts) => {
  expect(parseSubject(subject)).toEqual({
    form: 'custom',
    parts: parts.map(([key, value]) => ({ key, value })),
  });
});
