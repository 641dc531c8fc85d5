import { expect, test } from 'vitest';
import { encodeValue, parseContext, parseSubject } from '../../../src/trust/subject/parse.ts';

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
