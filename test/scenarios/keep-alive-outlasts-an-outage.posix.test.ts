import { expect } from 'vitest';
import type { Fault } from '../../src/emulator/faults.ts';
import { applicationOf } from '../harness/application.ts';
import type { Failing } from '../harness/failing.ts';
import { ask, keepAliveScenario } from '../harness/keep-alive.ts';

const ARM = 'https://management.core.windows.net/';
const GRAPH = 'https://graph.microsoft.com';
// Longer than the endpoint waits for Entra: it gives up at once, as it does in the end by itself.
const retryAfter = '120';

keepAliveScenario('while Entra is down, a token that is still valid is served', async (scene) => {
  const { emulator, job, keepAlive } = scene;
  const { step, endpoint } = await keepAlive();
  await ask(endpoint);
  for (const service of ['entra-token', 'github-id-token'] as const)
    emulator.fault({ service, kind: 'status', status: 503, times: Number.POSITIVE_INFINITY });
  for (const resource of [ARM, undefined])
    for (let count = 0; count < 10; count++)
      expect((await ask(endpoint, resource ? { resource } : {})).status).toBe(200);
  expect((await job.post(step)).log[0]).toMatch(
    /^Keep-alive: 21 tokens served .*, 1 exchange, none failed\.$/,
  );
});

const PASSING: [string, Fault['service'], Failing][] = [
  ['Entra answers 503', 'entra-token', { kind: 'status', status: 503, retryAfter }],
  ['Entra answers 429', 'entra-token', { kind: 'status', status: 429, retryAfter }],
  ['Entra is out of its directory', 'entra-token', { kind: 'aadsts', code: 90033, retryAfter }],
  ['Entra throttles the tenant', 'entra-token', { kind: 'aadsts', code: 90055, retryAfter }],
  ['Entra takes us for a loop', 'entra-token', { kind: 'aadsts', code: 50196, retryAfter }],
  ['Entra has an error of its own', 'entra-token', { kind: 'aadsts', code: 999999, status: 500, retryAfter }],
  ['GitHub answers 503', 'github-id-token', { kind: 'status', status: 503, retryAfter }],
];

for (const [what, service, kind] of PASSING)
  keepAliveScenario(`a token that cannot be had because ${what} is answered 503`, async (scene) => {
    const { emulator, keepAlive } = scene;
    const { endpoint } = await keepAlive();
    emulator.fault({ ...kind, service });
    const refused = await ask(endpoint);
    expect([refused.status, refused.body['error']]).toEqual([503, 'temporarily_unavailable']);
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    expect(refused.headers['content-type']).toMatch(/^application\/json/);
  });

keepAliveScenario('what failed for a moment is had two seconds later', async ({ emulator, keepAlive }) => {
  const { endpoint } = await keepAlive();
  emulator.fault({ service: 'entra-token', kind: 'status', status: 503, retryAfter });
  const before = emulator.requests().length;
  expect((await ask(endpoint)).status).toBe(503);
  expect((await ask(endpoint)).status, 'without asking again').toBe(503);
  expect(emulator.requests()).toHaveLength(before + 2);
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  expect((await ask(endpoint)).status).toBe(200);
});

keepAliveScenario('an Entra that takes us for a loop is left alone for a while', async (scene) => {
  const { emulator, keepAlive } = scene;
  const { endpoint } = await keepAlive();
  emulator.fault({ service: 'entra-token', kind: 'aadsts', code: 50196 });
  const before = emulator.requests().length;
  expect((await ask(endpoint)).status).toBe(503);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect((await ask(endpoint)).status).toBe(503);
  expect(emulator.requests()).toHaveLength(before + 2);
});

keepAliveScenario('an error of Entra that passes within the request is not seen', async (scene) => {
  const { endpoint } = await scene.keepAlive();
  scene.emulator.fault({ service: 'entra-token', kind: 'aadsts', code: 90033, times: 2 });
  expect((await ask(endpoint)).status).toBe(200);
});

keepAliveScenario('a refusal of Entra is answered 400 with its code, and asked for once', async (scene) => {
  const { emulator, job, keepAlive } = scene;
  const { step, endpoint } = await keepAlive();
  const before = emulator.requests().length;
  const resource = 'https://nothing.example';
  const refusals = await Promise.all(Array.from({ length: 8 }, () => ask(endpoint, { resource })));
  for (const { status, body } of refusals) {
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: 'invalid_request', statusCode: 400 });
    expect(body['error_description']).toMatch(/^AADSTS500011: /);
    expect(body['message']).toBe(body['error_description']);
  }
  expect(emulator.requests()).toHaveLength(before + 2);
  expect((await ask(endpoint, { resource: GRAPH })).status, 'another resource').toBe(200);

  const post = await job.post(step);
  expect(post.log[0]).toMatch(/, 2 exchanges, 1 failed, the last with AADSTS500011: .*[^.]\.$/);
  expect(post.log).toContain('Log of the endpoint:');
});

keepAliveScenario(
  'a trust that is taken away during the job is a refusal',
  async ({ emulator, keepAlive }) => {
    const { endpoint } = await keepAlive();
    applicationOf(emulator).federatedIdentityCredentials = [];
    const { status, body } = await ask(endpoint);
    expect([status, body['error_description']]).toEqual([400, expect.stringMatching(/^AADSTS70025: /)]);
  },
);

keepAliveScenario(
  'a node of Entra that the trust has not reached is no refusal while wait-for-trust lasts',
  async ({ emulator, keepAlive }) => {
    const { endpoint } = await keepAlive({ inputs: { 'wait-for-trust': '60' } });
    applicationOf(emulator).propagation = { attempts: 1 };
    const refused = await ask(endpoint);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '2']);
    expect(refused.body['error_description']).toMatch(/^AADSTS700213: (?!.*wait-for-trust)/);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await ask(endpoint)).status).toBe(200);
  },
);

keepAliveScenario(
  'a trust that is missing after wait-for-trust is a refusal',
  async ({ emulator, keepAlive }) => {
    const { endpoint } = await keepAlive({ inputs: { 'wait-for-trust': '1' } });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    applicationOf(emulator).propagation = { attempts: 1 };
    expect((await ask(endpoint)).status).toBe(400);
  },
);

keepAliveScenario('require-claims holds for every ID token of the endpoint', async (scene) => {
  const { emulator, keepAlive } = scene;
  const { endpoint } = await keepAlive({ inputs: { 'require-claims': 'ref=refs/heads/main' } });
  emulator.state.run.ref = 'refs/heads/other';
  const before = emulator.requests().length;
  const { status, body } = await ask(endpoint);
  expect([status, body['error_description']]).toEqual([400, expect.stringMatching(/^guard-claim: /)]);
  expect(emulator.requests().slice(before), 'nothing is sent to Entra').toMatchObject([{ method: 'GET' }]);
});
