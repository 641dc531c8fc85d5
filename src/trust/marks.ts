import type { Mismatch } from './match.ts';

/** Where the first difference is to be marked: 0-based UTF-16 indices, null for no mark. */
export interface Marks {
  readonly presented: number | null;
  readonly configured: number | null;
}

const NONE: Marks = { presented: null, configured: null };

/** Under which of the two values the place of a mismatch is; null stands for no mismatch at all. */
export function marksOf(mismatch: Mismatch | null): Marks {
  if (mismatch === null || mismatch.reason === 'claim-absent') return NONE;
  const { reason, at } = mismatch;
  // The position in an expression that cannot be evaluated is its own; 0 stands for the whole of it.
  if (reason === 'unsupported') return { presented: null, configured: at > 0 ? at : null };
  return { presented: at, configured: reason === 'expression-false' ? null : at };
}
