import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointStatus } from '../endpoint/handover.ts';
import { askLoopback, type LoopbackAnswer } from '../io/loopback.ts';
import type { Runner } from '../io/runner.ts';
import type { EndpointState } from '../login/state.ts';
import { plain } from '../report/escape.ts';

const ANSWER_MS = 10_000;
const END_MS = 3_000;
const LOG_LINES = 30;

/**
 * Stops the endpoint that the main step started, once it has proven that the saved pid is its own, and says what it
 * did; after trouble also what its log says. A process that does not prove it is not signalled.
 */
export async function stopEndpoint(saved: string, runner: Runner): Promise<void> {
  const state = JSON.parse(saved) as EndpointState;
  runner.mask(state.header);
  const answer = await ask(state);
  const status = statusIn(answer);
  if (status === null || status.nonce !== state.nonce || status.pid !== state.pid) {
    runner.warning(goneText(answer));
    showLog(state, runner);
    return;
  }
  process.kill(state.pid, 'SIGTERM');
  const until = performance.now() + END_MS;
  while ((await ask(state)).kind === 'answer' && performance.now() < until) await sleep(20);
  runner.info(servedText(status));
  if (status.failures > 0) showLog(state, runner);
}

function ask({ status, header }: EndpointState): Promise<LoopbackAnswer> {
  return askLoopback(new URL(status), { 'x-identity-header': header }, ANSWER_MS);
}

function statusIn(answer: LoopbackAnswer): EndpointStatus | null {
  try {
    return answer.kind === 'answer' ? (JSON.parse(answer.body) as EndpointStatus) : null;
  } catch {
    return null;
  }
}

function goneText({ kind }: LoopbackAnswer): string {
  return kind === 'refused'
    ? 'The endpoint of keep-alive had ended before this job did: clients that asked it after that got a connection error.'
    : 'The endpoint of keep-alive did not answer as it should, so its process was not signalled; the runner ends it with the job.';
}

function servedText({ uptimeSeconds, served, exchanges, failures, lastError }: EndpointStatus): string {
  const times = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  const troubles =
    failures === 0 ? 'none failed' : `${failures} failed, the last with ${lastError?.replace(/\.$/, '')}`;
  return plain(
    `Keep-alive: ${times(served, 'token')} served in ${times(uptimeSeconds, 'second')}, ${times(exchanges, 'exchange')}, ${troubles}.`,
  );
}

function showLog({ log }: EndpointState, runner: Runner): void {
  try {
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LOG_LINES);
    runner.info(['Log of the endpoint:', ...lines.map((line) => `  ${plain(line)}`)].join('\n'));
  } catch {
    runner.info('The endpoint left no log.');
  }
}
