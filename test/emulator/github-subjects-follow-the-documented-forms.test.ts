import { expect, test } from 'vitest';
import type { RunContext } from '../../src/emulator/entities.ts';
import { claimsOf, idToken, idTokenRequest } from './client.ts';
import { useEmulator } from './fixture.ts';

const emulator = useEmulator();

const cases: [string, Partial<RunContext>, string][] = [
  ['an environment', {}, 'repo:octo-org/octo-repo:environment:production'],
  ['a branch', { environment: null }, 'repo:octo-org/octo-repo:ref:refs/heads/main'],
  ['a tag', { environment: null, ref: 'refs/tags/v1' }, 'repo:octo-org/octo-repo:ref:refs/tags/v1'],
  [
    'a pull request',
    { environment: null, eventName: 'pull_request', ref: 'refs/pull/7/merge' },
    'repo:octo-org/octo-repo:pull_request',
  ],
  [
    'an environment before a pull request',
    { eventName: 'pull_request' },
    'repo:octo-org/octo-repo:environment:production',
  ],
  ['a colon in a name', { environment: 'prod:v1' }, 'repo:octo-org/octo-repo:environment:prod%3Av1'],
  [
    'the immutable form',
    { subject: { immutable: true, claimKeys: null } },
    'repo:octo-org@65432/octo-repo@74321:environment:production',
  ],
  [
    'a template',
    { subject: { immutable: false, claimKeys: ['repository_owner_id', 'repository_id', 'environment'] } },
    'repository_owner_id:65432:repository_id:74321:environment:production',
  ],
  [
    'a template with repo in the immutable form',
    { subject: { immutable: true, claimKeys: ['repo', 'context', 'job_workflow_ref'] } },
    'repo:octo-org@65432/octo-repo@74321:environment:production:job_workflow_ref:octo-org/octo-repo/.github/workflows/deploy.yml@refs/heads/main',
  ],
];

test.each(cases)('%s', async (_, run, subject) => {
  Object.assign(emulator.current.state.run, run);
  expect(claimsOf(await idToken(emulator.current))['sub']).toBe(subject);
});

test('a template with an environment refuses a job without one', async () => {
  Object.assign(emulator.current.state.run, {
    environment: null,
    subject: { immutable: false, claimKeys: ['environment'] },
  });
  expect((await emulator.current.handle(idTokenRequest(emulator.current))).status).toBe(400);
});
