import type { Cause } from '../../cause.ts';
import type { Candidate, Evidence, Rule } from '../evidence.ts';
import { isGitHub } from '../subject-causes.ts';

const ABOUT_SUBJECT = [70021, 700213];

/** A rule for a refused subject of which only one side is known: its own form tells what is usually overlooked. */
export const subjectAlone: Rule = (evidence) => {
  const { stage, entry, suffix, context, comparisons, provider } = evidence;
  const code = entry?.code;
  const compared = comparisons.length > 0 && comparisons.every(({ differences }) => differences.length > 0);
  if (compared || stage !== 'trust' || (code !== undefined && !ABOUT_SUBJECT.includes(code))) return [];
  if (provider !== 'github') return guess(['other']);
  const causes = [...fromFacts(evidence), ...fromForm(evidence)];
  if (causes.length === 0) return code === 70021 ? [] : guess(['subject-entity-type', 'subject-branch']);
  const why = suffix?.kind === 'environment' && context.environment !== null ? [BEATS] : [];
  return guess([...new Set(causes)], why);
};

const BEATS = 'A job that names an environment presents that, whatever its branch or event.';

function guess(causes: readonly Cause[], why: readonly string[] = []): readonly Candidate[] {
  return causes.map((cause, index) => ({
    cause,
    confidence: index === 0 ? 'likely' : 'possible',
    why,
  }));
}

// Settings that change the whole subject outweigh the kind of run.
function fromFacts({ subject, context }: Evidence): readonly Cause[] {
  const { subject_customization: settings = {}, reusable_workflow: reusable } = context;
  const templated = settings.use_default === false && (settings.include_claim_keys ?? []).length > 0;
  const switched = settings.use_immutable_subject === true || /@\d+\//.test(settings.sub_claim_prefix ?? '');
  return [
    ...(subject?.form === 'custom' && isGitHub(subject) ? (['subject-custom-template'] as const) : []),
    ...(templated && subject?.form !== 'immutable' ? (['subject-custom-template'] as const) : []),
    ...(reusable === true ? (['subject-reusable-workflow'] as const) : []),
    ...(switched || subject?.form === 'immutable' ? (['subject-immutable-format'] as const) : []),
  ];
}

function fromForm({ subject, suffix }: Evidence): readonly Cause[] {
  if (subject?.form === 'custom') return isGitHub(subject) ? ['subject-custom-template'] : ['other'];
  switch (suffix?.kind) {
    case 'environment':
      return ['subject-entity-type', 'subject-environment-name'];
    case 'pull-request':
      return ['subject-pull-request', 'subject-entity-type'];
    case 'tag':
      return ['subject-tag', 'subject-entity-type'];
    case 'merge-queue':
      return ['subject-branch', 'subject-entity-type'];
    case 'branch':
      return /^(main|master)$/.test(suffix.branch)
        ? ['subject-entity-type', 'subject-branch', 'subject-owner-or-repo']
        : ['subject-branch', 'subject-entity-type'];
    default:
      return [];
  }
}

/** A rule for facts without an error: what this repository presents, and what no credential can trust. */
export const oddSubject: Rule = ({ stage, subject, suffix, context, configured, comparisons }) => {
  if (stage !== 'none' || comparisons.some(({ complete }) => complete)) return [];
  const { subject_customization: settings = {}, reusable_workflow: reusable } = context;
  if (suffix?.kind === 'merge-queue') return guess(['subject-branch', 'subject-entity-type']);
  if (subject?.form === 'custom' && isGitHub(subject)) return possible('subject-custom-template');
  if (settings.use_default === false && (settings.include_claim_keys ?? []).length > 0)
    return possible('subject-custom-template');
  if (reusable === true && context.reusable_workflow_caller_grants_id_token === undefined)
    return possible('subject-reusable-workflow');
  if (subject?.form === 'immutable' && configured === null) return possible('subject-immutable-format');
  return settings.use_immutable_subject === true ? possible('subject-immutable-format') : [];
};

function possible(cause: Cause): readonly Candidate[] {
  return [{ cause, confidence: 'possible', why: [] }];
}
