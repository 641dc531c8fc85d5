import { audienceOf, type Claims, claimText } from './claims.ts';
import { type ClaimsMatchingExpression, type Credential, LANGUAGE_VERSION } from './credential.ts';
import { firstUnmet } from './expression/evaluate.ts';
import { parseExpression } from './expression/parse.ts';
import { unsupportedAt } from './expression/rules.ts';

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
  /**
   * The first difference, as 0-based UTF-16 index in the presented value. Where the reason is `unsupported`, an index in
   * the configured expression instead: where it can no longer be evaluated, 0 for the whole of it.
   */
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
  const token = tokenOf(claims);
  let matched: string | null = null;
  const results = credentials.map((credential) => {
    const mismatches = compareWith(token, credential);
    const match = mismatches.length === 0;
    if (match) matched ??= credential.name;
    return { name: credential.name, match, mismatches };
  });
  return { matched, results };
}

/** Every way in which one credential does not agree with the claims; none when it does. */
export function mismatchesOf(claims: Claims, credential: Credential): readonly Mismatch[] {
  return compareWith(tokenOf(claims), credential);
}

interface Token {
  readonly claims: Claims;
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly audience: string | null;
}

function tokenOf(claims: Claims): Token {
  const [issuer, subject] = ['iss', 'sub'].map((name) => claimText(claims, name));
  return { claims, issuer: issuer ?? null, subject: subject ?? null, audience: audienceOf(claims) };
}

const NONE: readonly Mismatch[] = [];

function compareWith(token: Token, credential: Credential): readonly Mismatch[] {
  const { claimsMatchingExpression: expression, audiences } = credential;
  const issuer = compare('issuer', token.issuer, credential.issuer);
  const subject =
    expression === null
      ? compare('subject', token.subject, credential.subject ?? '')
      : evaluate(token, credential.issuer, expression);
  const accepted = token.audience !== null && audiences.includes(token.audience);
  const audience = accepted ? null : compare('audience', token.audience, audiences[0] ?? '');
  if (issuer === null && subject === null && audience === null) return NONE;
  const found: Mismatch[] = [];
  if (issuer !== null) found.push(issuer);
  if (subject !== null) found.push(subject);
  if (audience !== null) found.push(audience);
  return found;
}

function compare(field: MismatchField, presented: string | null, configured: string): Mismatch | null {
  if (presented === configured) return null;
  if (presented === null) return { field, reason: 'claim-absent', presented, configured, at: 0 };
  const at = firstDifference(presented, configured);
  return { field, reason: reasonOf(presented, configured, at), presented, configured, at };
}

// Each question is asked only where the lengths and the first difference leave it open: most ask none.
function reasonOf(presented: string, configured: string, at: number): MismatchReason {
  const [shorter, longer] =
    presented.length < configured.length ? [presented, configured] : [configured, presented];
  if (shorter.length === longer.length) {
    return equalButForCase(presented, configured, at) ? 'case' : 'differs';
  }
  if (longer.length === shorter.length + 1 && at === shorter.length && longer.endsWith('/'))
    return 'trailing-slash';
  return presented.trim() === configured.trim() ? 'whitespace' : 'differs';
}

function equalButForCase(a: string, b: string, at: number): boolean {
  const same = (x: string, y: string) => x.toLowerCase() === y.toLowerCase();
  return same(a.charAt(at), b.charAt(at)) && same(a, b);
}

/** The index of the first UTF-16 unit in which two texts differ; the length of the shorter when it begins the other. */
export function firstDifference(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function evaluate(
  { claims, subject }: Token,
  issuer: string,
  { value: configured, languageVersion }: ClaimsMatchingExpression,
): Mismatch | null {
  const base = { field: 'expression', presented: subject, configured } as const;
  if (languageVersion !== LANGUAGE_VERSION) return { ...base, reason: 'unsupported', at: 0 };
  const parsed = parseExpression(configured);
  if (!parsed.ok) return { ...base, reason: 'unsupported', at: parsed.error.at };
  const stop = unsupportedAt(issuer, parsed.terms);
  if (stop !== null) return { ...base, reason: 'unsupported', at: stop };
  const unmet = firstUnmet(parsed.terms, claims);
  if (unmet === null) return null;
  const { term, presented } = unmet;
  if (presented === null) return { ...base, reason: 'claim-absent', presented, at: 0 };
  // Up to its first wildcard a pattern is literal, and there no token has a wildcard of its own.
  const at = firstDifference(presented, term.comparand);
  return { ...base, reason: 'expression-false', presented, at };
}
