import { expect } from 'vitest';
import type { StepOptions } from '../../src/emulator/runner/job.ts';
import { scenario } from '../harness/scenario.ts';

const ABSENT = { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined };
const fork = {
  head: { repo: { id: 2, full_name: 'evil/octo-repo' } },
  base: { repo: { id: 1, full_name: 'octo-org/octo-repo' } },
};
const own = { head: { repo: { id: 1, full_name: 'octo-org/octo-repo' } }, base: { repo: { id: 1 } } };
const pullRequest = { GITHUB_EVENT_NAME: 'pull_request' };

const CASES: [string, StepOptions, string][] = [
  [
    'outside of GitHub Actions',
    { env: { ...ABSENT, GITHUB_ACTIONS: undefined } },
    'not-in-actions: this is not a GitHub Actions job, and only there does GitHub issue ID tokens.',
  ],
  [
    'for a pull request from a fork',
    { env: { ...ABSENT, ...pullRequest }, event: { pull_request: fork } },
    'fork-pull-request: this run was started by a pull request from a fork, to which GitHub gives no ID token.',
  ],
  [
    'for a fork, even when Dependabot of the fork is the actor',
    { env: { ...ABSENT, ...pullRequest, GITHUB_ACTOR: 'dependabot[bot]' }, event: { pull_request: fork } },
    'fork-pull-request: this run was started by a pull request from a fork, to which GitHub gives no ID token.',
  ],
  [
    'for Dependabot',
    { env: { ...ABSENT, ...pullRequest, GITHUB_ACTOR: 'dependabot[bot]' }, event: { pull_request: own } },
    'dependabot-run: this run was started by Dependabot, whose runs have read-only permissions unless the workflow asks for more.',
  ],
  [
    'without the permission',
    { env: ABSENT },
    'id-token-permission: this job has no permission to ask GitHub for an ID token (`id-token: write` was not granted).',
  ],
  [
    'without the permission, on pull_request_target of a fork, which proves nothing',
    { env: { ...ABSENT, GITHUB_EVENT_NAME: 'pull_request_target' }, event: { pull_request: fork } },
    'id-token-permission: this job has no permission to ask GitHub for an ID token (`id-token: write` was not granted).',
  ],
  [
    'when only one of the two variables is there',
    { env: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined } },
    'id-token-permission: this job has no permission to ask GitHub for an ID token (`id-token: write` was not granted).',
  ],
];

for (const [when, options, sentence] of CASES) {
  scenario(`says why no ID token can be asked for ${when}`, async ({ signIn, traffic }) => {
    const step = await signIn(options);
    expect(step.code).toBe(1);
    expect(step.error().split('\n')[0]).toBe(sentence);
    expect(step.outputs).toEqual({});
    expect(traffic()).toEqual([]);
  });
}

scenario(
  'gives the exact YAML and the other possibilities when the permission seems missing',
  async ({ signIn }) => {
    const step = await signIn({ env: ABSENT });
    expect(step.error()).toContain('permissions:\n    id-token: write');
    expect(step.error()).toContain('reusable workflow and its caller');
    expect(step.error()).toContain('GitHub Enterprise Server');
    expect(step.summary).toContain('```yaml\npermissions:\n  id-token: write');
  },
);

scenario('says of an empty client id that a fork receives no secrets, when it is one', async ({ signIn }) => {
  const step = await signIn({ inputs: { 'client-id': '' }, env: pullRequest, event: { pull_request: fork } });
  expect(step.error()).toMatch(/^input-invalid: input `client-id` is empty\./);
  expect(step.error()).toContain('This run was started by a pull request from a fork');
});
