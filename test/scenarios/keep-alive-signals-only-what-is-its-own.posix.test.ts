import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import type { StepResult } from '../../src/emulator/runner/job.ts';
import { ask, endpointOf, isAlive, keepAliveScenario, until } from '../harness/keep-alive.ts';

const GONE = [expect.stringMatching(/^The endpoint of keep-alive had ended before this job did: /)];
const SILENT = [
  expect.stringMatching(/^The endpoint of keep-alive did not answer as it should, so its process was not /),
];

keepAliveScenario(
  'an endpoint that was killed refuses its clients, and the post step warns and cleans up',
  async ({ job, keepAlive }) => {
    const { step, endpoint } = await keepAlive();
    process.kill(endpoint.pid, 'SIGKILL');
    await until('the endpoint has ended', () => !isAlive(endpoint.pid));
    await expect(ask(endpoint)).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);

    const post = await job.post(step);
    expect(post.code).toBe(0);
    expect(post.warnings).toEqual(GONE);
    expect(post.log).toContain('Log of the endpoint:');
    expect(readdirSync(job.temp)).toEqual([]);
    expect((await job.post(step)).code, 'a second time').toBe(0);
  },
);

keepAliveScenario('an endpoint that does not answer is not signalled', async ({ job, keepAlive }) => {
  const { step, endpoint } = await keepAlive();
  process.kill(endpoint.pid, 'SIGSTOP');
  const started = performance.now();
  const post = await job.post(step);
  expect(performance.now() - started).toBeLessThan(15_000);
  expect([post.code, post.warnings]).toEqual([0, SILENT]);
  expect(readdirSync(job.temp)).toEqual([]);

  process.kill(endpoint.pid, 'SIGCONT');
  expect((await ask(endpoint)).status, 'had it been signalled, it would end now').toBe(200);
});

/** A process that the post step must not touch. */
function bystander(): number {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill());
  return child.pid ?? 0;
}

/** The saved state of a step, as if it had said otherwise. */
function altered(step: StepResult, change: Record<string, unknown>) {
  return {
    env: { STATE_endpoint: JSON.stringify({ ...JSON.parse(step.state['endpoint'] ?? ''), ...change }) },
  };
}

keepAliveScenario('a pid that the endpoint does not call its own is left alone', async (scene) => {
  const { job, keepAlive } = scene;
  const { step, endpoint } = await keepAlive();
  const pid = bystander();
  const post = await job.post(step, altered(step, { pid }));
  expect([post.code, post.warnings]).toEqual([0, SILENT]);
  expect([isAlive(pid), isAlive(endpoint.pid)]).toEqual([true, true]);
});

keepAliveScenario('a pid is left alone where nobody answers for it any more', async ({ job, keepAlive }) => {
  const { step, endpoint } = await keepAlive();
  process.kill(endpoint.pid, 'SIGKILL');
  await until('the endpoint has ended', () => !isAlive(endpoint.pid));
  const pid = bystander();
  const post = await job.post(step, altered(step, { pid }));
  expect([post.code, post.warnings]).toEqual([0, GONE]);
  expect(isAlive(pid)).toBe(true);
});

const UNPROVEN: [string, Record<string, unknown>][] = [
  ['another nonce', { nonce: 'another' }],
  ['a wrong secret', { header: 'wrong' }],
  ['another host', { status: 'http://localhost:1/entra-federate/x/status' }],
];

for (const [what, change] of UNPROVEN)
  keepAliveScenario(`an endpoint is not signalled on a state with ${what}`, async ({ job, keepAlive }) => {
    const { step, endpoint } = await keepAlive();
    const post = await job.post(step, altered(step, change));
    expect([post.code, post.warnings]).toEqual([0, SILENT]);
    expect((await ask(endpoint)).status).toBe(200);
  });

keepAliveScenario('files are removed also where the state of the endpoint cannot be read', async (scene) => {
  const { job, keepAlive } = scene;
  const { step } = await keepAlive();
  const post = await job.post(step, { env: { STATE_endpoint: '{' } });
  expect(post.code).toBe(0);
  expect(readdirSync(job.temp)).toEqual([]);
});

keepAliveScenario('each of two post steps ends its own endpoint only', async (scene) => {
  const { job, keepAlive } = scene;
  const first = await keepAlive();
  const second = await keepAlive({ inputs: { tokens: 'graph' } });
  expect(second.step.warnings).toEqual([]);
  expect(job.environment()).toMatchObject({
    IDENTITY_ENDPOINT: second.endpoint.url,
    IDENTITY_HEADER: second.endpoint.header,
  });
  expect([first.endpoint.nonce, first.endpoint.header]).not.toContain(second.endpoint.nonce);
  expect((await ask({ ...second.endpoint, header: first.endpoint.header })).status).toBe(401);
  expect([(await ask(first.endpoint)).status, (await ask(second.endpoint)).status]).toEqual([200, 200]);

  // The runner's order: last in, first out.
  expect((await job.post(second.step)).warnings).toEqual([]);
  await until('the second has ended', () => !isAlive(second.endpoint.pid));
  expect((await ask(first.endpoint)).status).toBe(200);
  expect((await job.post(first.step)).warnings).toEqual([]);
  await until('the first has ended', () => !isAlive(first.endpoint.pid));
  expect(readdirSync(job.temp)).toEqual([]);
});

keepAliveScenario(
  'a job that is cancelled leaves the endpoint to the post step',
  async ({ job, keepAlive }) => {
    const { step, endpoint } = await keepAlive();
    for (const signal of ['SIGINT', 'SIGHUP'] as const) process.kill(endpoint.pid, signal);
    expect((await ask(endpointOf(step))).status).toBe(200);
    const post = await job.post(step);
    expect(post.log[0]).toMatch(/^Keep-alive: 1 token served /);
  },
);
