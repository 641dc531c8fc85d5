import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import type { Job, StepOptions, StepResult } from '../../src/emulator/runner/job.ts';
import { type ScenarioOptions, type Scene, scenario } from './scenario.ts';

/** An endpoint as the step that started it tells of it. */
export interface Endpoint {
  /** What IDENTITY_ENDPOINT and IDENTITY_HEADER hold. */
  readonly url: string;
  readonly header: string;
  readonly port: number;
  readonly pid: number;
  readonly nonce: string;
  /** Path of its log. */
  readonly log: string;
}

/** A job whose endpoints are known, and do not outlive their test. */
export interface KeepAliveScene extends Scene {
  /** Signs in with `keep-alive: true`, which must succeed. */
  readonly keepAlive: (options?: StepOptions) => Promise<{ step: StepResult; endpoint: Endpoint }>;
  /** Processes that carry the tracking id of this job, by which a runner finds what is left behind. Linux only. */
  readonly left: () => number[];
}

/** Processes are read in /proc. */
export const HAS_PROC = process.platform === 'linux';

/** A scenario at whose end every endpoint of its job is ended, as the runner does with the job. */
export function keepAliveScenario(
  sentence: string,
  body: (scene: KeepAliveScene) => Promise<void>,
  options: ScenarioOptions = {},
): void {
  scenario(
    sentence,
    async (scene) => {
      const { job, signIn } = scene;
      const trackingId = `github_${randomUUID()}`;
      job.exported['RUNNER_TRACKING_ID'] = trackingId;
      const left = () => processesWith(`RUNNER_TRACKING_ID=${trackingId}`);
      onTestFinished(() => {
        for (const pid of HAS_PROC ? left() : savedPids(job)) end(pid);
      });
      await body({
        ...scene,
        left,
        async keepAlive(step = {}) {
          const result = await signIn({ ...step, inputs: { 'keep-alive': 'true', ...step.inputs } });
          expect(result.code, result.stdout).toBe(0);
          return { step: result, endpoint: endpointOf(result) };
        },
      });
    },
    options,
  );
}

/** The endpoint of a step, from its outputs and its saved state. */
export function endpointOf({ outputs, state }: StepResult): Endpoint {
  const { pid, nonce, log } = JSON.parse(state['endpoint'] ?? '{}');
  const url = outputs['identity-endpoint'] ?? '';
  return { url, header: outputs['identity-header'] ?? '', port: Number(new URL(url).port), pid, nonce, log };
}

/** Whether a process is there, a stopped one too; one that has ended and was not collected yet is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !HAS_PROC || !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until something holds; fails with what it is when it does not come about in time. */
export async function until(what: string, holds: () => boolean, withinMs = 5_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(10);
  }
}

/** What is asked of an endpoint, over what the managed identity protocol asks for. */
export interface Question {
  readonly resource?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly agent?: Agent;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: Readonly<Record<string, string>>;
}

export const VAULT = 'https://vault.azure.net';

/** Asks as managed identity clients do; fails where the connection does. */
export function ask(to: Pick<Endpoint, 'url' | 'header'>, question: Question = {}): Promise<Answer> {
  const { resource = VAULT, method = 'GET', path, body, agent } = question;
  const url = new URL(to.url);
  const query = `?api-version=2019-08-01&resource=${encodeURIComponent(resource)}`;
  const headers = { 'x-identity-header': to.header, ...question.headers };
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const options = { host: url.hostname, port: url.port, path: path ?? url.pathname + query };
    const asking = request({ ...options, method, headers: sent, agent: agent ?? false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.once('error', reject).once('end', () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, text, body: text === '' ? {} : JSON.parse(text) });
      });
    });
    asking.once('error', reject).end(body);
  });
}

function processesWith(variable: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => procOf(pid, 'environ').includes(variable));
}

/** The texts of a file of /proc, parted by NUL; none where the process has gone. */
export function procOf(pid: number, file: 'environ' | 'cmdline'): string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function savedPids(job: Job): number[] {
  return job.steps.flatMap(({ state }) => (state['endpoint'] ? [JSON.parse(state['endpoint']).pid] : []));
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}
