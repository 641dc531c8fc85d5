import { randomUUID } from 'node:crypto';
import { unknownEvent } from '../cli/events.ts';
import { type Outcome, unusable, withWarnings } from '../cli/outcome.ts';
import { type RunFlags, runFromFlags } from '../cli/subject.ts';
import { chosenCloud } from '../inputs/cloud.ts';
import type { ValidateInputs } from '../inputs/inputs.ts';
import { parseInputs, timeoutOf } from '../inputs/parse.ts';
import { type InputName, rawInputs } from '../inputs/table.ts';
import { systemClock } from '../io/clock.ts';
import type { Effects, Environment } from '../io/effects.ts';
import { errorCode } from '../io/error-code.ts';
import { readOrigin } from '../io/git-origin.ts';
import { createSend } from '../io/http.ts';
import { readProxy } from '../io/proxy.ts';
import { writeReport } from '../io/report-file.ts';
import { readWorkflows, type WorkflowFile } from '../io/workflows.ts';
import { guardIds } from '../login/guards.ts';
import { plain } from '../report/escape.ts';
import { Failure } from '../report/failure.ts';
import { diagnosisText } from '../report/text.ts';
import { patienceUntil } from '../retry/policy.ts';
import { restApi } from '../sources/github-host.ts';
import type { Report } from '../validate/model.ts';
import { githubReader } from '../validate/observe/github.ts';
import { isRemoteOf } from '../validate/remote.ts';
import { jsonReport } from '../validate/report/json.ts';
import { sarifReport } from '../validate/report/sarif.ts';
import { terminalText } from '../validate/report/terminal.ts';
import { validate } from '../validate/validate.ts';
import { allWorkflowFacts } from '../validate/workflow-facts.ts';
import { askForCloud } from './custom-cloud.ts';
import { expectedCredentials } from './expected-credentials.ts';
import { laptopAccess } from './laptop-access.ts';
import { remedyOnce } from './not-signed-in.ts';
import { VERSION } from './version.ts';

/** What `validate` was asked on the command line. */
export interface ValidateFlags {
  readonly run: RunFlags;
  readonly inputs: Readonly<Partial<Record<InputName, string>>>;
}

/** `validate` from a laptop: for a run that is described, read as the person who is signed in. */
export async function validateCommand(
  { run: flags, inputs: given }: ValidateFlags,
  env: Environment,
  colour: boolean,
  progress: (text: string) => void,
): Promise<Outcome> {
  const run = runFromFlags(flags);
  if ('problem' in run) return unusable(run.problem);
  const serverUrl = env['GITHUB_SERVER_URL'] || 'https://github.com';
  const api = restApi(serverUrl, env['GITHUB_API_URL']);
  if (api === null) return unusable('GITHUB_SERVER_URL and GITHUB_API_URL do not name one GitHub by https');
  const network = networkProblem(env);
  if (network !== null) return unusable(network);
  try {
    const raw = rawInputs((name) => (name === 'mode' ? 'validate' : (given[name] ?? '')));
    const fx = effects(progress);
    const chosen = chosenCloud(raw.cloud);
    const times = { startedAt: fx.clock.now(), timeoutMs: timeoutOf(raw) };
    const cloud = chosen instanceof URL ? await askForCloud(chosen, times, fx) : chosen;
    const inputs = parseInputs(raw, cloud, () => 'Give it as a flag.');
    if (inputs.mode !== 'validate') return unusable('only validate is a command');
    guardIds(inputs);
    const report = await validateRun(inputs, run, { env, serverUrl, api, fx }, progress);
    return withWarnings(outcomeOf(report, inputs, colour), unknownEvent(run.eventName));
  } catch (error) {
    if (error instanceof Failure) {
      const { status, ...outcome } = unusable(diagnosisText(error.diagnosis));
      return { ...outcome, status: error.diagnosis.code.startsWith('guard-') ? 1 : status };
    }
    throw error;
  }
}

/** The same care for certificates and proxies as in a workflow; null where there is nothing to say. */
function networkProblem(env: Environment): string | null {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    return 'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the verification of certificates: unset it, and name a CA in NODE_EXTRA_CA_CERTS';
  const proxy = readProxy(env);
  if (proxy.kind === 'proxy') process.env[proxy.variable] = proxy.value;
  return proxy.kind === 'unusable' ? `the proxy in ${proxy.variable} cannot be used: ${proxy.reason}` : null;
}

function effects(progress: (text: string) => void): Effects {
  return {
    send: createSend(`entra-federate/${VERSION}`),
    clock: systemClock,
    random: Math.random,
    uuid: randomUUID,
    mask: () => {},
    debug: () => {},
    warn: progress,
  };
}

async function validateRun(
  inputs: ValidateInputs,
  run: Exclude<ReturnType<typeof runFromFlags>, { problem: string }>,
  { env, serverUrl, api, fx }: { env: Environment; serverUrl: string; api: URL; fx: Effects },
  progress: (text: string) => void,
): Promise<Report> {
  const signal = new AbortController().signal;
  const startedAt = fx.clock.now();
  const patience = patienceUntil(startedAt + inputs.timeoutMs, startedAt);
  const token = env['GITHUB_TOKEN'] || env['GH_TOKEN'];
  const reader = token ? githubReader(token, { fx, patience, signal }) : null;
  const access = laptopAccess(inputs, run, serverUrl, reader && { reader, api });
  const task = {
    ...inputs,
    expected: expectedCredentials(inputs.expectedCredentials),
    github: token ? { api, token } : null,
    serverUrl,
    workflows: allWorkflowFacts(ownWorkflows(serverUrl, run.repository)),
    context: {
      cloud: inputs.cloud.name,
      server_url: serverUrl,
      event_name: run.eventName,
      environment: run.environment,
      ...(run.ref ? { ref: run.ref } : {}),
    },
  };
  return validate(task, { access, fx, patience, signal, progress });
}

// Workflows of another repository say nothing of this one: then its own are read from GitHub, where that can be asked.
function ownWorkflows(serverUrl: string, repository: string): WorkflowFile[] | null {
  const origin = readOrigin('.');
  return origin !== null && isRemoteOf(origin, serverUrl, repository) ? readWorkflows('.') : null;
}

function outcomeOf(report: Report, inputs: ValidateInputs, colour: boolean): Outcome {
  const verdict = statusOf(report, inputs);
  const unwritten = writeFiles(report, inputs);
  const answer = { json: jsonReport(report), text: terminalText(remedyOnce(report), colour) };
  if (unwritten.length === 0) return { ...answer, status: verdict };
  // A verdict that is none of a pass weighs more than a file.
  return { ...answer, status: verdict === 0 ? 2 : verdict, trouble: unwritten.join('\n') };
}

/** Writes the files that were asked for; gives what is to be said of those that could not be written. */
function writeFiles(report: Report, { reportFile, sarifFile }: ValidateInputs): string[] {
  return [
    ...(reportFile ? writeFile('report-file', reportFile, jsonReport(report)) : []),
    ...(sarifFile ? writeFile('sarif-file', sarifFile, sarifReport(report, VERSION)) : []),
  ];
}

function writeFile(flag: InputName, path: string, json: object): string[] {
  try {
    writeReport(path, JSON.stringify(json, null, 2));
    return [];
  } catch (error) {
    return [`--${flag}: ${plain(path)} could not be written (${errorCode(error) ?? 'unknown'})`];
  }
}

function statusOf({ result }: Report, { failOn }: ValidateInputs): 0 | 1 | 3 {
  if (result === 'pass' || failOn === 'never') return 0;
  return result === 'fail' ? 1 : 3;
}
