import { createTokenCache, type Mint, type Minted } from '../../../src/endpoint/cache.ts';
import { fakeTimers } from './fake-timers.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const ARM = 'https://management.azure.com';

/** What an exchange comes to: the lifetime of a token in minutes, or a failure. */
export type Outcome = Minted | number;

/** A cache and the times of its exchanges in seconds; `come` gives what the first, the second, … comes to. */
export function createScene(come: (count: number) => Outcome | Promise<Outcome> = () => 60) {
  const timers = fakeTimers();
  const startedAt = timers.now();
  const asked: { resource: string; at: number }[] = [];
  const log: string[] = [];
  const mint: Mint = async (resource) => {
    const serial = asked.push({ resource, at: (timers.now() - startedAt) / SECOND });
    const outcome = await come(serial);
    return typeof outcome === 'number' ? { ok: true, value: token(serial, outcome) } : outcome;
  };
  const token = (serial: number, minutes: number) => ({
    token: `token-${serial}`,
    expiresAt: (timers.wall() + minutes * MINUTE) / SECOND,
  });
  const cache = createTokenCache(
    mint,
    timers,
    (line) => log.push(line),
    () => 'a resource',
  );
  const get = async (resource = ARM) => {
    const got = await cache.get(resource);
    return 'token' in got ? got.token : got.status;
  };
  /** Asks every so often for a while, and gives what came, each once in a row. */
  const askEvery = async (everyMs: number, forMs: number) => {
    const came: (string | number)[] = [];
    for (let spent = 0; spent < forMs; spent += everyMs) {
      await timers.advance(everyMs);
      const got = await get();
      if (got !== came.at(-1)) came.push(got);
    }
    return came;
  };
  return { timers, cache, asked, log, token, get, askEvery, times: () => asked.map(({ at }) => at) };
}
