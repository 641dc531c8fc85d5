import type { Term } from './parse.ts';

/** What Entra refuses in an expression, although it can be parsed. */
export interface RuleViolation {
  readonly kind: 'issuer' | 'claim' | 'operator' | 'missing-sub' | 'missing-id';
  readonly message: string;
  readonly at: number;
}

type Operators = Readonly<Record<string, readonly Term['operator'][]>>;

const BOTH = ['eq', 'matches'] as const;
const GITHUB: Operators = {
  sub: BOTH,
  job_workflow_ref: BOTH,
  repository_id: ['eq'],
  repository_owner_id: ['eq'],
};
const SUBJECT_ONLY: Operators = { sub: BOTH };

export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/** Issuers whose credentials may be flexible, with the operators that each claim allows. */
const ISSUERS: Readonly<Record<string, Operators>> = {
  [GITHUB_ISSUER]: GITHUB,
  'https://gitlab.com': SUBJECT_ONLY,
  'https://app.terraform.io': SUBJECT_ONLY,
  'https://app.eu.terraform.io': SUBJECT_ONLY,
};

/**
 * What Entra would refuse when the credential is created.
 * Microsoft: "Flexible federated identity credentials", supported issuers, claims and operators; since August 2026 an
 * expression for GitHub must name `sub` and one of the ids.
 */
export function expressionViolations(issuer: string, terms: readonly Term[]): RuleViolation[] {
  const allowed = ISSUERS[issuer];
  if (!allowed) return [{ kind: 'issuer', message: `the issuer '${issuer}' may not use expressions`, at: 0 }];
  return [...terms.flatMap((term) => termViolations(term, allowed)), ...missingClaims(issuer, terms)];
}

/**
 * Where Entra stops to evaluate an expression: 0 for an issuer that may use none, else the beginning of the first term
 * with a claim or operator that is not allowed; null when it evaluates all. That an expression names too few claims is
 * refused since August 2026 only: older credentials still work. Allocates nothing: it is asked for every credential.
 */
export function unsupportedAt(issuer: string, terms: readonly Term[]): number | null {
  const allowed = ISSUERS[issuer];
  if (!allowed) return 0;
  for (const { claim, operator, at } of terms) {
    if (!Object.hasOwn(allowed, claim) || !allowed[claim]?.includes(operator)) return at;
  }
  return null;
}

function termViolations({ claim, operator, at }: Term, allowed: Operators): RuleViolation[] {
  const operators = Object.hasOwn(allowed, claim) ? allowed[claim] : undefined;
  if (!operators) {
    const known = Object.keys(allowed).join(', ');
    return [{ kind: 'claim', message: `the claim '${claim}' is not allowed: ${known} are`, at }];
  }
  if (operators.includes(operator)) return [];
  return [{ kind: 'operator', message: `'${claim}' allows ${operators.join(', ')} only`, at }];
}

function missingClaims(issuer: string, terms: readonly Term[]): RuleViolation[] {
  const named = new Set(terms.map(({ claim }) => claim));
  const sub: RuleViolation[] = named.has('sub')
    ? []
    : [{ kind: 'missing-sub', message: 'the expression must name sub', at: 0 }];
  if (issuer !== GITHUB_ISSUER || named.has('repository_id') || named.has('repository_owner_id')) return sub;
  return [
    ...sub,
    { kind: 'missing-id', message: 'the expression must name repository_id or repository_owner_id', at: 0 },
  ];
}
