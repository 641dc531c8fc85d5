/** Exit status of a command: 0 pass, 1 fail, 2 usage or unreadable input, 3 could not decide. */
export type Status = 0 | 1 | 2 | 3;

/** What a command has to say: a JSON document for `--json`, and the same as text for a person. */
export interface Outcome {
  readonly status: Status;
  readonly json: unknown;
  readonly text: string;
  /** What went wrong although there is an answer: goes to standard error, beside it. */
  readonly trouble?: string;
  /** What may not have been meant, a line each: goes to standard error, before the answer. */
  readonly warnings?: readonly string[];
}

/** Input that cannot be used. */
export function unusable(problem: string): Outcome {
  return { status: 2, json: { error: problem }, text: problem };
}

/** Warnings beside an answer; where there is none, its one sentence is all that is said. */
export function withWarnings(outcome: Outcome, warnings: readonly string[]): Outcome {
  return outcome.status === 2 ? outcome : { ...outcome, warnings };
}
