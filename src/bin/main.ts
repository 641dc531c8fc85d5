import { randomUUID } from 'node:crypto';
import { idsToMask, type LoginInputs, parseInputs } from '../inputs/inputs.ts';
import { rawInputs } from '../inputs/table.ts';
import { systemClock } from '../io/clock.ts';
import type { Effects } from '../io/effects.ts';
import { privateDirectory, readJson } from '../io/files.ts';
import { createSend } from '../io/http.ts';
import { type ProxySetting, readProxy } from '../io/proxy.ts';
import { createRunner, missingRunnerFiles } from '../io/runner.ts';
import { login, type OpenSource, patienceFrom } from '../login/login.ts';
import { preflight } from '../login/preflight.ts';
import { DIRECTORY_STATE } from '../login/state.ts';
import { handOn } from '../login/step.ts';
import { reportFailure } from '../report/failed-step.ts';
import { githubSource, idTokenEndpoint } from '../sources/github.ts';
import { explainEmptyValue } from '../sources/github-absent.ts';
import { exitAfterOutput, uninterrupted } from './exit.ts';
import { prepareSessions } from './sessions.ts';
import { VERSION } from './version.ts';

const env = { ...process.env };
const runner = createRunner(env);
const { mask, debug } = runner;
const send = createSend(`entra-federate/${VERSION}`);
const fx: Effects = { send, clock: systemClock, random: Math.random, uuid: randomUUID, mask, debug };
const readEvent = () => readJson(env['GITHUB_EVENT_PATH']);

const openSource: OpenSource = (patience, signal) =>
  githubSource(idTokenEndpoint(env, readEvent), patience, fx, signal);

async function main(): Promise<number> {
  try {
    const proxy = readProxy(env);
    preflight(env, missingRunnerFiles(env), proxy);
    if (proxy.kind === 'proxy') process.env[proxy.variable] = proxy.value;
    const inputs = parseInputs(rawInputs(runner.input), () => explainEmptyValue(env, readEvent()));
    for (const id of idsToMask(inputs)) mask(id);
    if (inputs.mode === 'validate') {
      const { validateStep } = await import('./validate.ts');
      return await validateStep(inputs, openSource, { env, event: readEvent(), runner, fx });
    }
    await signIn(inputs, proxy);
    return 0;
  } catch (error) {
    reportFailure(error, runner);
    return 1;
  }
}

async function signIn(inputs: LoginInputs, setting: ProxySetting): Promise<void> {
  const proxied = setting.kind === 'proxy' ? { [setting.variable]: setting.value } : {};
  const proxy = setting.kind === 'proxy' ? setting.host : null;
  const stop = new AbortController();
  const tools = { patience: patienceFrom(inputs, fx.clock), fx, signal: stop.signal };
  // Saved before anything is made, so that the post step of a cancelled run knows of it too.
  const directory = privateDirectory(env['RUNNER_TEMP'] ?? '', randomUUID(), (path) =>
    runner.saveState(DIRECTORY_STATE, path),
  );
  try {
    const sessions = await prepareSessions(inputs, { env: { ...env, ...proxied }, directory, runner });
    const signedIn = await login(inputs, openSource, tools, sessions.needs);
    const { prepared, go } = await sessions.finish(signedIn, tools);
    await uninterrupted(async () => {
      handOn(signedIn, inputs, env, { directory, proxy, prepared }, runner);
      await go();
    });
  } finally {
    stop.abort();
  }
}

// Whatever escapes all of that is told as carefully: Node would print the error as it is.
process.once('uncaughtException', (error) => {
  reportFailure(error, runner);
  exitAfterOutput(Promise.resolve(1));
});
exitAfterOutput(main());
