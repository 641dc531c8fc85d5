import { expect, test } from 'vitest';
import { ARM, createScene, MINUTE, SECOND } from './cache-scene.ts';

/** What a client is told of the end of a token, in minutes from now by the machine's clock. */
async function minutesLeft({ cache, timers }: ReturnType<typeof createScene>): Promise<number> {
  const got = await cache.get(ARM);
  if (!('token' in got)) throw new Error(got.description);
  return (got.expiresAt - timers.wall() / SECOND) / 60;
}

test('a token that died while the machine was suspended is not handed out', async () => {
  const { get, timers, times } = createScene();
  await get();
  timers.setClock(70 * MINUTE);
  expect(await get()).toBe('token-2');
  expect(times()).toEqual([0, 0]);
});

test('a token of which a pause left little is handed out once more, and renewed at once', async () => {
  const scene = createScene();
  await scene.get();
  scene.timers.setClock(40 * MINUTE);
  expect(await scene.get()).toBe('token-1');
  expect(await scene.get()).toBe('token-2');
  expect(await minutesLeft(scene)).toBe(60);
});

test('a clock that is set back makes no token live longer, and its end is told by that clock', async () => {
  const scene = createScene();
  await scene.get();
  scene.timers.setClock(-3 * 60 * MINUTE);
  expect(await minutesLeft(scene)).toBe(60);
  await scene.timers.advance(20 * MINUTE);
  expect(await minutesLeft(scene)).toBe(40);
  await scene.timers.advance(15 * MINUTE);
  expect(await scene.get()).toBe('token-2');
  expect(await minutesLeft(scene)).toBe(55);
});

test('where nothing is done to the clock, the end of a token is told as Entra gave it', async () => {
  const { cache, token } = createScene();
  const given = token(0, 60);
  cache.seed(ARM, given);
  expect(await cache.get(ARM)).toEqual(given);
});
