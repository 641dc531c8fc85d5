import type { Credential } from '../../trust/credential.ts';
import { marksOf } from '../../trust/marks.ts';
import type { MatchResult, Mismatch, MismatchField, MismatchReason } from '../../trust/match.ts';
import type { Report } from '../model.ts';
import { startOfCharacter } from './bounded.ts';

/** One value that a run presents, beside what a credential holds. */
export interface Compared {
  readonly field: MismatchField;
  /** Null when the token lacks it. */
  readonly presented: string | null;
  /** Null when no credential is compared with. */
  readonly configured: string | null;
  readonly difference: Mismatch | null;
}

/** A credential and how it compares. */
export interface Candidate {
  readonly name: string;
  readonly match: boolean;
  readonly mismatches: readonly Mismatch[];
  /** Null when only the comparison is known. */
  readonly credential: Credential | null;
}

/** The credentials in their order, the nearest first: the one that matches, else the one that fails in least. */
export function candidates(report: Report): { nearest: Candidate | null; others: readonly Candidate[] } {
  const all = report.matches.map((result, index) => ({
    ...result,
    credential: credentialOf(report, result, index),
  }));
  const nearest = all.reduce<Candidate | null>(
    (best, next) => (best && !isNearer(next, best) ? best : next),
    null,
  );
  return { nearest, others: all.filter((candidate) => candidate !== nearest) };
}

function credentialOf({ credentials }: Report, { name }: MatchResult, index: number): Credential | null {
  if (!credentials.known) return null;
  const inPlace = credentials.value[index];
  if (inPlace?.name === name) return inPlace;
  return credentials.value.find((credential) => credential.name === name) ?? null;
}

function isNearer(a: Candidate, b: Candidate): boolean {
  if (a.mismatches.length !== b.mismatches.length) return a.mismatches.length < b.mismatches.length;
  return commonLength(a) > commonLength(b);
}

// Of credentials that fail in as many fields, the one that agrees for longer was more likely meant.
function commonLength({ mismatches }: Candidate): number {
  return mismatches.reduce((sum, { at, reason }) => sum + (reason === 'unsupported' ? 0 : at), 0);
}

/** What a run presents, field by field, beside a credential, or beside nothing. */
export function compared({ presented }: Report, candidate: Candidate | null): readonly Compared[] {
  const credential = candidate?.credential ?? null;
  const flexible =
    credential?.claimsMatchingExpression != null ||
    candidate?.mismatches.some(({ field }) => field === 'expression') === true;
  const agreed = (value: string) => (candidate === null ? null : value);
  const row = (field: MismatchField, value: string, configured: string | null): Compared => {
    const difference = candidate?.mismatches.find((mismatch) => mismatch.field === field) ?? null;
    return {
      field,
      presented: difference ? difference.presented : value,
      configured: configured ?? difference?.configured ?? agreed(value),
      difference,
    };
  };
  return [
    row('issuer', presented.issuer, credential?.issuer ?? null),
    flexible
      ? row('expression', presented.subject, credential?.claimsMatchingExpression?.value ?? null)
      : row('subject', presented.subject, credential?.subject ?? null),
    row('audience', presented.audience, credential?.audiences.join(', ') ?? null),
  ];
}

const REASONS: Readonly<Record<MismatchReason, string>> = {
  'trailing-slash': 'only a trailing slash differs',
  case: 'only upper and lower case differ',
  whitespace: 'only white space at the beginning or the end differs',
  differs: 'differs',
  'expression-false': 'the expression is false',
  'claim-absent': 'the token lacks the claim',
  unsupported: 'Entra cannot evaluate the expression',
};

/** The difference in words: its kind, and the first character that is not the same. */
export function differenceText(row: Compared): string {
  if (row.difference === null) return 'the same';
  const words = REASONS[row.difference.reason];
  const { presented, configured } = marksOf(row.difference);
  const place = presented ?? configured;
  const marked = presented === null ? row.configured : row.presented;
  if (place === null || marked === null) return words;
  const ordinal = `character ${[...marked.slice(0, startOfCharacter(marked, place))].length + 1}`;
  if (presented === null) return `${words}, from ${ordinal} on`;
  if (configured === null) return `${words}, from ${ordinal} (${characterAt(row.presented, place)}) on`;
  return `${words}, ${ordinal}: ${characterAt(row.presented, place)} presented, ${characterAt(row.configured, place)} configured`;
}

function characterAt(text: string | null, at: number): string {
  const point = text?.codePointAt(startOfCharacter(text, at));
  if (point === undefined) return 'the end';
  const char = String.fromCodePoint(point);
  if (char === ' ') return 'a space';
  return char === '`' ? 'a backtick' : `\`${char}\``;
}

/** In which fields a credential does not agree, in one line. */
export function disagreement({ match, mismatches }: Candidate): string {
  if (match) return 'matches too';
  return mismatches.map(({ field, reason }) => `${field}: ${REASONS[reason]}`).join('; ');
}
