import { ofAnyClient } from '../aadsts/any-client.ts';
import { fill } from '../aadsts/catalogue.ts';
import { otherThanGitHub } from '../aadsts/elsewhere.ts';
import type { AadstsEntry } from '../aadsts/entry.ts';
import type { Claims } from '../claims.ts';
import { immutabilityHint, otherForm } from '../immutability.ts';
import type { SubjectContext } from '../subject/parse.ts';
import { predictSubject } from '../subject/predict.ts';
import type { Comparison, Difference } from './compare.ts';
import type { Candidate, Evidence } from './evidence.ts';
import { issuerAsked, isUnreachable } from './unreachable-issuer.ts';
import { quoted, visible } from './visible.ts';
import { MEANING, MEANING_ELSEWHERE } from './wording.ts';

/** The whole explanation as plain text: what happened, what differs and where, why it is so, and what is not known. */
export function narrate(evidence: Evidence, candidate: Candidate): string {
  const paragraphs = [
    [meaningOf(evidence, candidate), ...candidate.why.map(visible)].join(' '),
    comparison(evidence, candidate),
    origin(evidence, candidate),
    immutability(evidence, candidate),
    microsoftSays(evidence, candidate),
    ownSection(evidence),
    missing(evidence, candidate),
  ];
  return paragraphs.filter((paragraph) => paragraph !== null && paragraph !== '').join('\n\n');
}

function meaningOf({ provider }: Evidence, { cause, story }: Candidate): string {
  const elsewhere = provider === 'github' ? undefined : MEANING_ELSEWHERE[cause];
  return story ?? elsewhere ?? MEANING[cause];
}

function isAboutTrust({ cause }: Candidate): boolean {
  return /^(subject|issuer)-|^(audience|flexible-expression|no-credential-configured)$/.test(cause);
}

function comparison({ comparisons, seen }: Evidence, candidate: Candidate): string | null {
  const nearest = comparisons.find(({ differences }) => differences.length > 0);
  if (!isAboutTrust(candidate) && candidate.cause !== 'propagation-delay') return null;
  if (nearest && isAboutTrust(candidate)) return sideBySide(nearest);
  const known = (['issuer', 'subject', 'audience'] as const).flatMap((field) =>
    seen[field] === null ? [] : [`  ${field.padEnd(8)} ${visible(seen[field])}`],
  );
  return known.length === 0 ? null : ['Presented:', ...known].join('\n');
}

function sideBySide({ credential, differences }: Comparison): string {
  const blocks = differences.map((difference) => marked(difference));
  return [`Compared with the nearest credential, ${quoted(credential.name)}:`, ...blocks].join('\n');
}

const LONGEST = 600;

// The caret stands under the first difference: what is made visible before it is longer than it was.
function marked({ field, presented, configured, at, unmet }: Difference): string {
  const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
  if (presented === null)
    return `  ${field} configured  ${visible(cut(configured))}\n  ${field} presented   (not known; foretold from the run)`;
  if (at === null)
    return [
      `  ${field} configured  ${visible(cut(configured))}`,
      `  ${field} presented   ${visible(cut(presented))}`,
      `  ${unmet}`,
    ].join('\n');
  const caret =
    at <= LONGEST
      ? `\n${' '.repeat(`  ${field} presented   ${visible(presented.slice(0, at))}`.length)}^`
      : '';
  return [
    `  ${field} configured  ${visible(cut(configured))}`,
    `  ${field} presented   ${visible(cut(presented))}${caret}`,
    `  first difference at character ${at + 1}`,
  ].join('\n');
}

function origin({ subject, suffix, context }: Evidence, { cause }: Candidate): string | null {
  const { event_name: event, environment, ref } = context;
  if (!cause.startsWith('subject-') || event === undefined) return null;
  // A template makes its own subject; and of a job of which nothing is known, nobody can say that it names no environment.
  if (subject === null ? environment === undefined : suffix === null) return null;
  const { why } = predictSubject({
    repository: 'OWNER/REPOSITORY',
    ownerId: null,
    repositoryId: null,
    eventName: visible(event),
    ref: ref ?? refOf(suffix),
    environment: suffix?.kind === 'environment' ? suffix.environment : null,
    template: null,
    claims: {},
  });
  return suffix?.kind === 'merge-queue'
    ? `${why[0]} No exact credential can ever match it.`
    : (why[0] ?? null);
}

function refOf(suffix: SubjectContext | null): string | null {
  switch (suffix?.kind) {
    case 'branch':
      return `refs/heads/${suffix.branch}`;
    case 'tag':
      return `refs/tags/${suffix.tag}`;
    case 'merge-queue':
      return `refs/heads/gh-readonly-queue/${suffix.base}`;
    default:
      return null;
  }
}

function immutability({ seen, claims, comparisons }: Evidence, { cause }: Candidate): string | null {
  if (cause !== 'subject-immutable-format' || seen.subject === null) return null;
  const token: Claims = { ...claims, sub: seen.subject };
  const hint = immutabilityHint(token);
  const other = otherForm(token)?.subject ?? comparisons[0]?.credential.subject ?? null;
  const forms =
    other === null ? [] : [`Presented: ${quoted(seen.subject)}; the other form: ${quoted(other)}.`];
  return [...forms, hint === null ? '' : visible(hint)].join(' ').trim();
}

// Of a new ID token it is the clocks that disagree; any other may have been presented again.
function inContext(entry: AadstsEntry, { provider, ours }: Evidence, { cause }: Candidate): AadstsEntry {
  const told = ours || cause === 'clock-skew' ? entry : ofAnyClient(entry);
  return provider === 'github' ? told : otherThanGitHub(told);
}

// What mends the cause that the code names would mislead where the trust agrees and is only not there yet.
function microsoftSays(evidence: Evidence, candidate: Candidate): string | null {
  if (evidence.entry === null) return null;
  const { seen, error, context } = evidence;
  const { cause } = candidate;
  const entry = inContext(evidence.entry, evidence, candidate);
  const values = {
    client: visible(error.client ?? '<client-id>'),
    tenant: visible(context.tenant_id ?? '<tenant-id>'),
    cloud: visible(context.cloud ?? '<cloud>'),
    authority: 'the authority',
    scope: 'the scope that was asked for',
    issuer: visible(isUnreachable(evidence) ? issuerAsked(evidence) : (seen.issuer ?? '<issuer>')),
    subject: visible(seen.subject ?? '<subject>'),
    audience: visible(seen.audience ?? '<audience>'),
  };
  const said = `AADSTS${entry.code}: ${fill(entry.sentence, values)}`;
  return cause === 'propagation-delay' && entry.causes[0] !== cause
    ? said
    : `${said} ${fill(entry.remedy, values)}`;
}

function ownSection({ own }: Evidence): string | null {
  return own === null
    ? null
    : `${own} is a code of this action itself: docs/troubleshooting.md#${own} says what it means and what to do.`;
}

// Without these the answer is a guess: naming them tells the reader what to look at next.
function missing({ error, seen, configured, stage }: Evidence, { confidence }: Candidate): string | null {
  if (confidence === 'certain') return null;
  const trust = stage === 'trust' || stage === 'none';
  const wanted = [
    ...(stage === 'none' ? ['the text of the error'] : []),
    ...(trust && seen.subject === null ? ['the presented subject (the claim sub of the ID token)'] : []),
    ...(trust && configured === null ? ['the configured federated credentials'] : []),
    ...(stage === 'unnamed' && confidence === 'possible' && error.codes.length === 0
      ? ['an AADSTS code, if Entra gave one']
      : []),
  ];
  return wanted.length === 0 ? null : `Not known, and would make this surer: ${wanted.join('; ')}.`;
}
