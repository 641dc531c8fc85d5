import { type Claims, claimText } from '../claims.ts';
import { matchesGlob } from '../glob.ts';
import type { Term } from './parse.ts';

/** The first term that does not hold, with what the token presents; null when all hold. */
export interface UnmetTerm {
  readonly term: Term;
  /** Null when the token lacks the claim. */
  readonly presented: string | null;
}

/** Evaluates an expression: every term must hold, case-sensitively; an absent claim fails its term. */
export function firstUnmet(terms: readonly Term[], claims: Claims): UnmetTerm | null {
  for (const term of terms) {
    const presented = claimText(claims, term.claim);
    if (presented === null || !holds(term, presented)) return { term, presented };
  }
  return null;
}

function holds({ operator, comparand }: Term, presented: string): boolean {
  return operator === 'eq' ? presented === comparand : matchesGlob(presented, comparand);
}
