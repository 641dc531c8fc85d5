import {
  deadline,
  NOTHING_SPENT,
  nextWait,
  patienceUntil,
  type Spent,
  spend,
} from '../../src/retry/policy.ts';

/** What came to a service in each second, and how its clients fared. */
export interface Curve {
  readonly perSecond: readonly number[];
  readonly succeeded: number;
  readonly failed: number;
}

/** A service that takes so many requests a second and refuses the others, with the same Retry-After or none. */
export interface Limit {
  readonly perSecond: number;
  readonly retryAfterMs?: number;
}

const PATIENCE = patienceUntil(60_000, 0);

/**
 * Clients that all begin in the same millisecond, by the product's own policy, in time that is only counted: processes
 * on one machine would be spread by its processors.
 */
export function herd(clients: number, limit: Limit, random: () => number): Curve {
  const perSecond: number[] = [];
  const taken: number[] = [];
  const waiting: { at: number; spent: Spent }[] = Array.from({ length: clients }, () => ({
    at: 0,
    spent: NOTHING_SPENT,
  }));
  let succeeded = 0;
  for (;;) {
    waiting.sort((a, b) => b.at - a.at);
    const next = waiting.pop();
    if (next === undefined) break;
    const second = Math.floor(next.at / 1000);
    perSecond[second] = (perSecond[second] ?? 0) + 1;
    taken[second] ??= 0;
    if (taken[second] < limit.perSecond) {
      taken[second]++;
      succeeded++;
      continue;
    }
    const setback = { retry: 'transient' as const, retryAfterMs: limit.retryAfterMs };
    const spent = spend(next.spent, setback);
    const wait = nextWait(setback, PATIENCE, spent, next.at, random());
    if (wait !== null && next.at + wait < deadline(PATIENCE)) waiting.push({ at: next.at + wait, spent });
  }
  return { perSecond: Array.from(perSecond, (count) => count ?? 0), succeeded, failed: clients - succeeded };
}

/** A curve as a line for each second. */
export function drawn(perSecond: readonly number[]): string {
  const most = Math.max(...perSecond, 1);
  const bar = (count: number) => '#'.repeat(Math.ceil((count / most) * 50));
  return perSecond
    .map((count, second) => `${String(second).padStart(4)} s ${String(count).padStart(5)} ${bar(count)}`)
    .join('\n');
}
