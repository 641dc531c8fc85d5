import type { JsonObject } from './json-object.ts';

/** Why an expression cannot be evaluated for this issuer. */
export type ExpressionProblem = 'syntax' | 'issuer' | 'unsupported';

export type ExpressionResult =
  | { kind: 'matched' }
  | { kind: 'unmatched'; claim: string }
  | { kind: 'problem'; problem: ExpressionProblem; detail: string };

interface Term {
  claim: string;
  operator: string;
  comparand: string;
}

type Operators = Readonly<Record<string, readonly string[]>>;

const GITHUB: Operators = {
  sub: ['eq', 'matches'],
  job_workflow_ref: ['eq', 'matches'],
  repository_id: ['eq'],
  repository_owner_id: ['eq'],
};
const SUBJECT_ONLY: Operators = { sub: ['eq', 'matches'] };

// Entra: workload-identities-flexible-federated-identity-credentials, "supported issuers".
const SUPPORTED: Readonly<Record<string, Operators>> = {
  'https://token.actions.githubusercontent.com': GITHUB,
  'https://gitlab.com': SUBJECT_ONLY,
  'https://app.terraform.io': SUBJECT_ONLY,
  'https://app.eu.terraform.io': SUBJECT_ONLY,
};

// One space on each side of the operator; a single quote escapes a single quote.
const TERM = /claims\['([^']+)'\] ([a-z]+) '((?:[^']|'')*)'/y;
const JOIN = ' and ';

function parse(expression: string): Term[] | null {
  const terms: Term[] = [];
  let at = 0;
  while (true) {
    TERM.lastIndex = at;
    const found = TERM.exec(expression);
    if (found === null) return null;
    const [text, claim = '', operator = '', comparand = ''] = found;
    terms.push({ claim, operator, comparand: comparand.replaceAll("''", "'") });
    at += text.length;
    if (at === expression.length) return terms;
    if (!expression.startsWith(JOIN, at)) return null;
    at += JOIN.length;
  }
}

/**
 * Whether the whole value fits a pattern of `*` (any characters) and `?` (exactly one).
 * Steps back to the latest `*` only, so the work is bounded by pattern times value: no pattern is exponential.
 */
export function matchesGlob(pattern: string, value: string): boolean {
  let p = 0;
  let v = 0;
  let star = -1;
  let resume = 0;
  while (v < value.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = v;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === value[v])) {
      p++;
      v++;
    } else if (star >= 0) {
      p = star + 1;
      v = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function holds(term: Term, claims: JsonObject): boolean {
  const value = Object.hasOwn(claims, term.claim) ? claims[term.claim] : undefined;
  if (typeof value !== 'string') return false;
  return term.operator === 'eq' ? value === term.comparand : matchesGlob(term.comparand, value);
}

/**
 * Evaluates a flexible credential's expression against the claims of a token from that issuer.
 * An absent claim fails its term. Comparison is case-sensitive.
 * Source: Entra, "Flexible federated identity credentials" (preview, language version 1).
 */
export function evaluateExpression(
  expression: { value: string; languageVersion: number },
  issuer: string,
  claims: JsonObject,
): ExpressionResult {
  const supported = Object.hasOwn(SUPPORTED, issuer) ? SUPPORTED[issuer] : undefined;
  if (supported === undefined) return { kind: 'problem', problem: 'issuer', detail: issuer };
  const terms = expression.languageVersion === 1 ? parse(expression.value) : null;
  if (terms === null) return { kind: 'problem', problem: 'syntax', detail: expression.value };
  const alien = terms.find(
    (term) => !(Object.hasOwn(supported, term.claim) && supported[term.claim]?.includes(term.operator)),
  );
  if (alien) return { kind: 'problem', problem: 'unsupported', detail: `${alien.claim} ${alien.operator}` };
  const failed = terms.find((term) => !holds(term, claims));
  return failed ? { kind: 'unmatched', claim: failed.claim } : { kind: 'matched' };
}

const GITHUB_IDS: readonly string[] = ['repository_id', 'repository_owner_id'];

/**
 * Why an expression may not be put on a credential of that issuer; null where it may. One for GitHub must name `sub`
 * and one of the numeric ids. Source: Entra, "Flexible federated identity credentials", rule of August 2026.
 */
export function expressionObjection(
  expression: { value: string; languageVersion: number },
  issuer: string,
): string | null {
  const result = evaluateExpression(expression, issuer, {});
  if (result.kind === 'problem') return `${result.problem}: ${result.detail}`;
  const claims = parse(expression.value)?.map(({ claim }) => claim) ?? [];
  const identified = SUPPORTED[issuer] !== GITHUB || claims.some((claim) => GITHUB_IDS.includes(claim));
  if (claims.includes('sub') && identified) return null;
  return "The expression must match 'sub' and, for GitHub, 'repository_id' or 'repository_owner_id'.";
}
