import { expect, test } from 'vitest';
import { immutabilityHint, otherForm } from '../../../src/trust/immutability.ts';

const ids = { repository_owner_id: '65', repository_id: '74' };

test.each([
  [
    'repo:o/r:ref:refs/heads/main',
    { presentedIs: 'name-based', subject: 'repo:o@65/r@74:ref:refs/heads/main' },
  ],
  ['repo:o@65/r@74:environment:a:b', { presentedIs: 'immutable', subject: 'repo:o/r:environment:a:b' }],
  ['repo:o/r', { presentedIs: 'name-based', subject: 'repo:o@65/r@74' }],
  ['repo:o@65/r:pull_request', null],
  ['repository_owner_id:65:environment:x', null],
  ['', null],
])('knows the other form of %j', (sub, expected) => {
  expect(otherForm({ sub, ...ids })).toEqual(expected);
});

test('knows no other form without the ids, and hints at none', () => {
  expect(otherForm({ sub: 'repo:o/r:pull_request' })).toBeNull();
  expect(immutabilityHint({ sub: 'repo:o/r:pull_request', repository_id: '1' })).toBeNull();
});

test('says which form is presented, and which a credential may hold by mistake', () => {
  expect(immutabilityHint({ sub: 'repo:o/r:pull_request', ...ids })).toMatch(
    /presents the name-based form.*'repo:o@65\/r@74:pull_request' \(with ids.*switch the repository to immutable subjects/,
  );
  expect(immutabilityHint({ sub: 'repo:o@65/r@74:pull_request', ...ids })).toMatch(
    /presents the immutable form.*'repo:o\/r:pull_request' \(without them\)/,
  );
  expect(immutabilityHint({ ...ids })).toBeNull();
});
