import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Job } from '../../src/emulator/runner/job.ts';
import { ask, HAS_PROC, isAlive, keepAliveScenario, procOf, until, VAULT } from '../harness/keep-alive.ts';

const CLIENT = 'aaaaaaaa-0000-4000-8000-000000000001';
const ARM = 'https://management.core.windows.net/';

keepAliveScenario(
  'keep-alive serves tokens for any audience at what later steps find in their environment',
  async ({ emulator, job, keepAlive }) => {
    const { step } = await keepAlive();
    const { IDENTITY_ENDPOINT, IDENTITY_HEADER, AZURE_FEDERATED_TOKEN_FILE } = job.environment();
    const found = { url: IDENTITY_ENDPOINT ?? '', header: IDENTITY_HEADER ?? '' };
    expect(AZURE_FEDERATED_TOKEN_FILE).toBeUndefined();
    expect(step.outputs).toMatchObject({ 'identity-endpoint': found.url, 'identity-header': found.header });
    expect(step.masks).toContain(found.header);

    const before = emulator.requests().length;
    const answer = await ask(found);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual([
      'access_token',
      'client_id',
      'expires_in',
      'expires_on',
      'resource',
      'token_type',
    ]);
    expect(answer.body).toMatchObject({ client_id: CLIENT, resource: VAULT, token_type: 'Bearer' });
    expect(emulator.issued()).toContain(answer.body['access_token']);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(Object.keys(answer.headers).some((name) => name.startsWith('access-control-'))).toBe(false);
    expect(emulator.requests().slice(before)).toMatchObject([
      { method: 'GET', query: { audience: 'api://AzureADTokenExchange' } },
      { method: 'POST', form: { scope: `${VAULT}/.default`, client_id: CLIENT } },
    ]);
  },
);

keepAliveScenario(
  'keep-alive gives again what it has, that of the step among it',
  async ({ keepAlive, traffic }) => {
    const { step, endpoint } = await keepAlive();
    const before = traffic().length;
    const arm = await ask(endpoint, { resource: ARM });
    expect(arm.body['access_token']).toBe(step.outputs['access-token']);
    expect(traffic()).toHaveLength(before);
    const [first, second] = [await ask(endpoint), await ask(endpoint)];
    expect(second.body['access_token']).toBe(first.body['access_token']);
    expect(traffic()).toHaveLength(before + 2);
  },
);

for (const [workspace, steps] of [
  ['/home/runner/work/octo-repo/octo-repo', 'the steps of this job'],
  ['/__w/octo-repo/octo-repo', 'the steps in the container of this job'],
] as const)
  keepAliveScenario(`the log says that it serves ${steps}, and no docker`, async ({ keepAlive, signIn }) => {
    const env = { GITHUB_WORKSPACE: workspace };
    const { step } = await keepAlive({ env });
    const said = (log: readonly string[]) => log.filter((line) => line.includes('`docker run`'));
    expect(said(step.log)).toEqual([expect.stringContaining(`serves ${steps} on their loopback`)]);
    expect(said((await signIn({ env, inputs: { 'keep-alive': 'false' } })).log)).toEqual([]);
  });

keepAliveScenario('the post step ends it and says what it did', async ({ job, keepAlive }) => {
  const { step, endpoint } = await keepAlive();
  for (let count = 0; count < 3; count++) await ask(endpoint);
  expect(isAlive(endpoint.pid)).toBe(true);

  const post = await job.post(step);
  expect(post.code).toBe(0);
  expect(post.log).toEqual([
    expect.stringMatching(/^Keep-alive: 3 tokens served in \d+ seconds?, 1 exchange, none failed\.$/),
    'Removed the files of this sign-in.',
  ]);
  expect(post.warnings).toEqual([]);
  await until('the process has ended', () => !isAlive(endpoint.pid));
  expect(readdirSync(job.temp)).toEqual([]);
  await expect(ask(endpoint)).rejects.toThrow('ECONNREFUSED');
});

/** Files below a directory that hold one of the texts. */
function filesWith(directory: string, texts: readonly string[]): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .filter((path) => texts.some((text) => readFileSync(path, 'utf8').includes(text)));
}

function secretsOf(job: Job, issued: readonly string[], header: string): string[] {
  const { ACTIONS_ID_TOKEN_REQUEST_TOKEN = '' } = job.environment();
  return [ACTIONS_ID_TOKEN_REQUEST_TOKEN, header, ...issued];
}

keepAliveScenario('its log is private and holds neither token nor query', async (scene) => {
  const { emulator, job, keepAlive } = scene;
  const { endpoint } = await keepAlive();
  await ask(endpoint);
  await ask(endpoint, { headers: { 'x-identity-header': 'guess' } });

  expect(statSync(endpoint.log).mode & 0o777).toBe(0o600);
  const log = readFileSync(endpoint.log, 'utf8');
  expect(log).toMatch(/ token for keyvault: good for \d+ minutes\n/);
  const segments = secretsOf(job, emulator.issued(), endpoint.header).flatMap((text) => [
    text,
    ...text.split('.').slice(1),
  ]);
  expect(segments.filter((text) => log.includes(text))).toEqual([]);
  expect(log).not.toMatch(/resource=|api-version|guess|\/msi\/token/);
  expect(log).not.toContain(endpoint.nonce);
});

keepAliveScenario('neither its log nor the post step names a resource without an alias', async (scene) => {
  const { step, endpoint } = await scene.keepAlive();
  await ask(endpoint, { resource: 'https://hidden.example' });
  const log = readFileSync(endpoint.log, 'utf8');
  expect(log).toMatch(/ no token for another resource, next in 15 s: AADSTS500011/);
  expect(log).not.toContain('hidden.example');
  expect((await scene.job.post(step)).stdout).not.toContain('hidden.example');
});

if (HAS_PROC)
  keepAliveScenario('its secrets stand in no argument, environment or other file', async (scene) => {
    const { emulator, job, keepAlive, left } = scene;
    const { step, endpoint } = await keepAlive({ env: { GITHUB_TOKEN: 'ghs_of_the_job' } });
    await ask(endpoint);
    expect(left(), 'found by the tracking id of the job').toEqual([endpoint.pid]);
    const secrets = secretsOf(job, emulator.issued(), endpoint.header);
    const shown = [...procOf(endpoint.pid, 'cmdline'), ...procOf(endpoint.pid, 'environ')];
    expect(shown.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
    expect(shown.filter((text) => /^(INPUT_|STATE_|ACTIONS_|GITHUB_TOKEN=)/.test(text))).toEqual([]);

    const own = [endpoint.header, endpoint.nonce, job.environment()['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''];
    const places = filesWith(job.root, own).map((path) => path.slice(job.root.length));
    expect(places.sort()).toEqual(['/step-1/env', '/step-1/output', '/step-1/state']);
    expect(Object.keys(step.state).sort()).toEqual(['directory', 'endpoint']);
  });
