import { type Claims, claimText } from './claims.ts';
import type { Credential } from './credential.ts';
import { firstUnmet } from './expression/evaluate.ts';
import { parseExpression, type Term } from './expression/parse.ts';
import { mayUseExpressions } from './expression/rules.ts';

export type MismatchField = 'issuer' | 'subject' | 'audience' | 'expression';
export type MismatchReason =
  | 'trailing-slash'
  | 'case'
  | 'whitespace'
  | 'differs'
  | 'expression-false'
  | 'claim-absent'
  | 'unsupported';

/** One way in which a credential does not agree with a token. */
export interface Mismatch {
  readonly field: MismatchField;
  readonly reason: MismatchReason;
  /** Null when the token lacks the claim. */
  readonly presented: string | null;
  /** What the credential holds: a value, or an expression. */
  readonly configured: string;
  /** The first difference, as 0-based UTF-16 index in the presented value; in an unreadable expression, where it ends. */
  readonly at: number;
}

/** How one credential compares with the token. */
export interface MatchResult {
  readonly name: string;
  readonly match: boolean;
  readonly mismatches: readonly Mismatch[];
}

/** The comparison with all credentials; `matched` is the name of the first that agrees. */
export interface MatchReport {
  readonly matched: string | null;
  readonly results: readonly MatchResult[];
}

/**
 * Compares a token's claims with credentials as Entra does: issuer, subject or expression, and audience, each exactly
 * and case-sensitively. Microsoft: "Workload identity federation considerations" and the breaking change of 2024 that
 * made matching case-sensitive.
 */
export function matchAll(claims: Claims, credentials: readonly Credential[]): MatchReport {
  let matched: string | null = null;
  const results = credentials.map((credential) => {
    const mismatches = mismatchesOf(claims, credential);
    if (mismatches.length === 0) matched ??= credential.name;
    return { name: credential.name, match: mismatches.length === 0, mismatches };
  });
  return { matched, results };
}

/** Every way in which one credential does not agree with the claims; none when it does. */
export function mismatchesOf(claims: Claims, credential: Credential): Mismatch[] {
  const found: Mismatch[] = [];
  push(found, compare('issuer', claimText(claims, 'iss'), credential.issuer));
  if (credential.claimsMatchingExpression === null) {
    push(found, compare('subject', claimText(claims, 'sub'), credential.subject ?? ''));
  } else {
    push(found, evaluate(claims, credential.issuer, credential.claimsMatchingExpression.value));
  }
  push(found, compareAudience(claimText(claims, 'aud'), credential.audiences));
  return found;
}

function push(found: Mismatch[], mismatch: Mismatch | null): void {
  if (mismatch !== null) found.push(mismatch);
}

function compareAudience(presented: string | null, audiences: readonly string[]): Mismatch | null {
  if (presented !== null && audiences.includes(presented)) return null;
  return compare('audience', presented, audiences[0] ?? '');
}

function compare(field: MismatchField, presented: string | null, configured: string): Mismatch | null {
  if (presented === configured) return null;
  if (presented === null) return { field, reason: 'claim-absent', presented, configured, at: 0 };
  return {
    field,
    reason: reasonOf(presented, configured),
    presented,
    configured,
    at: firstDifference(presented, configured),
  };
}

function reasonOf(presented: string, configured: string): MismatchReason {
  if (`${presented}/` === configured || presented === `${configured}/`) return 'trailing-slash';
  if (presented.length === configured.length && presented.toLowerCase() === configured.toLowerCase())
    return 'case';
  // Only then can white space be all that differs: most comparisons end here without looking at each character.
  if (presented.length !== configured.length && presented.trim() === configured.trim()) return 'whitespace';
  return 'differs';
}

/** The index of the first UTF-16 unit in which two texts differ; the length of the shorter when it begins the other. */
export function firstDifference(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function evaluate(claims: Claims, issuer: string, configured: string): Mismatch | null {
  const subject = claimText(claims, 'sub');
  const base = { field: 'expression', presented: subject, configured } as const;
  const parsed = parseExpression(configured);
  if (!parsed.ok) return { ...base, reason: 'unsupported', at: parsed.error.at };
  if (!mayUseExpressions(issuer)) return { ...base, reason: 'unsupported', at: 0 };
  const unmet = firstUnmet(parsed.terms, claims);
  if (unmet === null) return null;
  const { term, presented } = unmet;
  if (presented === null) return { ...base, reason: 'claim-absent', presented, at: 0 };
  return { ...base, reason: 'expression-false', presented, at: divergence(term, presented) };
}

// Up to the first wildcard a pattern is literal: there the first difference can be told.
function divergence({ operator, comparand }: Term, presented: string): number {
  const wildcard = operator === 'matches' ? comparand.search(/[*?]/) : -1;
  const literal = wildcard < 0 ? comparand : comparand.slice(0, wildcard);
  return firstDifference(presented, literal);
}
