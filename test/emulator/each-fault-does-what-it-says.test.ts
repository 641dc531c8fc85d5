import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { ConnectionFault, RequestFault } from '../../src/emulator/faults.ts';
import { codeOf, type ErrorBody, idTokenRequest, send, tokenRequest } from './client.ts';
import { useEmulator } from './fixture.ts';

const emulator = useEmulator();

/** Sets the fault for ID tokens, then asks for one over the wire. */
async function withFault(fault: (ConnectionFault | RequestFault) & { times?: null }, signal?: AbortSignal) {
  emulator.current.fault({ service: 'github-id-token', ...fault });
  return send(emulator.current, idTokenRequest(emulator.current), signal ? { signal } : {});
}

async function healthy(): Promise<void> {
  expect((await send(emulator.current, idTokenRequest(emulator.current))).status).toBe(200);
}

test('latency: a proper answer, late', async () => {
  const begin = performance.now();
  const reply = await withFault({ kind: 'latency', ms: 120 });
  expect(performance.now() - begin).toBeGreaterThan(115);
  expect(JSON.parse(reply.text)).toHaveProperty('value');
});

test('reset: the connection breaks after the request, once', async () => {
  await expect(withFault({ kind: 'reset' })).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(emulator.current.requests()).toMatchObject([{ service: 'github-id-token', status: null }]);
  await healthy();
});

test('refused: the proxy cannot connect', async () => {
  await expect(withFault({ kind: 'refused' })).rejects.toThrow('CONNECT 502');
  expect(emulator.current.requests()).toEqual([]);
  await healthy();
});

test('tls: the handshake is cut', async () => {
  await expect(withFault({ kind: 'tls' })).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(emulator.current.requests()).toEqual([]);
  await healthy();
});

test('tls-untrusted: a certificate of an unknown authority', async () => {
  await expect(withFault({ kind: 'tls-untrusted' })).rejects.toMatchObject({
    code: expect.stringMatching(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/),
  });
  await healthy();
});

test.each([429, 500, 502, 503, 504, 404])('status: %i', async (status) => {
  const reply = await withFault({ kind: 'status', status, retryAfter: '7' });
  expect([reply.status, reply.headers['retry-after']]).toEqual([status, '7']);
  expect(emulator.current.requests()[0]?.status).toBe(status);
});

test('status: with a body of its own and without Retry-After', async () => {
  const reply = await withFault({
    kind: 'status',
    status: 503,
    body: '<h1>no</h1>',
    contentType: 'text/html',
  });
  expect(reply).toMatchObject({ text: '<h1>no</h1>', headers: { 'content-type': 'text/html' } });
  expect(reply.headers).not.toHaveProperty('retry-after');
});

test('empty and non-json: a 200 that says nothing', async () => {
  expect(await withFault({ kind: 'empty' })).toMatchObject({ status: 200, text: '' });
  const page = await withFault({ kind: 'non-json' });
  expect(page.status).toBe(200);
  expect(() => JSON.parse(page.text)).toThrow();
});

test('truncated: the connection closes within the body', async () => {
  await expect(withFault({ kind: 'truncated' })).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('huge: the body does not end', async () => {
  await expect(withFault({ kind: 'huge' }, AbortSignal.timeout(150))).rejects.toThrow();
  expect(emulator.current.requests()[0]?.status).toBeNull();
});

test('redirect: to where it is told', async () => {
  const reply = await withFault({ kind: 'redirect', location: 'https://evil.example/' });
  expect([reply.status, reply.headers['location']]).toEqual([302, 'https://evil.example/']);
});

test('drip: a byte at a time', async () => {
  const begin = performance.now();
  await expect(withFault({ kind: 'drip' }, AbortSignal.timeout(150))).rejects.toThrow();
  expect(performance.now() - begin).toBeLessThan(1000);
  emulator.current.fault({ service: 'github-id-token', kind: 'drip', ms: 2 });
  const unauthorized = idTokenRequest(emulator.current, null, { headers: {} });
  expect(await send(emulator.current, unauthorized)).toMatchObject({
    status: 401,
    text: '{"message":"Unauthorized"}',
  });
});

test.each([
  [90055, 429, undefined],
  [90033, 503, undefined],
  [50196, 400, undefined],
  [700213, 401, undefined],
  [999999, 400, undefined],
  [999999, 503, 503],
])('aadsts: %i as %i', async (code, expected, status) => {
  emulator.current.fault({
    service: 'entra-token',
    kind: 'aadsts',
    code,
    retryAfter: '3',
    ...(status && { status }),
  });
  const reply = await send(emulator.current, await tokenRequest(emulator.current));
  const body = JSON.parse(reply.text) as ErrorBody;
  expect([reply.status, body.error_codes, reply.headers['retry-after']]).toEqual([expected, [code], '3']);
  expect(body.error_description).toMatch(new RegExp(`^AADSTS${code}: [^{}]+ Trace ID: `));
});

test('times: as often as said, null for ever, and reset ends it', async () => {
  emulator.current.fault({ service: 'github-id-token', kind: 'status', status: 500, times: 2 });
  const statuses = [];
  for (let index = 0; index < 3; index++)
    statuses.push((await send(emulator.current, idTokenRequest(emulator.current))).status);
  expect(statuses).toEqual([500, 500, 200]);
  emulator.current.fault({ service: 'github-id-token', kind: 'refused', times: null });
  for (let index = 0; index < 3; index++) await expect(healthy()).rejects.toThrow('502');
  emulator.current.reset();
  await healthy();
});

test('a fault of one service leaves the others alone', async () => {
  emulator.current.fault({ service: 'entra-token', kind: 'reset', times: null });
  await healthy();
  await expect(send(emulator.current, await tokenRequest(emulator.current))).rejects.toMatchObject({
    code: 'ECONNRESET',
  });
});

test('a fault of the issuer keeps Entra from its keys', async () => {
  emulator.current.fault({ service: 'github-jwks', kind: 'status', status: 500 });
  expect(await codeOf(emulator.current)).toBe(501661);
  expect(await codeOf(emulator.current)).toBeUndefined();
});

test('close ends a fault that never ends', async () => {
  const own = await createEmulator({ seed: { faults: [{ service: 'github-id-token', kind: 'huge' }] } });
  const endless = send(own, idTokenRequest(own)).catch((error: Error) => error.message);
  while (own.requests().length === 0) await delay(5);
  await own.close();
  expect(await endless).toMatch(/aborted|ECONNRESET|hang up/);
});
