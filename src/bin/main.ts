import { randomUUID } from 'node:crypto';
import { chosenCloud } from '../inputs/cloud.ts';
import type { AssertionKind } from '../inputs/identity-source.ts';
import type { SignInInputs } from '../inputs/inputs.ts';
import { idsToMask, parseInputs, timeoutOf } from '../inputs/parse.ts';
import { type RawInputs, rawInputs } from '../inputs/table.ts';
import { systemClock } from '../io/clock.ts';
import type { Effects } from '../io/effects.ts';
import { readEvent } from '../io/event.ts';
import { createSend } from '../io/http.ts';
import { privateDirectory } from '../io/private-directory.ts';
import { goesRoundProxy, type ProxySetting, readProxy } from '../io/proxy.ts';
import { createRunner, missingRunnerFiles } from '../io/runner.ts';
import type { Explain } from '../login/exchange.ts';
import { type LoginTools, login, type OpenSource, patienceFrom, type SignedIn } from '../login/login.ts';
import { preflight } from '../login/preflight.ts';
import { DIRECTORY_STATE } from '../login/state.ts';
import { handOn } from '../login/step.ts';
import type { Needed } from '../login/tokens.ts';
import { reportFailure } from '../report/failed-step.ts';
import { githubSource, idTokenEndpoint } from '../sources/github.ts';
import { explainEmptyValue } from '../sources/github-absent.ts';
import { lazySource } from '../sources/source.ts';
import type { Cloud } from '../trust/clouds.ts';
import { exitAfterOutput, uninterrupted } from './exit.ts';
import { prepareSessions } from './sessions.ts';
import { VERSION } from './version.ts';

const env = { ...process.env };
const runner = createRunner(env);
const { mask, debug, warning: warn } = runner;
const send = createSend(`entra-federate/${VERSION}`);
const fx: Effects = { send, clock: systemClock, random: Math.random, uuid: randomUUID, mask, debug, warn };
const eventOfRun = () => readEvent(env['GITHUB_EVENT_PATH']);

const explain: Explain = async (...refusal) => {
  const { explainRefusal } = await import('../login/refusal.ts');
  return explainRefusal(...refusal);
};

/** The source that the inputs name; what only others than GitHub need is loaded only for them. */
function sourceOf(source: AssertionKind): OpenSource {
  return (patience, signal) =>
    source.kind === 'github'
      ? githubSource(idTokenEndpoint(env, eventOfRun), patience, fx, signal)
      : lazySource(async () => {
          const { openIdentitySource } = await import('./identity-sources.ts');
          return openIdentitySource(source, { env, patience, fx, signal });
        });
}

async function main(): Promise<number> {
  try {
    const proxy = readProxy(env);
    preflight(env, missingRunnerFiles(env), proxy);
    if (proxy.kind === 'proxy') process.env[proxy.variable] = proxy.value;
    const startedAt = fx.clock.now();
    const raw = rawInputs(runner.input);
    const cloud = await cloudOf(raw, startedAt);
    const inputs = parseInputs(raw, cloud, () => explainEmptyValue(env, eventOfRun()));
    for (const id of idsToMask(inputs)) mask(id);
    if (inputs.mode === 'validate') {
      const { validateStep } = await import('./validate.ts');
      const around = { env, event: eventOfRun(), runner, fx, startedAt };
      return await validateStep(inputs, sourceOf(inputs.source), around);
    }
    await signIn(inputs, proxy, startedAt);
    return 0;
  } catch (error) {
    reportFailure(error, runner);
    return 1;
  }
}

async function cloudOf(raw: RawInputs, startedAt: number): Promise<Cloud> {
  const cloud = chosenCloud(raw.cloud);
  if (!(cloud instanceof URL)) return cloud;
  const { askForCloud } = await import('./custom-cloud.ts');
  return askForCloud(cloud, { startedAt, timeoutMs: timeoutOf(raw) }, fx);
}

async function signIn(inputs: SignInInputs, setting: ProxySetting, startedAt: number): Promise<void> {
  const proxied = setting.kind === 'proxy' ? { [setting.variable]: setting.value } : {};
  const proxy = setting.kind === 'proxy' && !goesRoundProxy(inputs.cloud.authority) ? setting.host : null;
  const stop = new AbortController();
  const tools = { explain, patience: patienceFrom(inputs, startedAt), fx, signal: stop.signal };
  // Saved before anything is made, so that the post step of a cancelled run knows of it too.
  const directory = privateDirectory(env['RUNNER_TEMP'] ?? '', randomUUID(), (path) =>
    runner.saveState(DIRECTORY_STATE, path),
  );
  try {
    const sessions = await prepareSessions(inputs, { env: { ...env, ...proxied }, directory, runner });
    const signedIn = await enter(inputs, tools, sessions.needs);
    const { prepared, save, go } = await sessions.finish(signedIn, tools);
    await uninterrupted(async () => {
      // First: what is handed on may point to the endpoint, which the post step must find.
      save();
      handOn(signedIn, inputs, env, { directory, proxy, prepared }, runner);
      await go();
    });
  } finally {
    stop.abort();
  }
}

async function enter(inputs: SignInInputs, tools: LoginTools, also: Needed | null): Promise<SignedIn> {
  if (inputs.mode === 'login')
    return login(inputs, sourceOf(inputs.source), tools, also).catch(async (error: unknown) => {
      const { explainUnknownTenant } = await import('../login/unknown-tenant.ts');
      throw await explainUnknownTenant(error, inputs, tools);
    });
  const { signInAsMachine } = await import('./direct-login.ts');
  return signInAsMachine(inputs, env, tools, also);
}

// Whatever escapes all of that is told as carefully: Node would print the error as it is.
process.once('uncaughtException', (error) => {
  reportFailure(error, runner);
  exitAfterOutput(Promise.resolve(1));
});
exitAfterOutput(main());
