import type { Cause } from '../cause.ts';
import { type Claims, claimText } from '../claims.ts';
import { type Credential, LANGUAGE_VERSION } from '../credential.ts';
import { firstUnmet } from '../expression/evaluate.ts';
import { parseExpression, type Term } from '../expression/parse.ts';
import { matchesGlob } from '../glob.ts';
import type { Provider } from '../issuer.ts';
import { firstDifference, mismatchesOf } from '../match.ts';
import { parseContext, parseSubject, type SubjectContext } from '../subject/parse.ts';
import { issuerCause } from './issuer-causes.ts';
import { contextCauses, isMasked, subjectCauses } from './subject-causes.ts';
import { quoted } from './visible.ts';

/** What is known of the presented values; null where it is not. */
export interface Seen {
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly audience: string | null;
}

/** One field in which a credential is known to differ from what is presented. */
export interface Difference {
  readonly field: 'issuer' | 'subject' | 'audience';
  readonly causes: readonly Cause[];
  /** Null where the subject was only foretold, or the token lacks the claim. */
  readonly presented: string | null;
  readonly configured: string;
  /** The first difference; null where it is not in what is presented. */
  readonly at: number | null;
  /** What does not hold where that is not in what is presented. */
  readonly unmet?: string;
}

/** A credential beside what is presented, as far as both are known. */
export interface Comparison {
  readonly credential: Credential;
  readonly differences: readonly Difference[];
  /** All three fields are known on both sides, so that no difference means a match. */
  readonly complete: boolean;
  readonly cost: number;
}

const COST: Partial<Record<Cause, number>> = {
  'subject-case': 1,
  'issuer-trailing-slash': 1,
  audience: 2,
  'subject-immutable-format': 2,
  'subject-environment-name': 3,
  'subject-branch': 3,
  'subject-tag': 3,
  'subject-pull-request': 3,
  'flexible-expression': 3,
  'subject-entity-type': 4,
};
const FAR = 6;

/** The presented values, and whose they are. */
interface Presented extends Seen {
  readonly provider: Provider;
}

/** Every credential beside the presented values, the nearest first; equals stay in their order. */
export function compareAll(
  seen: Presented,
  claims: Claims | null,
  foretold: SubjectContext | null,
  credentials: readonly Credential[],
): readonly Comparison[] {
  const compared = credentials.map((credential) => compareWith(seen, claims, foretold, credential));
  return compared.sort((a, b) => a.cost - b.cost);
}

function compareWith(
  seen: Presented,
  claims: Claims | null,
  foretold: SubjectContext | null,
  credential: Credential,
): Comparison {
  const { issuer, audiences, subject, claimsMatchingExpression: expression } = credential;
  const differences = [
    issuerDifference(seen, issuer),
    audienceDifference(seen, audiences),
    expression === null
      ? subjectDifference(seen, subject, foretold)
      : expressionDifference(seen, claims, credential),
  ].filter((difference) => difference !== null);
  const cost = differences
    .flatMap(({ causes }) => causes)
    .reduce((sum, cause) => sum + (COST[cause] ?? FAR), 0);
  const known = [seen.issuer, seen.subject, seen.audience].every(
    (value) => value !== null && !isMasked(value),
  );
  const readable = subject === null ? expression !== null : !isMasked(subject);
  const complete = known && issuer !== '' && audiences.length > 0 && readable;
  return { credential, differences, complete, cost };
}

function issuerDifference({ issuer }: Seen, configured: string): Difference | null {
  const cause = issuer === null || configured === '' ? null : issuerCause(issuer, configured);
  return issuer === null || cause === null ? null : difference('issuer', [cause], issuer, configured);
}

function audienceDifference({ audience }: Seen, audiences: readonly string[]): Difference | null {
  const configured = audiences[0];
  if (audience === null || configured === undefined || audiences.includes(audience)) return null;
  return difference('audience', ['audience'], audience, configured);
}

function subjectDifference(
  { subject, provider }: Presented,
  configured: string | null,
  foretold: SubjectContext | null,
): Difference | null {
  if (configured === null) return null;
  if (subject !== null) {
    const causes =
      provider === 'github' ? subjectCauses(subject, configured) : causesElsewhere(subject, configured);
    return causes.length === 0 ? null : difference('subject', causes, subject, configured);
  }
  const parsed = parseSubject(configured);
  const causes = foretold === null || parsed.form === 'custom' ? [] : contextCauses(foretold, parsed.context);
  return causes.length === 0 ? null : { field: 'subject', causes, presented: null, configured, at: null };
}

// The other causes are about GitHub's subjects.
function causesElsewhere(subject: string, configured: string): readonly Cause[] {
  if (subject === configured) return [];
  return subject.toLowerCase() === configured.toLowerCase() ? ['subject-case'] : ['other'];
}

function expressionDifference(seen: Seen, claims: Claims | null, credential: Credential): Difference | null {
  if (seen.subject === null) return null;
  const token = { ...claims, iss: seen.issuer ?? credential.issuer, sub: seen.subject };
  const unmet = mismatchesOf(token, credential).find(({ field }) => field === 'expression');
  if (!unmet || isOnlyUnknown(unmet.reason, claims)) return null;
  const { configured, reason } = unmet;
  const about = { field: 'subject', presented: seen.subject, configured } as const;
  const parsed = parseExpression(configured);
  if (!parsed.ok || reason === 'unsupported')
    return { ...about, causes: ['flexible-expression'], at: null, unmet: notValid(credential) };
  const causes = expressionCauses(token, parsed.terms);
  const claim = firstUnmet(parsed.terms, token)?.term.claim;
  return claim === 'sub'
    ? { ...about, causes, at: unmet.at }
    : { ...about, causes, at: null, unmet: `the claim ${claim} is ${claimOf(unmet.presented)}` };
}

function notValid({ claimsMatchingExpression: expression }: Credential): string {
  const version = expression?.languageVersion ?? LANGUAGE_VERSION;
  return version === LANGUAGE_VERSION
    ? 'the expression is not valid'
    : `the expression is not valid: its languageVersion is ${version}, and ${LANGUAGE_VERSION} is the only one`;
}

function claimOf(presented: string | null): string {
  return presented === null ? 'not in the token' : quoted(presented);
}

// Without the token's claims, one that an expression names is unknown rather than absent.
function isOnlyUnknown(reason: string, claims: Claims | null): boolean {
  return reason === 'claim-absent' && (claims === null || claimText(claims, 'sub') === null);
}

// Which single change of the subject would satisfy the expression tells what the expression overlooks.
function expressionCauses(
  token: Claims & { readonly sub: string },
  terms: readonly Term[],
): readonly Cause[] {
  const { sub } = token;
  const holds = (subject: string) => firstUnmet(terms, { ...token, sub: subject }) === null;
  const withoutIds = sub.replace(/^repo:([^@/:]+)@\d+\/([^@/:]+)@\d+/, 'repo:$1/$2');
  if (holds(withoutIds)) return ['subject-immutable-format', 'flexible-expression'];
  return terms.every((term) => holdsWithoutCase(term, token))
    ? ['subject-case', 'flexible-expression']
    : ['flexible-expression'];
}

function holdsWithoutCase({ claim, operator, comparand }: Term, claims: Claims): boolean {
  const presented = claimText(claims, claim)?.toLowerCase();
  const wanted = comparand.toLowerCase();
  return operator === 'eq' ? presented === wanted : matchesGlob(presented ?? '', wanted);
}

function difference(
  field: Difference['field'],
  causes: readonly Cause[],
  presented: string,
  configured: string,
): Difference {
  return { field, causes, presented, configured, at: firstDifference(presented, configured) };
}

/** The environment that a credential trusts, or null. */
export function trustedEnvironment({ subject }: Credential): string | null {
  const text = /(?:^|:)(environment:[^:]+)$/.exec(subject ?? '')?.[1];
  const context = text === undefined ? null : parseContext(text);
  return context?.kind === 'environment' ? context.environment : null;
}
