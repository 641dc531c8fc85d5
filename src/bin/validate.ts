import type { ValidateInputs } from '../inputs/inputs.ts';
import type { Effects, Environment } from '../io/effects.ts';
import type { Runner } from '../io/runner.ts';
import { readWorkflows } from '../io/workflows.ts';
import { guardIds } from '../login/guards.ts';
import { type OpenSource, patienceFrom } from '../login/login.ts';
import { isForkPullRequest } from '../sources/github-absent.ts';
import { restApi } from '../sources/github-host.ts';
import { lazySource } from '../sources/source.ts';
import { runContext } from '../validate/run-context.ts';
import { publish } from '../validate/step.ts';
import { validate } from '../validate/validate.ts';
import { allWorkflowFacts } from '../validate/workflow-facts.ts';
import { expectedCredentials } from './expected-credentials.ts';
import { runAccess } from './run-access.ts';
import { VERSION } from './version.ts';

interface RunOfStep {
  readonly env: Environment;
  readonly event: unknown;
  readonly runner: Runner;
  readonly fx: Effects;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** `mode: validate` as a step: with the token of this very run. Loaded only when asked for. */
export async function validateStep(
  inputs: ValidateInputs,
  openSource: OpenSource,
  { env, event, runner, fx, startedAt }: RunOfStep,
): Promise<number> {
  guardIds(inputs);
  guardIds({ ...inputs, clientId: inputs.readerClientId, tenantId: inputs.readerTenantId });
  const expected = expectedCredentials(inputs.expectedCredentials);
  if (inputs.githubToken) fx.mask(inputs.githubToken);
  const stop = new AbortController();
  const patience = patienceFrom(inputs, startedAt);
  const source = lazySource(() => openSource(patience, stop.signal));
  const access = runAccess(inputs, source, { patience, fx, signal: stop.signal });
  const presented = await access.present();
  const claims = presented.from === 'token' ? presented.claims : null;
  const isFork = isForkPullRequest(env, event);
  const mayNotAsk = presented.from === 'nothing' && presented.final;
  const serverUrl = env['GITHUB_SERVER_URL'] || 'https://github.com';
  const api = restApi(serverUrl, env['GITHUB_API_URL']);
  try {
    const report = await validate(
      {
        ...inputs,
        expected,
        github: api && inputs.githubToken ? { api, token: inputs.githubToken } : null,
        serverUrl,
        workflows: allWorkflowFacts(readWorkflows(env['GITHUB_WORKSPACE'])),
        context: runContext(env, { isFork, cloud: inputs.cloud.name, mayNotAsk }, claims),
      },
      { access, fx, patience, signal: stop.signal, progress: runner.debug },
    );
    return publish(report, inputs, inputs.failOn, VERSION, runner);
  } finally {
    stop.abort();
  }
}
