import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { StepOptions } from '../../src/emulator/runner/job.ts';
import { HAS_PROC, type KeepAliveScene, keepAliveScenario, until } from '../harness/keep-alive.ts';

/** A sentence about a step after which no endpoint may be left: by what it leaves to the runner, or Linux knows. */
function endsAlone(sentence: string, body: (scene: KeepAliveScene) => Promise<void>): void {
  if (!HAS_PROC) return;
  keepAliveScenario(sentence, async (scene) => {
    await body(scene);
    await until('no endpoint is left', () => scene.left().length === 0, 3_000);
  });
}

const FAILING: [string, StepOptions, RegExp][] = [
  [
    'Entra does not trust',
    { inputs: { 'client-id': 'aaaaaaaa-0000-4000-8000-000000000006' } },
    /^AADSTS70025: /,
  ],
  [
    'a guard does not let pass',
    { inputs: { 'allowed-clients': '77777777-7777-4777-8777-777777777777' } },
    /^guard-client: /,
  ],
  ['a claim keeps from Entra', { inputs: { 'require-claims': 'ref=refs/heads/release' } }, /^guard-claim: /],
  [
    'has no permission to ask for an ID token',
    { env: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined } },
    /^id-token-permission: /,
  ],
];

for (const [what, options, error] of FAILING)
  endsAlone(`a step that ${what} leaves no endpoint`, async ({ job, signIn }) => {
    const step = await signIn({ ...options, inputs: { 'keep-alive': 'true', ...options.inputs } });
    expect(step.code).toBe(1);
    expect(step.error()).toMatch(error);
    expect([step.outputs, step.variables]).toEqual([{}, {}]);
    expect((await job.post(step)).warnings).toEqual([]);
    expect(readdirSync(job.temp)).toEqual([]);
  });

/** The log of the one endpoint whose directory lies there; empty while there is none. */
function logIn(temp: string): string {
  const [name = ''] = readdirSync(temp, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('endpoint.log'),
  );
  return name === '' ? '' : readFileSync(join(temp, name), 'utf8');
}

endsAlone('a step that cannot hand its tokens on leaves no endpoint', async ({ job, signIn }) => {
  const unwritable = join(job.root, 'a-directory');
  mkdirSync(unwritable);
  const step = await signIn({ inputs: { 'keep-alive': 'true' }, env: { GITHUB_ENV: unwritable } });
  expect(step.error()).toMatch(/^export-failed: /);
  expect(logIn(job.temp), 'it had begun by then').toContain('token for arm');
});

for (const signal of ['SIGKILL', 'SIGINT', 'SIGTERM'] as const)
  endsAlone(`a step that ${signal} ends amid its sign-in leaves no endpoint`, async (scene) => {
    const { emulator, job, signIn, left } = scene;
    emulator.fault({ service: 'entra-token', kind: 'latency', ms: 10_000 });
    let seen = 0;
    const underWay = (stdout: string) => {
      seen = Math.max(seen, left().length);
      return seen > 1 && stdout.includes('::add-mask::');
    };
    const step = await signIn({
      inputs: { 'keep-alive': 'true' },
      interrupt: { when: underWay, signal },
    });
    expect(seen, 'the step and its endpoint').toBe(2);
    expect(step.code).not.toBe(0);
    expect((await job.post(step)).warnings).toEqual([]);
    expect(readdirSync(job.temp)).toEqual([]);
  });

endsAlone('a step that is killed while it hands its tokens on leaves no endpoint', async (scene) => {
  const { job, signIn } = scene;
  // Nobody reads this pipe: the step stands still in the midst of its export, its endpoint listening.
  const pipe = join(job.root, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const listens = () => logIn(job.temp).includes('token for arm');
  const step = await signIn({
    inputs: { 'keep-alive': 'true' },
    env: { GITHUB_OUTPUT: pipe },
    interrupt: { when: listens, signal: 'SIGKILL' },
  });
  expect([step.code, step.variables]).toEqual([null, {}]);
  await until('its endpoint has ended', () => scene.left().length === 0);
  expect((await job.post(step)).code).toBe(0);
  expect(readdirSync(job.temp)).toEqual([]);
});
