import type { HttpAnswer } from '../io/effects.ts';
import type { Retry } from '../trust/aadsts/entry.ts';

/** How long all of a step may take. All in milliseconds; `startedAt` since the epoch. */
export interface Patience {
  readonly startedAt: number;
  readonly timeoutMs: number;
  readonly waitForTrustMs: number;
  readonly trust: TrustSeen;
}

/** What the requests of one step tell each other, so that what comes after a wait has the time that it had before. */
export interface TrustSeen {
  /** When the trust was first found missing, in milliseconds since the epoch. */
  missingSince: number | null;
}

/** Patience that ends at `until` and waits for no trust; both in milliseconds since the epoch. */
export function patienceUntil(until: number, startedAt: number): Patience {
  return { startedAt, timeoutMs: until - startedAt, waitForTrustMs: 0, trust: { missingSince: null } };
}

const BRIEF_MS = 10_000;

/** Patience for what is no more than a help, from `now` (since the epoch): it holds nobody up for long. */
export function briefly(patience: Patience, now: number): Patience {
  return patienceUntil(Math.min(now + BRIEF_MS, deadline(patience)), now);
}

/** What the attempts of one request have used up so far. */
export interface Spent {
  readonly attempts: number;
  readonly freshAssertions: number;
}

/** How an attempt failed: whether that may pass, and what the server asked to wait. */
export interface Setback {
  readonly retry: Retry;
  readonly retryAfterMs?: number | undefined;
}

/** Before the first attempt. */
export const NOTHING_SPENT: Spent = { attempts: 0, freshAssertions: 0 };

/** With less time than this an attempt would only hide why the last one failed. */
const SHORTEST_ATTEMPT_MS = 1_000;

const BACKOFF = {
  transient: { baseMs: 400, capMs: 8_000 },
  propagating: { baseMs: 2_000, capMs: 15_000 },
};

/** What has been spent once this attempt failed as well. */
export function spend(spent: Spent, { retry }: Setback): Spent {
  return {
    attempts: spent.attempts + 1,
    freshAssertions: spent.freshAssertions + (retry === 'fresh-assertion' ? 1 : 0),
  };
}

/**
 * Milliseconds until the next attempt, or null when there shall be none: transient failures are repeated within
 * `timeout`, missing trust only within `wait-for-trust` since it was first found missing, a stale assertion once.
 * `random` is uniform in [0, 1): the jitter is full, any time up to the exponential bound, and behind a Retry-After up to
 * as long again.
 */
export function nextWait(
  { retry, retryAfterMs = 0 }: Setback,
  patience: Patience,
  spent: Spent,
  now: number,
  random: number,
): number | null {
  if (retry === 'never') return null;
  if (retry === 'fresh-assertion') return spent.freshAssertions <= 1 ? 0 : null;
  const until =
    retry === 'propagating'
      ? (patience.trust.missingSince ?? now) + patience.waitForTrustMs
      : deadline(patience);
  const { baseMs, capMs } = BACKOFF[retry];
  // Whoever was refused at the same time was told the same time: they must not all come back in it.
  const spread = Math.min(capMs, Math.max(retryAfterMs, baseMs * 2 ** (spent.attempts - 1)));
  const wait = retryAfterMs + random * spread;
  const tooLate = now + wait >= until || now + wait + SHORTEST_ATTEMPT_MS > deadline(patience);
  return tooLate ? null : wait;
}

/** When the whole must be over: waiting for the trust extends `timeout`, but only once it was found missing. */
export function deadline({ startedAt, timeoutMs, waitForTrustMs, trust }: Patience): number {
  return startedAt + timeoutMs + (trust.missingSince === null ? 0 : waitForTrustMs);
}

/**
 * The server's Retry-After (RFC 9110: seconds or an HTTP date) in milliseconds; undefined when it gave none. A date is
 * measured by the server's own clock, where it tells that.
 */
export function retryAfter({ headers }: HttpAnswer, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  const serverNow = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - (Number.isNaN(serverNow) ? now : serverNow));
}

/** Statuses that say "not now", whoever sends them. */
export function isTransientStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}
