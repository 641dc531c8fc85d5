import { expect, test } from 'vitest';
import { herd, type Limit } from '../../load/virtual.ts';

/** Chance that is the same in every run (the generator of Park and Miller). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const CLIENTS = 256;
const SEEDS = [1, 22, 333, 4444];

test.each<[string, Limit, number]>([
  ['without Retry-After', { perSecond: 20 }, CLIENTS * 0.9],
  ['with Retry-After: 1', { perSecond: 20, retryAfterMs: 1_000 }, CLIENTS],
  ['with Retry-After: 5', { perSecond: 20, retryAfterMs: 5_000 }, CLIENTS * 0.3],
  ['with Retry-After: 10', { perSecond: 20, retryAfterMs: 10_000 }, CLIENTS * 0.3],
])('256 clients that begin at once all get in where the service throttles %s', (_, limit, most) => {
  for (const seed of SEEDS) {
    const { perSecond, succeeded, failed } = herd(CLIENTS, limit, chance(seed));
    expect([succeeded, failed]).toEqual([CLIENTS, 0]);
    const [first = 0, ...later] = perSecond;
    expect(first, 'requests in the first second').toBeLessThanOrEqual(CLIENTS * 3.2);
    expect(Math.max(...later), 'requests in any later second').toBeLessThanOrEqual(most);
    expect(perSecond.reduce((sum, count) => sum + count, 0)).toBeLessThan(CLIENTS * 6);
  }
});

test('where the service takes too few, the clients give up, and the requests become no more', () => {
  for (const seed of SEEDS) {
    const { perSecond, succeeded, failed } = herd(CLIENTS, { perSecond: 2 }, chance(seed));
    expect(succeeded + failed).toBe(CLIENTS);
    expect(failed).toBeGreaterThan(CLIENTS / 4);
    expect(Math.max(...perSecond.slice(5))).toBeLessThanOrEqual(CLIENTS / 3);
    expect(perSecond.length).toBeLessThanOrEqual(60);
  }
});
