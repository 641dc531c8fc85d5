export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** How dangerous, or how wrong, what a finding tells is; the first is the worst. */
export type Severity = (typeof SEVERITIES)[number];

/** Something about a trust that a person should know. Data: the wording is in `message`, for every reader alike. */
export interface Finding {
  /** Stable, kebab-case; listed in docs/findings.md. */
  readonly code: string;
  readonly severity: Severity;
  /** Name of the credential that it is about. */
  readonly credential?: string;
  /** Object id of the principal that it is about. */
  readonly principal?: string;
  readonly message: string;
  /** What was seen, literally. */
  readonly evidence: string;
  readonly remedy: string;
  /** Where the rule comes from: a public document. */
  readonly source: string;
}

/** A rule that could not be decided, and what would be needed to. Never a pass. */
export interface Undecided {
  readonly code: string;
  readonly missing: string;
}
