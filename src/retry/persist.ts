import type { Effects } from '../io/effects.ts';
import type { Failure } from '../report/failure.ts';
import { deadline, NOTHING_SPENT, nextWait, type Patience, type Setback, spend } from './policy.ts';

/** What one attempt came to. */
export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | ({ readonly ok: false; readonly failure: Failure } & Setback);

const LONGEST_ATTEMPT_MS = 15_000;

/** Milliseconds that a request sent now may take when all must be over at `until` (since the epoch). */
export function attemptMs(until: number, now: number): number {
  return Math.max(1, Math.min(LONGEST_ATTEMPT_MS, until - now));
}

/**
 * Repeats an attempt for as long as the policy allows; `attempt` is told when all must be over, in milliseconds since
 * the epoch. That the trust was found missing is known from then on to all who share `patience`. Throws the last failure,
 * with the number of attempts and the time they took.
 */
export async function persist<T>(
  attempt: (until: number) => Promise<Attempt<T>>,
  patience: Patience,
  fx: Effects,
  signal: AbortSignal,
): Promise<T> {
  let spent = NOTHING_SPENT;
  for (;;) {
    const outcome = await attempt(deadline(patience));
    if (outcome.ok) return outcome.value;
    const now = fx.clock.now();
    if (outcome.retry === 'propagating') patience.trust.missingSince ??= now;
    spent = spend(spent, outcome);
    const wait = nextWait(outcome, patience, spent, now, fx.random());
    const failure = withEffort(outcome.failure, spent.attempts, now - patience.startedAt);
    if (wait === null) throw failure.withPassing(outcome.retry === 'transient');
    fx.debug(`attempt ${spent.attempts} failed (${failure.diagnosis.code}), next in ${Math.round(wait)} ms`);
    await fx.clock.sleep(wait, signal);
    if (signal.aborted) throw failure.withPassing(true);
  }
}

function withEffort(failure: Failure, attempts: number, elapsedMs: number): Failure {
  return failure.withFacts([
    { label: 'attempts', value: `${attempts} in ${(elapsedMs / 1000).toFixed(1)} s` },
  ]);
}
