/** One comparison of an expression. */
export interface Term {
  readonly claim: string;
  readonly operator: 'eq' | 'matches';
  /** The comparand as it is meant: `''` stands for one quote in the text. */
  readonly comparand: string;
  /** Where the term begins in the text, 0-based, in UTF-16 units. */
  readonly at: number;
}

/** Why an expression cannot be read, and where: 0-based index in UTF-16 units. */
export interface ExpressionError {
  readonly message: string;
  readonly at: number;
}

export type ParsedExpression =
  | { readonly ok: true; readonly terms: readonly Term[] }
  | { readonly ok: false; readonly error: ExpressionError };

const CLAIM = /claims\['([^']*)'\]/y;
const OPERATOR = / (\S*)/y;
const COMPARAND = / '((?:[^']|'')*)'/y;
const AND = ' and ';

/**
 * Parses `claims['name'] eq|matches 'comparand'`, joined by ` and `; one space at each side of an operator.
 * Microsoft: "Flexible federated identity credentials", expression language version 1. Linear in the text.
 */
export function parseExpression(text: string): ParsedExpression {
  const terms: Term[] = [];
  let at = 0;
  for (;;) {
    const parsed = parseTerm(text, at);
    if (!parsed.ok) return parsed;
    terms.push(parsed.term);
    at = parsed.end;
    if (at === text.length) return { ok: true, terms };
    if (!text.startsWith(AND, at)) return failure("expected ' and ' or the end", at);
    at += AND.length;
  }
}

type ParsedTerm = { ok: true; term: Term; end: number } | { ok: false; error: ExpressionError };

function parseTerm(text: string, at: number): ParsedTerm {
  const claim = scan(CLAIM, text, at);
  if (!claim) return failure("expected claims['name']", at);
  if (claim.value === '') return failure('the name of the claim is empty', at + "claims['".length);
  const operator = scan(OPERATOR, text, claim.end);
  if (!operator) return failure('expected one space and an operator', claim.end);
  if (operator.value !== 'eq' && operator.value !== 'matches')
    return failure(`'${operator.value}' is no operator: eq and matches are`, claim.end + 1);
  const comparand = scan(COMPARAND, text, operator.end);
  if (!comparand) return failure('expected one space and a comparand in single quotes', operator.end);
  const term: Term = {
    claim: claim.value,
    operator: operator.value,
    comparand: comparand.value.replaceAll("''", "'"),
    at,
  };
  return { ok: true, term, end: comparand.end };
}

function scan(pattern: RegExp, text: string, at: number): { value: string; end: number } | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? { value: match[1] ?? '', end: at + match[0].length } : null;
}

function failure(message: string, at: number): { ok: false; error: ExpressionError } {
  return { ok: false, error: { message, at } };
}

/** The text of an expression; the inverse of parsing one. */
export function printExpression(terms: readonly Omit<Term, 'at'>[]): string {
  return terms
    .map(
      ({ claim, operator, comparand }) =>
        `claims['${claim}'] ${operator} '${comparand.replaceAll("'", "''")}'`,
    )
    .join(AND);
}
