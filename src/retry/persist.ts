import type { Effects } from '../io/effects.ts';
import type { Failure } from '../report/failure.ts';
import { deadline, NOTHING_SPENT, nextWait, type Patience, type Setback, spend } from './policy.ts';

/** What one attempt came to. */
export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | ({ readonly ok: false; readonly failure: Failure } & Setback);

const LONGEST_ATTEMPT_MS = 15_000;

/**
 * Repeats an attempt for as long as the policy allows; `attempt` is told how many milliseconds it may take.
 * Throws the last failure, with the number of attempts and the time they took.
 */
export async function persist<T>(
  attempt: (timeoutMs: number) => Promise<Attempt<T>>,
  patience: Patience,
  fx: Effects,
  signal: AbortSignal,
): Promise<T> {
  let spent = NOTHING_SPENT;
  for (;;) {
    const left = deadline(patience, spent) - fx.clock.now();
    const outcome = await attempt(Math.max(1, Math.min(LONGEST_ATTEMPT_MS, left)));
    if (outcome.ok) return outcome.value;
    const now = fx.clock.now();
    spent = spend(spent, outcome, now);
    const wait = nextWait(outcome, patience, spent, now, fx.random());
    const failure = withEffort(outcome.failure, spent.attempts, now - patience.startedAt);
    if (wait === null) throw failure;
    fx.debug(`attempt ${spent.attempts} failed (${failure.diagnosis.code}), next in ${Math.round(wait)} ms`);
    await fx.clock.sleep(wait, signal);
    if (signal.aborted) throw failure;
  }
}

function withEffort(failure: Failure, attempts: number, elapsedMs: number): Failure {
  return failure.withFacts([
    { label: 'attempts', value: `${attempts} in ${(elapsedMs / 1000).toFixed(1)} s` },
  ]);
}
