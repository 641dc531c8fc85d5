import { expect, test } from 'vitest';
import {
  deadline,
  NOTHING_SPENT,
  nextWait,
  type Patience,
  retryAfter,
  spend,
} from '../../../src/retry/policy.ts';
import { fc } from '../../harness/property.ts';

const patience: Patience = {
  startedAt: 1_000_000,
  timeoutMs: 60_000,
  waitForTrustMs: 120_000,
  trust: { missingSince: null },
};
const missingSince = (ms: number): Patience => ({ ...patience, trust: { missingSince: at(ms) } });
const at = (ms: number) => patience.startedAt + ms;

test('never repeats what is final, and repeats a stale assertion once', () => {
  expect(nextWait({ retry: 'never' }, patience, NOTHING_SPENT, at(0), 0)).toBeNull();
  const once = spend(NOTHING_SPENT, { retry: 'fresh-assertion' });
  expect(nextWait({ retry: 'fresh-assertion' }, patience, once, at(0), 0)).toBe(0);
  expect(
    nextWait({ retry: 'fresh-assertion' }, patience, spend(once, { retry: 'fresh-assertion' }), at(1), 0),
  ).toBeNull();
});

test('draws the wait from zero to an exponential bound with a cap', () => {
  let spent = NOTHING_SPENT;
  const bounds = [400, 800, 1600, 3200, 6400, 8000, 8000];
  for (const bound of bounds) {
    spent = spend(spent, { retry: 'transient' });
    expect(nextWait({ retry: 'transient' }, patience, spent, at(0), 0)).toBe(0);
    expect(nextWait({ retry: 'transient' }, patience, spent, at(0), 0.5)).toBe(bound / 2);
  }
});

test('waits as long as the server asks, up to as long again, and gives up where that is too long', () => {
  const spent = spend(NOTHING_SPENT, { retry: 'transient' });
  expect(nextWait({ retry: 'transient', retryAfterMs: 5_000 }, patience, spent, at(0), 0)).toBe(5_000);
  expect(nextWait({ retry: 'transient', retryAfterMs: 5_000 }, patience, spent, at(0), 0.5)).toBe(7_500);
  expect(nextWait({ retry: 'transient', retryAfterMs: 20_000 }, patience, spent, at(0), 0.5)).toBe(24_000);
  expect(nextWait({ retry: 'transient', retryAfterMs: 60_000 }, patience, spent, at(0), 0)).toBeNull();
});

test('waits for the trust from when it was first missing, and not at all unless asked', () => {
  const waiting = missingSince(10_000);
  const spent = spend(NOTHING_SPENT, { retry: 'propagating' });
  const wait = (within: Patience, ms: number) => nextWait({ retry: 'propagating' }, within, spent, at(ms), 0);
  expect(wait(waiting, 129_000)).toBe(0);
  expect(wait(waiting, 130_000)).toBeNull();
  expect(wait({ ...waiting, waitForTrustMs: 0 }, 10_000)).toBeNull();
});

test('extends the deadline by the wait for the trust only once that was missing', () => {
  expect(deadline(patience)).toBe(at(60_000));
  expect(deadline(missingSince(5))).toBe(at(180_000));
});

test('never lets an attempt begin after the deadline', () => {
  const retry = fc.constantFrom('transient' as const, 'propagating' as const);
  const property = fc.property(
    retry,
    fc.nat(300_000),
    fc.nat(90_000),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    (kind, now, after, random) => {
      const spent = spend(NOTHING_SPENT, { retry: kind });
      const within = kind === 'propagating' ? missingSince(0) : patience;
      const wait = nextWait({ retry: kind, retryAfterMs: after }, within, spent, at(now), random);
      return wait === null || (wait >= after && at(now) + wait < deadline(within));
    },
  );
  fc.assert(property);
});

test('reads Retry-After as seconds or as a date', () => {
  const answer = (value?: string) => ({
    status: 429,
    body: '',
    headers: value === undefined ? {} : { 'retry-after': value },
  });
  const now = Date.UTC(2026, 0, 1);
  expect(retryAfter(answer('7'), now)).toBe(7_000);
  expect(retryAfter(answer('Thu, 01 Jan 2026 00:00:30 GMT'), now)).toBe(30_000);
  expect(retryAfter(answer('Wed, 31 Dec 2025 00:00:00 GMT'), now)).toBe(0);
  for (const value of [undefined, '', 'soon', '-1x', '1e'])
    expect(retryAfter(answer(value), now)).toBeUndefined();
});
