import type { Cause } from '../../cause.ts';
import { claimText } from '../../claims.ts';
import { CLOUDS } from '../../clouds.ts';
import type { Credential } from '../../credential.ts';
import type { Comparison, Difference } from '../compare.ts';
import type { Candidate, Confidence, Evidence, Rule } from '../evidence.ts';
import { quoted } from '../visible.ts';
import { usualMistake } from '../workload.ts';

/** A rule that compares: the nearest credential differs from what is presented, and this is where. */
export const nearestDiffers: Rule = (evidence) => {
  const { comparisons, stage, entry } = evidence;
  if (stage === 'entra' || stage === 'unnamed') return [];
  const relevant = comparisons.map((comparison) => ({
    comparison,
    differences: comparison.differences.filter(({ field }) => concerns(entry?.code, field)),
  }));
  const [nearest] = relevant;
  // A credential without a known difference may be the one that was meant: then the others prove nothing.
  if (!nearest || relevant.some(({ differences }) => differences.length === 0)) return [];
  return proposals(evidence, nearest.comparison, nearest.differences);
};

/** The same for an error that says nothing of the trust: whatever else explains the error comes first. */
export const differsAnyway: Rule = (evidence) =>
  evidence.stage === 'unnamed' ? nearestDiffers({ ...evidence, stage: 'none' }).map(notProven) : [];

function notProven(candidate: Candidate): Candidate {
  return { ...candidate, confidence: candidate.confidence === 'certain' ? 'likely' : candidate.confidence };
}

const CODE_FIELD: Readonly<Record<number, Difference['field']>> = {
  700211: 'issuer',
  700212: 'audience',
  700213: 'subject',
  7002131: 'subject',
  7002138: 'subject',
};

function concerns(code: number | undefined, field: Difference['field']): boolean {
  const named = code === undefined ? undefined : CODE_FIELD[code];
  return named === undefined || named === field;
}

function proposals(
  evidence: Evidence,
  { credential }: Comparison,
  differences: readonly Difference[],
): readonly Candidate[] {
  const causes = differences.flatMap(({ causes }) => causes);
  const foretold = differences.some(({ field, presented }) => field === 'subject' && presented === null);
  const renamed = causes[0] !== undefined && called(evidence, causes[0], credential) !== causes[0];
  const sole = causes.length === 1 && !foretold && !renamed && agreesWithCode(evidence, causes[0]);
  const confidence: Confidence = sole ? 'certain' : 'likely';
  return causes.map((cause, index) => ({
    cause: called(evidence, cause, credential),
    confidence: index === 0 ? confidence : index < 3 ? 'likely' : 'possible',
    why: nearby(credential),
    ...storyOf(evidence, differences[0]),
  }));
}

function storyOf({ provider }: Evidence, difference: Difference | undefined): { story?: string } {
  if (!difference || difference.presented === null) return {};
  const { field, presented, configured } = difference;
  const story = usualMistake(provider, { field, presented, configured });
  return story === null ? {} : { story };
}

function nearby({ name, subject }: Credential): readonly string[] {
  const pattern = subject?.includes('*') ? ['It holds a pattern, which an exact subject does not take.'] : [];
  return [`The nearest credential is ${quoted(name)}.`, ...pattern];
}

// Entra says itself when a subject differs in case only: without that code it is another credential's fault.
function agreesWithCode({ entry }: Evidence, cause: Cause | undefined): boolean {
  return entry?.code !== 7002138 || cause === 'subject-case';
}

// A credential that names the called workflow's repository was made by someone who expected the callee's subject.
function called({ context, claims }: Evidence, cause: Cause, { subject }: Credential): Cause {
  if (cause !== 'subject-owner-or-repo') return cause;
  const callee = claims === null ? null : claimText(claims, 'job_workflow_ref');
  const named = /^repo:([^:]+)/.exec(subject ?? '')?.[1];
  const proven =
    callee !== null && named !== undefined && callee.toLowerCase().startsWith(`${named.toLowerCase()}/`);
  return proven || (callee === null && context.reusable_workflow === true)
    ? 'subject-reusable-workflow'
    : cause;
}

const FRESH_SECONDS = 15 * 60;

/** A rule about time: what was set up a moment ago has not reached every node of Entra. */
export const propagation: Rule = (evidence) => {
  const { comparisons, stage, entry, context, configured } = evidence;
  const spreads = stage === 'trust' || entry?.retry === 'propagating' || stage === 'none';
  if (!spreads || configured?.length === 0) return [];
  const agrees = comparisons.find(({ complete, differences }) => complete && differences.length === 0);
  const signs = signsOfDelay(context);
  const refused = stage === 'trust' || entry?.code === 70025;
  if (agrees) return delayedMatch(agrees.credential.name, refused, signs);
  if (signs.length === 0 && !(context.intermittent === true && stage === 'trust')) return [];
  const proven = comparisons.length > 0 && comparisons.every(({ differences }) => differences.length > 0);
  return [{ cause: 'propagation-delay', confidence: proven ? 'possible' : 'likely', why: signs }];
};

function delayedMatch(name: string, refused: boolean, signs: readonly string[]): readonly Candidate[] {
  if (!refused && signs.length === 0) return [];
  const proven = refused && signs.length > 0;
  const why = [`The credential ${quoted(name)} agrees with what is presented.`, ...signs];
  return [{ cause: 'propagation-delay', confidence: proven ? 'certain' : 'likely', why }];
}

function signsOfDelay(context: Evidence['context']): readonly string[] {
  const age = context.credential_age_seconds;
  return [
    ...(age !== undefined && age < FRESH_SECONDS ? [`It was created ${Math.round(age)} seconds ago.`] : []),
    ...(context.attempts_failed_then_succeeded ? ['Later attempts succeeded.'] : []),
  ];
}

/** A rule about an application without credentials. */
export const noCredential: Rule = ({ configured, stage, entry, context }) => {
  const cause = 'no-credential-configured';
  const wrongKind = context.client_id_kind === 'object-id';
  if (configured?.length === 0 && (stage !== 'entra' || entry?.causes.includes(cause)) && stage !== 'unnamed')
    return [{ cause, confidence: wrongKind ? 'likely' : 'certain', why: ['It is known to have none.'] }];
  if (configured?.length === 0) return [{ cause, confidence: 'possible', why: [] }];
  if (configured === null || entry?.causes[0] !== cause) return [];
  const why = [
    'Credentials exist, so the client id may name another application than the one that holds them.',
  ];
  return [{ cause: 'client-id-unknown', confidence: 'likely', why }];
};

/** A rule about audiences that no credential need be read for: the cloud's own, and GitHub's default. */
export const audienceAlone: Rule = ({ seen, context, stage }) => {
  if (seen.audience === null || stage === 'entra' || stage === 'unnamed') return [];
  const cause = 'audience';
  if (/^https:\/\/github\.com\//.test(seen.audience))
    return [{ cause, confidence: 'likely', why: ["It is GitHub's default: no audience was asked for."] }];
  const cloud = Object.values(CLOUDS).find(({ name }) => name.toLowerCase() === context.cloud?.toLowerCase());
  const others = Object.values(CLOUDS).filter(({ audience }) => audience === seen.audience);
  if (!cloud || others.length === 0 || cloud.audience === seen.audience) return [];
  return [{ cause, confidence: 'likely', why: [`${cloud.name} expects ${quoted(cloud.audience)}.`] }];
};
