import { expect, test } from 'vitest';
import type { Minted } from '../../../src/endpoint/cache.ts';
import { ARM, createScene, MINUTE, type Outcome, SECOND } from './cache-scene.ts';
import { settled } from './fake-timers.ts';

const PASSING: Minted = { ok: false, permanent: false, code: 'entra-unavailable', description: 'later' };
const FINAL: Minted = { ok: false, permanent: true, code: 'AADSTS500011', description: 'no such resource' };

test('one exchange serves all who ask meanwhile', async () => {
  const gate = Promise.withResolvers<Outcome>();
  const { get, asked } = createScene(() => gate.promise);
  const all = Array.from({ length: 64 }, () => get());
  await settled();
  gate.resolve(60);
  expect(new Set(await Promise.all(all))).toEqual(new Set(['token-1']));
  expect(asked).toHaveLength(1);
});

test('two resources are exchanged at the same time', async () => {
  const gate = Promise.withResolvers<Outcome>();
  const { get, asked } = createScene(() => gate.promise);
  const both = [get('a'), get('b')];
  await settled();
  expect(asked.map(({ resource }) => resource)).toEqual(['a', 'b']);
  gate.resolve(60);
  expect(await Promise.all(both)).toEqual(['token-1', 'token-2']);
});

test('renews when half an hour is left, before anybody has to wait', async () => {
  const { get, timers, times } = createScene((count) => (count === 1 ? 75 : 60));
  await get();
  await timers.advance(10 * MINUTE);
  expect(await get()).toBe('token-1');
  await timers.advance(35 * MINUTE - 1);
  expect(times()).toEqual([0]);
  await timers.advance(1);
  expect(times()).toEqual([0, 45 * 60]);
  expect(await get()).toBe('token-2');
});

test('renews a token that lives short at half of its life', async () => {
  const { get, timers, times } = createScene(() => 20);
  await get();
  await get();
  await timers.advance(10 * MINUTE);
  expect(times()).toEqual([0, 600]);
});

test('renews for as long as somebody asks', async () => {
  const { askEvery, asked } = createScene();
  const came = await askEvery(5 * MINUTE, 6 * 60 * MINUTE);
  expect(came.every((one) => typeof one === 'string')).toBe(true);
  expect(asked.length).toBeGreaterThanOrEqual(10);
  expect(asked.length).toBeLessThanOrEqual(13);
});

test('lets lapse what nobody asks for, and gets it anew for who comes later', async () => {
  const { get, timers, times } = createScene();
  await get();
  await timers.advance(10 * 60 * MINUTE);
  expect(times()).toEqual([0]);
  expect(await get()).toBe('token-2');
});

test('serves what is good for long while it renews, without waiting', async () => {
  const gate = Promise.withResolvers<Outcome>();
  const { get, timers } = createScene((count) => (count === 1 ? 60 : gate.promise));
  await get();
  await timers.advance(45 * MINUTE);
  expect(await get()).toBe('token-1');
  gate.resolve(60);
  await settled();
  expect(await get()).toBe('token-2');
});

test('waits for the renewal where little is left, and serves the rest when that fails', async () => {
  const gates = [Promise.withResolvers<Outcome>(), Promise.withResolvers<Outcome>()];
  const { get, timers } = createScene((count) => (count === 1 ? 60 : (gates[count - 2]?.promise ?? 60)));
  await get();
  await timers.advance(56 * MINUTE);
  const first = get();
  await settled();
  gates[0]?.resolve(PASSING);
  expect(await first).toBe('token-1');
  await timers.advance(2 * SECOND);
  const second = get();
  gates[1]?.resolve(60);
  expect(await second).toBe('token-3');
});

test('a failure that passes leaves the valid token in service, with backoff that grows to a bound', async () => {
  const { get, timers, times } = createScene((count) => (count === 1 ? 60 : PASSING));
  await get();
  await get();
  await timers.advance(36 * MINUTE);
  expect(await get()).toBe('token-1');
  const [, , ...retries] = times();
  expect(retries.slice(0, 8).map((at) => at - 1800)).toEqual([2, 6, 14, 30, 62, 122, 182, 242]);
});

test('where a pause is asked for, no exchange comes before it is over', async () => {
  const { askEvery, times } = createScene((count) => (count === 1 ? { ...PASSING, pauseMs: 30_000 } : 60));
  expect(await askEvery(SECOND, MINUTE)).toEqual([503, 'token-2']);
  expect(times().slice(0, 2)).toEqual([1, 31]);
});

test('many who ask do not make for more exchanges than that', async () => {
  const { askEvery, asked } = createScene(() => PASSING);
  expect(await askEvery(SECOND, 5 * MINUTE)).toEqual([503]);
  // 2 + 4 + 8 + 16 + 32 seconds, then one a minute.
  expect(asked).toHaveLength(9);
});

test('answers 503 once the token has died and none came', async () => {
  const { get, timers, askEvery, cache } = createScene((count) => (count === 1 ? 60 : PASSING));
  await get();
  expect(await askEvery(MINUTE, 70 * MINUTE)).toEqual(['token-1', 503]);
  expect(await cache.get(ARM)).toEqual({
    status: 503,
    error: 'temporarily_unavailable',
    description: 'entra-unavailable: later',
  });
  expect(timers.pending()).toBe(0);
});

test('a final failure is repeated for 15 seconds before it is asked for again, then for twice as long', async () => {
  const { cache, get, timers, times } = createScene((count) => (count < 3 ? FINAL : 60));
  expect(await cache.get(ARM)).toEqual({
    status: 400,
    error: 'invalid_request',
    description: 'AADSTS500011: no such resource',
  });
  await timers.advance(15 * SECOND - 1);
  expect(await get()).toBe(400);
  expect(times()).toEqual([0]);
  await timers.advance(1);
  expect(await get()).toBe(400);
  await timers.advance(15 * SECOND);
  expect(await get()).toBe(400);
  await timers.advance(15 * SECOND);
  expect(await get()).toBe('token-3');
  expect(times()).toEqual([0, 15, 45]);
});

test('a final failure to renew takes the valid token from nobody', async () => {
  const { get, askEvery } = createScene((count) => (count === 1 ? 60 : FINAL));
  await get();
  expect(await askEvery(MINUTE, 65 * MINUTE)).toEqual(['token-1', 400]);
});

test('one resource that fails does not touch another', async () => {
  const { get } = createScene((count) => (count === 1 ? FINAL : 60));
  expect([await get('a'), await get('b'), await get('a')]).toEqual([400, 'token-2', 400]);
});

test('a success ends the backoff and its growth', async () => {
  const { askEvery, times } = createScene((count) => (count === 4 ? 1 : PASSING));
  expect(await askEvery(SECOND, 77 * SECOND)).toEqual([503, 'token-4', 503]);
  // 2, 4 and 8 seconds; the success; then from half of its life on again 2, 4 and 8.
  expect(times().map((at) => at - 1)).toEqual([0, 2, 6, 14, 44, 46, 50, 58, 74]);
});

test('knows 64 resources, and forgets the one that was not used for longest', async () => {
  const { get, asked, timers } = createScene();
  for (let serial = 0; serial < 64; serial++) await get(`r${serial}`);
  await get('r0');
  await get('r64');
  expect(timers.pending()).toBe(64);
  await get('r0');
  expect(asked).toHaveLength(65);
  await get('r1');
  expect(asked.slice(65)).toMatchObject([{ resource: 'r1' }]);
});

test('what was forgotten during its exchange is served to who waits, and renewed for nobody', async () => {
  const gate = Promise.withResolvers<Outcome>();
  const { get, timers } = createScene((count) => (count === 1 ? gate.promise : 60));
  const waiting = get('first');
  for (let serial = 0; serial < 64; serial++) await get(`r${serial}`);
  gate.resolve(60);
  expect(await waiting).toBe('token-1');
  expect(timers.pending()).toBe(64);
});

test('what was put in is served without an exchange, and renewed like any other', async () => {
  const { cache, get, token, timers, times } = createScene();
  cache.seed(ARM, token(0, 60));
  expect(await get()).toBe('token-0');
  expect(times()).toEqual([]);
  await timers.advance(30 * MINUTE);
  expect(times()).toEqual([1800]);
});

test('close ends every timer, and who waits is told that the endpoint stops', async () => {
  const gate = Promise.withResolvers<Outcome>();
  const { cache, get, timers, asked } = createScene((count) => (count === 2 ? gate.promise : 60));
  await get('a');
  await get('a');
  const waiting = cache.get('b');
  cache.close();
  gate.resolve(60);
  expect(await waiting).toMatchObject({ status: 503, error: 'server_error' });
  expect(timers.pending()).toBe(0);
  await timers.advance(24 * 60 * MINUTE);
  expect(asked).toHaveLength(2);
});

test('nothing is exchanged for who asks after close', async () => {
  const { cache, get, asked } = createScene();
  cache.close();
  expect(await get()).toBe(503);
  expect(asked).toEqual([]);
});

test('counts exchanges and failures, and logs neither token nor resource', async () => {
  const { cache, get, timers, log } = createScene((count) => (count === 1 ? PASSING : 60));
  await get();
  await timers.advance(2 * SECOND);
  await get();
  expect(cache.counts).toEqual({ exchanges: 2, failures: 1, lastError: 'entra-unavailable: later' });
  expect(log).toEqual([
    'no token for a resource, next in 2 s: entra-unavailable: later',
    'token for a resource: good for 60 minutes',
  ]);
});
