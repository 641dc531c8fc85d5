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

const CLAIM = "claims['";
const CLAIM_END = "']";
const QUOTE = "'";
const AND = ' and ';
const OPERATORS = ['eq', 'matches'] as const;

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

// Plain searches for fixed texts: an application may hold many expressions, and each is parsed for every token.
function parseTerm(text: string, at: number): ParsedTerm {
  const name = at + CLAIM.length;
  const nameEnd = text.startsWith(CLAIM, at) ? text.indexOf(QUOTE, name) : -1;
  if (nameEnd < 0 || !text.startsWith(CLAIM_END, nameEnd)) return failure("expected claims['name']", at);
  if (nameEnd === name) return failure('the name of the claim is empty', name);
  const afterClaim = nameEnd + CLAIM_END.length;
  if (text[afterClaim] !== ' ') return failure('expected one space and an operator', afterClaim);
  const operator = OPERATORS.find((word) => isWord(text, word, afterClaim + 1));
  if (!operator) return noOperator(text, afterClaim + 1);
  const afterOperator = afterClaim + 1 + operator.length;
  const open = afterOperator + 1;
  const close = text[open] === QUOTE ? closingQuote(text, open + 1) : -1;
  if (close < 0) return failure('expected one space and a comparand in single quotes', afterOperator);
  const raw = text.slice(open + 1, close);
  const comparand = raw.includes(QUOTE) ? raw.replaceAll("''", QUOTE) : raw;
  return { ok: true, term: { claim: text.slice(name, nameEnd), operator, comparand, at }, end: close + 1 };
}

function isWord(text: string, word: string, at: number): boolean {
  return text.startsWith(word, at) && (text[at + word.length] === ' ' || at + word.length === text.length);
}

function noOperator(text: string, at: number): ParsedTerm {
  const word = /^\S*/.exec(text.slice(at))?.[0] ?? '';
  return failure(`'${word}' is no operator: eq and matches are`, at);
}

/** The index of the quote that ends a comparand, or -1; two quotes in a row stand for one. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf(QUOTE, from);
  while (at >= 0 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2);
  return at;
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
