import { once } from 'node:events';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { application, codeOf, idTokenRequest, send } from './client.ts';
import { useEmulator } from './fixture.ts';

const emulator = useEmulator();

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`${emulator.current.control}${path}`, init);
  return { status: response.status, body: await response.json() };
}

test('shows state, environment, requests and refusals', async () => {
  await send(emulator.current, idTokenRequest(emulator.current));
  expect((await call('GET', '/state')).body).toMatchObject({ run: { owner: 'octo-org' } });
  expect((await call('GET', '/env')).body).toEqual(emulator.current.env);
  expect((await call('GET', '/requests')).body).toMatchObject([{ service: 'github-id-token', status: 200 }]);
  expect((await call('GET', '/refusals')).body).toEqual([]);
});

test('takes faults and refuses unknown ones', async () => {
  await call('POST', '/faults', { service: 'github-id-token', kind: 'status', status: 503, times: 1 });
  expect((await send(emulator.current, idTokenRequest(emulator.current))).status).toBe(503);
  expect((await call('POST', '/faults', { service: 'github-id-token', kind: 'fire' })).status).toBe(400);
  expect((await call('POST', '/faults', { service: 'gitlab', kind: 'reset' })).status).toBe(400);
});

test('changes the run and answers with its request environment', async () => {
  const { body } = await call('POST', '/run', { serverUrl: 'https://ghes.octo.example' });
  expect(body).toMatchObject({
    ACTIONS_ID_TOKEN_REQUEST_URL: expect.stringMatching(/^https:\/\/ghes\.octo\.example\/_services\//),
  });
  expect((await call('POST', '/run', { enviroment: 'x' })).status).toBe(400);
});

test('adds and removes a federated credential', async () => {
  const { appId } = application(emulator.current, 'octo-untrusting');
  const path = `/tenants/${emulator.current.env['AZURE_TENANT_ID']}/clients/${appId}`;
  const [credential] = application(emulator.current, 'octo-deploy').federatedIdentityCredentials;
  expect((await call('POST', `${path}/federatedIdentityCredentials`, credential)).status).toBe(200);
  expect((await call('POST', `${path}/federatedIdentityCredentials`, credential)).status).toBe(409);
  expect(await codeOf(emulator.current, { client: appId })).toBeUndefined();
  expect((await call('DELETE', `${path}/federatedIdentityCredentials/production`)).status).toBe(200);
  expect(await codeOf(emulator.current, { client: appId })).toBe(70025);
  expect((await call('DELETE', `${path}/federatedIdentityCredentials/production`)).status).toBe(404);
  expect((await call('POST', `${path}/federatedIdentityCredentials`, { name: 'x' })).status).toBe(400);
});

test('changes a client', async () => {
  const { AZURE_TENANT_ID, AZURE_CLIENT_ID } = emulator.current.env;
  const path = `/tenants/${AZURE_TENANT_ID}/clients/${AZURE_CLIENT_ID}`;
  await call('PATCH', path, { propagation: { attempts: 1, code: 7000229 } });
  expect([await codeOf(emulator.current), await codeOf(emulator.current)]).toEqual([7000229, undefined]);
  expect((await call('PATCH', path, { appId: 'x' })).status).toBe(400);
  expect((await call('PATCH', '/tenants/x/clients/y', {})).status).toBe(404);
});

test('moves clocks, rotates keys, hides issuers and resets', async () => {
  await call('POST', '/clock', { entra: 400 });
  expect(await codeOf(emulator.current)).toBe(700024);
  await call('POST', '/clock', { entra: 0 });
  expect(await codeOf(emulator.current)).toBeUndefined();
  await call('POST', '/github/rotate-keys');
  expect(await codeOf(emulator.current)).toBe(7000272);
  await call('POST', '/entra/forget-keys');
  expect(await codeOf(emulator.current)).toBeUndefined();
  await call('POST', '/unreachable-issuers', ['https://token.actions.githubusercontent.com']);
  await call('POST', '/entra/forget-keys');
  expect(await codeOf(emulator.current)).toBe(501661);
  const { requestToken } = emulator.current.state.run;
  await call('POST', '/reset');
  expect(emulator.current.requests()).toEqual([]);
  expect(emulator.current.state.run.requestToken).toBe(requestToken);
  expect(await codeOf(emulator.current)).toBeUndefined();
});

test.each([
  ['a rebound name', { host: 'evil.example' }],
  ['another port in Host', { host: '127.0.0.1:1' }],
  ['a page of another origin', { origin: 'https://evil.example' }],
])('refuses %s', async (_, headers) => {
  const asking = request(`${emulator.current.control}/state`, { headers, agent: false }).end();
  const [response] = await once(asking, 'response');
  response.resume();
  expect(response.statusCode).toBe(403);
});

test('answers 404, 405 and 400 for wrong calls', async () => {
  expect((await call('GET', '/nothing')).status).toBe(404);
  expect((await call('GET', '/faults')).status).toBe(405);
  const response = await fetch(`${emulator.current.control}/run`, { method: 'POST', body: '{' });
  expect(response.status).toBe(400);
});

test('a seed is merged over the default, faults included, and a typo is refused', async () => {
  const seeded = await createEmulator({
    seed: {
      run: { environment: null },
      faults: [{ service: 'github-id-token', kind: 'status', status: 500 }],
    },
  });
  try {
    expect(seeded.env['AZURE_CLIENT_ID']).toBe(application(seeded, 'octo-main-only').appId);
    expect((await send(seeded, idTokenRequest(seeded))).status).toBe(500);
    seeded.reset();
    expect((await send(seeded, idTokenRequest(seeded))).status).toBe(500);
  } finally {
    await seeded.close();
  }
  const typo = { run: { enviroment: 'x' } };
  await expect(createEmulator({ seed: typo as object })).rejects.toThrow('no "enviroment"');
});
