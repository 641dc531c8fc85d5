import { isOwnText } from '../aadsts/any-client.ts';
import { findAadsts } from '../aadsts/catalogue.ts';
import type { AadstsEntry } from '../aadsts/entry.ts';
import type { Cause } from '../cause.ts';
import { audienceOf, type Claims, claimText } from '../claims.ts';
import type { Credential } from '../credential.ts';
import { type Provider, providerOf } from '../issuer.ts';
import { parseSubject, type Subject, type SubjectContext } from '../subject/parse.ts';
import { type Comparison, compareAll, type Seen } from './compare.ts';
import { presentedContext, runContext, withoutRun } from './context-of.ts';
import { type ErrorText, readErrorText } from './error-text.ts';
import type { ExplainContext, ExplainInput } from './input.ts';
import { isPublicIssuer } from './issuer-causes.ts';
import { ownCodeIn } from './own-codes.ts';

/**
 * How far the sign-in got, as the error tells: refused for the trust, refused by Entra for another reason, or
 * something that no AADSTS code names.
 */
export type Stage = 'none' | 'trust' | 'entra' | 'unnamed';

/** All that the rules may ask about. */
export interface Evidence {
  readonly error: ErrorText;
  readonly stage: Stage;
  /** The first code of the error that the catalogue knows. */
  readonly entry: AadstsEntry | null;
  /** That the error is the action's own account of it: then it was the action that asked, with a new ID token. */
  readonly ours: boolean;
  /** The code of a failure of the action itself with which a line of the error begins. */
  readonly own: string | null;
  readonly claims: Claims | null;
  readonly seen: Seen;
  /** Whose assertion it is; what is not known to be another's is taken for GitHub's. */
  readonly provider: Provider;
  readonly subject: Subject | null;
  /** What follows the repository: as presented or, where `subject` is null, as foretold. */
  readonly suffix: SubjectContext | null;
  readonly context: ExplainContext;
  readonly configured: readonly Credential[] | null;
  /** Nearest first; empty where nothing can be compared. */
  readonly comparisons: readonly Comparison[];
}

export type Confidence = 'certain' | 'likely' | 'possible';

/** A cause that a rule proposes, and the sentences that say why. */
export interface Candidate {
  readonly cause: Cause;
  readonly confidence: Confidence;
  readonly why: readonly string[];
  /** What happened in one sentence, where that is known more precisely than the cause says. */
  readonly story?: string;
}

/** One way to reason: what it proposes, the most likely first; nothing where it does not apply. */
export type Rule = (evidence: Evidence) => readonly Candidate[];

const TRUST = [70021, 700211, 700212, 700213, 7002131, 7002138];

/** Brings together what the caller gives and what the error quotes; what the caller gives comes first. */
export function gather(input: ExplainInput): Evidence {
  const told = readErrorText(input.error ?? '');
  const error = { ...told, client: meant(input.context.client_id) ?? told.client };
  const entry = findAadsts(error.codes);
  const seen = seenIn(input, error);
  const provider = providerOf(seen.issuer, seen.subject);
  const isGitHubs = provider === 'github';
  const context = isGitHubs ? runContext(input) : withoutRun(input.context);
  const subject = seen.subject === null || !isGitHubs ? null : parseSubject(seen.subject);
  const suffix = presentedContext(subject, context);
  return {
    error,
    stage: stageOf(input.error, entry, error.codes),
    entry,
    ours: entry !== null && isOwnText(entry, error.text),
    own: ownCodeIn(error.text),
    claims: input.claims,
    seen,
    provider,
    subject,
    suffix,
    context,
    configured: input.configured,
    comparisons: compareAll(
      { ...seen, provider },
      input.claims,
      subject === null ? suffix : null,
      input.configured ?? [],
    ),
  };
}

function stageOf(error: string | null, entry: AadstsEntry | null, codes: readonly number[]): Stage {
  if (error === null || error.trim() === '') return 'none';
  if (entry !== null) return TRUST.includes(entry.code) ? 'trust' : 'entra';
  if (codes.length > 0) return 'entra';
  return /no matching federated identity record/i.test(error) ? 'trust' : 'unnamed';
}

function seenIn({ presented, claims }: ExplainInput, error: ErrorText): Seen {
  const claim = (name: string) => (claims === null ? null : claimText(claims, name));
  return {
    issuer: meant(presented?.issuer) ?? meant(claim('iss')) ?? withoutSlash(error),
    subject: meant(presented?.subject) ?? meant(claim('sub')) ?? meant(error.subject),
    audience: meant(presented?.audience) ?? meant(claims && audienceOf(claims)) ?? meant(error.audience),
  };
}

// Masked by the runner, or left out by who reports: not known.
function meant(value: string | null | undefined): string | null {
  return value === undefined || value === null || /^(\s*|\*+|<[^<>]*>|\.\.\.|…)$/.test(value) ? null : value;
}

// Older texts of Entra print GitHub's issuer with a slash that the token never has; 700211 is about just that.
function withoutSlash({ issuer, codes }: ErrorText): string | null {
  return issuer !== null && isPublicIssuer(issuer) && !codes.includes(700211)
    ? issuer.replace(/\/+$/, '')
    : issuer;
}
