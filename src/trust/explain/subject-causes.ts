import type { Cause } from '../cause.ts';
import { parseSubject, type Subject, type SubjectContext, type SubjectRepository } from '../subject/parse.ts';

type Standard = Extract<Subject, { form: 'name-based' | 'immutable' }>;
type Custom = Extract<Subject, { form: 'custom' }>;

const ENTITIES: readonly SubjectContext['kind'][] = [
  'environment',
  'pull-request',
  'branch',
  'tag',
  'merge-queue',
];

/**
 * Why a configured subject is not the presented one: the causes, the decisive first; none when they are equal.
 * GitHub: "OpenID Connect reference" (forms of the subject); Microsoft: Entra compares exactly and case-sensitively.
 */
export function subjectCauses(presented: string, configured: string): readonly Cause[] {
  if (presented === configured) return [];
  if (presented.toLowerCase() === configured.toLowerCase()) return ['subject-case'];
  const [p, c] = [parseSubject(presented), parseSubject(configured)];
  if (p.form !== 'custom' && c.form !== 'custom') return standardCauses(p, c);
  if (p.form === 'custom' && c.form === 'custom') return customCauses(p, c);
  // A subject cannot name the called workflow unless a template puts it there: a common wish, and never presented.
  if (c.form === 'custom' && names(c, 'job_workflow_ref'))
    return ['subject-reusable-workflow', 'subject-custom-template'];
  if (c.form === 'custom' && !isGitHub(c)) return malformed(p, configured);
  return isGitHub(p.form === 'custom' ? p : null) || c.form === 'custom'
    ? ['subject-custom-template']
    : ['other'];
}

/** Whether a customised subject is made of GitHub's claims, rather than by another issuer. */
export function isGitHub(subject: Custom | null): boolean {
  return subject?.parts.some(({ key }) => key !== '') ?? false;
}

function names(subject: Custom, key: string): boolean {
  return subject.parts.some((part) => part.key === key);
}

function standardCauses(p: Standard, c: Standard): readonly Cause[] {
  const causes: Cause[] = [];
  if (p.form !== c.form) causes.push('subject-immutable-format');
  causes.push(...repositoryCauses(p.repository, c.repository), ...contextCauses(p.context, c.context));
  return causes.length > 0 ? [...new Set(causes)] : ['other'];
}

function repositoryCauses(p: SubjectRepository, c: SubjectRepository): readonly Cause[] {
  const names = differ(p.owner, c.owner) || differ(p.name, c.name);
  const both = p.ownerId !== null && c.ownerId !== null;
  const ids = both && (p.ownerId !== c.ownerId || p.repositoryId !== c.repositoryId);
  if (names || ids) return ['subject-owner-or-repo'];
  return sameButForCase(p.owner, c.owner) || sameButForCase(p.name, c.name) ? ['subject-case'] : [];
}

// The runner masks secrets with asterisks: what is masked is not known to differ.
function differ(a: string, b: string): boolean {
  return a.toLowerCase() !== b.toLowerCase() && ![a, b].some((name) => /^\*{3}|^</.test(name));
}

function sameButForCase(a: string, b: string): boolean {
  return a !== b && a.toLowerCase() === b.toLowerCase();
}

/** Why what follows the repository differs; also from a context that was foretold from the facts of the run. */
export function contextCauses(p: SubjectContext | null, c: SubjectContext | null): readonly Cause[] {
  if (p === null || c === null) return p === c ? [] : ['subject-entity-type'];
  const [presented, configured] = [textOf(p), textOf(c)];
  if (p.kind === c.kind) {
    if (presented === configured) return [];
    return sameButForCase(presented, configured) ? ['subject-case'] : [sameEntity(p)];
  }
  if (!ENTITIES.includes(c.kind)) return [...unreadable(p, configured)];
  return entityCauses(p, c);
}

function entityCauses(p: SubjectContext, c: SubjectContext): readonly Cause[] {
  if (p.kind === 'merge-queue' && c.kind === 'branch') return ['subject-branch'];
  if (c.kind === 'environment' || p.kind === 'environment') return ['subject-entity-type'];
  if (p.kind === 'pull-request') return ['subject-pull-request', 'subject-entity-type'];
  return p.kind === 'tag' ? ['subject-tag', 'subject-entity-type'] : ['subject-entity-type'];
}

/** The cause that concerns a value of this kind: another branch, another tag, another environment. */
function sameEntity(context: SubjectContext): Cause {
  switch (context.kind) {
    case 'environment':
      return 'subject-environment-name';
    case 'tag':
      return 'subject-tag';
    case 'pull-request':
      return 'subject-pull-request';
    case 'branch':
    case 'merge-queue':
      return 'subject-branch';
    default:
      return 'subject-entity-type';
  }
}

function textOf(context: SubjectContext): string {
  switch (context.kind) {
    case 'environment':
      return context.environment;
    case 'branch':
      return context.branch;
    case 'tag':
      return context.tag;
    case 'merge-queue':
      return `${context.base} ${context.pullRequest} ${context.sha}`;
    case 'ref':
      return context.ref;
    case 'other':
      return context.text;
    case 'pull-request':
      return 'pull_request';
  }
}

const WRITTEN_AS: readonly (readonly [RegExp, SubjectContext['kind'], Cause])[] = [
  [/pull|merge_request|\bpr\b/i, 'pull-request', 'subject-pull-request'],
  [/^env/i, 'environment', 'subject-environment-name'],
  [/tag/i, 'tag', 'subject-tag'],
  [/head|branch|^ref/i, 'branch', 'subject-branch'],
];

// Configured is something that GitHub never writes: a hyphen for the underscore, a branch without refs/heads/, `*`.
function unreadable(p: SubjectContext, configured: string): readonly Cause[] {
  const meant = WRITTEN_AS.find(([pattern]) => pattern.test(configured));
  if (!meant) return [sameEntity(p), 'subject-entity-type'];
  const [, kind, cause] = meant;
  return kind === p.kind || (kind === 'branch' && p.kind === 'tag')
    ? [kind === p.kind ? cause : sameEntity(p)]
    : ['subject-entity-type', cause];
}

function malformed(p: Subject, configured: string): readonly Cause[] {
  const rest = /^repos?:[^:]*:(.*)$/s.exec(configured)?.[1];
  if (rest === undefined || p.form === 'custom') return ['subject-owner-or-repo', 'other'];
  const context = contextCauses(p.context, parseSubjectContext(rest));
  return ['subject-owner-or-repo', ...context];
}

function parseSubjectContext(text: string): SubjectContext | null {
  const subject = parseSubject(`repo:o/r:${text}`);
  return subject.form === 'custom' ? { kind: 'other', text } : subject.context;
}

const BY_KEY: Readonly<Record<string, Cause>> = {
  environment: 'subject-environment-name',
  job_workflow_ref: 'subject-reusable-workflow',
  repository: 'subject-owner-or-repo',
  repository_owner: 'subject-owner-or-repo',
  repository_id: 'subject-owner-or-repo',
  repository_owner_id: 'subject-owner-or-repo',
};

function customCauses(p: Custom, c: Custom): readonly Cause[] {
  if (!isGitHub(p)) return ['other'];
  const keys = (subject: Custom) => subject.parts.map(({ key }) => key).join(':');
  if (keys(p) !== keys(c)) return ['subject-custom-template'];
  const different = p.parts.filter(({ value }, index) => value !== c.parts[index]?.value);
  const causes = different.map(({ key, value }): Cause => {
    if (key === 'ref') return value.startsWith('refs/tags/') ? 'subject-tag' : 'subject-branch';
    return BY_KEY[key] ?? 'subject-custom-template';
  });
  return [...new Set(causes)];
}
