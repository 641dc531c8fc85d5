import type { Cause } from '../cause.ts';
import { fixesFor } from '../fixes/fixes.ts';
import type { Fixes } from '../fixes/target.ts';
import { toReplace } from '../fixes/to-replace.ts';
import { type Candidate, type Confidence, type Evidence, gather } from './evidence.ts';
import type { ExplainInput } from './input.ts';
import { narrate } from './narrate.ts';
import { RULES } from './rules.ts';

/** What `explain` answers: the most likely cause, what else it may be, and how to mend it. */
export interface Explanation {
  readonly cause: Cause;
  readonly confidence: Confidence;
  readonly also: readonly { readonly cause: Cause; readonly confidence: Confidence }[];
  readonly explanation: string;
  readonly fix: Fixes;
}

const RANK: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };
const UNKNOWN: Candidate = { cause: 'other', confidence: 'possible', why: [] };
const MOST_OTHERS = 6;

/**
 * Says why a sign-in does not work, from whatever is known of it: an error, the presented values, the claims, the
 * configured credentials, facts of the run. Never throws; "certain" only where the evidence proves it.
 */
export function explain(input: ExplainInput): Explanation {
  const evidence = gather(input);
  const ranked = rank(evidence);
  const [first = UNKNOWN, ...rest] = ranked;
  const fix = fixesFor(first.cause, evidence);
  const incomplete = toReplace(evidence, fix);
  return {
    cause: first.cause,
    confidence: first.confidence,
    also: besides(first, rest)
      .slice(0, MOST_OTHERS)
      .map(({ cause, confidence }) => ({ cause, confidence })),
    explanation: [narrate(evidence, first), ...(incomplete === null ? [] : [incomplete])].join('\n\n'),
    fix,
  };
}

// Where one cause is proven, mere possibilities are noise.
function besides({ confidence }: Candidate, rest: readonly Candidate[]): readonly Candidate[] {
  return confidence === 'certain' ? rest.filter((other) => other.confidence !== 'possible') : rest;
}

// Sorting is stable: among equals the order of the rules stays.
function rank(evidence: Evidence): readonly Candidate[] {
  const all = RULES.flatMap((rule) => rule(evidence));
  const sorted = all.sort((a, b) => RANK[a.confidence] - RANK[b.confidence]);
  return sorted.filter(({ cause }, index) => sorted.findIndex((other) => other.cause === cause) === index);
}
