import type { Environment } from '../io/effects.ts';
import { type Fact, Failure } from '../report/failure.ts';
import { isRecord } from '../trust/claims.ts';
import type { Snippet } from '../trust/fix.ts';
import { NOT_BY_DEPENDABOT, NOT_FROM_A_FORK } from '../trust/job-condition.ts';

const PERMISSIONS: Snippet = {
  title: 'In the workflow, on the job that signs in',
  language: 'yaml',
  text: 'permissions:\n  id-token: write   # to ask GitHub for the ID token\n  contents: read    # for actions/checkout; list whatever else the job needs',
};

/**
 * Why this process has no way to ask for an ID token: what environment and event payload prove, and otherwise the
 * possibilities, named as such. `event` is the parsed payload at GITHUB_EVENT_PATH, or null.
 */
export function explainAbsence(env: Environment, event: unknown): Failure {
  const facts = ['GITHUB_EVENT_NAME', 'GITHUB_ACTOR', 'GITHUB_WORKFLOW_REF'].flatMap((name): Fact[] =>
    env[name] ? [{ label: name, value: env[name] }] : [],
  );
  if (isForkPullRequest(env, event)) return forkPullRequest(facts);
  if (env['GITHUB_ACTOR'] === 'dependabot[bot]') return dependabotRun(facts);
  return permissionNotGranted(env, facts);
}

/** Why a secret or variable may have reached this run empty: proven where environment and payload prove it. */
export function explainEmptyValue(env: Environment, event: unknown): string {
  if (isForkPullRequest(env, event))
    return 'This run was started by a pull request from a fork, and such runs receive no secrets of the repository.';
  if (env['GITHUB_ACTOR'] === 'dependabot[bot]')
    return 'This run was started by Dependabot, and such runs receive the Dependabot secrets only.';
  return 'The secret or variable behind it is not set for this run: a value kept in an environment needs `environment:` on the job, `vars` and `secrets` are two different stores, and a reusable workflow receives only the secrets that its caller passes on.';
}

function forkPullRequest(facts: readonly Fact[]): Failure {
  return new Failure({
    code: 'fork-pull-request',
    sentence: 'this run was started by a pull request from a fork, to which GitHub gives no ID token.',
    facts,
    remedy: [
      'No setting of the workflow changes that: permissions of such runs are capped at read.',
      "Skip the job for forks with the condition below, or sign in after the merge, on push. Do not move to `pull_request_target` to run the fork's code with your identity.",
    ],
    snippets: [{ title: 'On the job', language: 'yaml', text: `if: ${NOT_FROM_A_FORK}` }],
  });
}

function dependabotRun(facts: readonly Fact[]): Failure {
  return new Failure({
    code: 'dependabot-run',
    sentence:
      'this run was started by Dependabot, whose runs have read-only permissions unless the workflow asks for more.',
    facts,
    remedy: [
      'Grant the permission on the job explicitly, or skip the job for Dependabot. Ids kept as secrets must exist among the Dependabot secrets too.',
    ],
    snippets: [
      PERMISSIONS,
      { title: 'Or, to skip the job', language: 'yaml', text: `if: ${NOT_BY_DEPENDABOT}` },
    ],
  });
}

function permissionNotGranted(env: Environment, facts: readonly Fact[]): Failure {
  const missing = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'].filter(
    (name) => !env[name],
  );
  return new Failure({
    code: 'id-token-permission',
    sentence: 'this job has no permission to ask GitHub for an ID token (`id-token: write` was not granted).',
    facts: [{ label: 'not set', value: missing.join(', ') }, ...facts],
    remedy: [
      'A `permissions` block drops every scope that it does not list, and a block on the job replaces the one of the workflow.',
      'Also possible, and not to be told apart from here: this is a reusable workflow and its caller does not grant the permission; or the server is a GitHub Enterprise Server on which OpenID Connect is not set up.',
    ],
    snippets: [PERMISSIONS],
  });
}

/**
 * Whether environment and event prove that a pull request from a fork started this run. pull_request_target and
 * workflow_run carry such payloads too, but run with the base repository's permissions.
 */
export function isForkPullRequest(env: Environment, event: unknown): boolean {
  if (!/^pull_request(_review|_review_comment)?$/.test(env['GITHUB_EVENT_NAME'] ?? '')) return false;
  const pullRequest = isRecord(event) ? event['pull_request'] : null;
  const head = isRecord(pullRequest) ? pullRequest['head'] : null;
  const base = isRecord(pullRequest) ? pullRequest['base'] : null;
  const headId = repositoryId(head);
  const baseId = repositoryId(base);
  return headId !== null && baseId !== null && headId !== baseId;
}

function repositoryId(side: unknown): string | number | null {
  const repo = isRecord(side) ? side['repo'] : null;
  if (!isRecord(repo)) return null;
  const id = repo['id'] ?? repo['full_name'];
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}
