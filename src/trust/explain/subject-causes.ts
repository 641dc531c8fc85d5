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
 * Why a configured subject is not the presented one: the causes, the decisive first; none when they are equal, or may
 * be for all that a log leaves to be seen.
 * GitHub: "OpenID Connect reference" (forms of the subject); Microsoft: Entra compares exactly and case-sensitively.
 */
export function subjectCauses(presented: string, configured: string): readonly Cause[] {
  if (presented === configured) return [];
  if (presented.toLowerCase() === configured.toLowerCase()) return ['subject-case'];
  const [p, c] = [parseSubject(presented), parseSubject(configured)];
  if (p.form !== 'custom') return c.form === 'custom' ? oddCauses(p, c, configured) : standardCauses(p, c);
  if (!isGitHub(p)) return ['other'];
  return c.form === 'custom' ? customCauses(p, c) : ['subject-custom-template'];
}

/** Whether a customised subject is made of GitHub's claims, rather than by another issuer. */
export function isGitHub(subject: Custom): boolean {
  return subject.parts.some(({ key }) => key !== '');
}

// The runner masks secrets with asterisks, and reports put <placeholders>: what is hidden is not known to differ.
const HIDDEN = /\*{3}|<[^<>]*>/;

/** Whether a part of a subject is not to be seen. */
export function isMasked(subject: string): boolean {
  return HIDDEN.test(subject);
}

function standardCauses(p: Standard, c: Standard): readonly Cause[] {
  const format: readonly Cause[] = p.form === c.form ? [] : ['subject-immutable-format'];
  const rest = [...repositoryCauses(p.repository, c.repository), ...contextCauses(p.context, c.context)];
  return [...new Set([...format, ...rest])];
}

function repositoryCauses(p: SubjectRepository, c: SubjectRepository): readonly Cause[] {
  const names = differ(p.owner, c.owner) || differ(p.name, c.name);
  const both = p.ownerId !== null && c.ownerId !== null;
  const ids = both && (p.ownerId !== c.ownerId || p.repositoryId !== c.repositoryId);
  if (names || ids) return ['subject-owner-or-repo'];
  return sameButForCase(p.owner, c.owner) || sameButForCase(p.name, c.name) ? ['subject-case'] : [];
}

function differ(a: string, b: string): boolean {
  return a.toLowerCase() !== b.toLowerCase() && !isMasked(a) && !isMasked(b);
}

function sameButForCase(a: string, b: string): boolean {
  return a !== b && a.toLowerCase() === b.toLowerCase();
}

/** Why what follows the repository differs; also from a context that was foretold from the facts of the run. */
export function contextCauses(p: SubjectContext | null, c: SubjectContext | null): readonly Cause[] {
  if (p === null || c === null) return p === c ? [] : ['subject-entity-type'];
  const [presented, configured] = [textOf(p), textOf(c)];
  if (p.kind === c.kind) {
    if (sameButForCase(presented, configured)) return ['subject-case'];
    // A placeholder for the branch tells at least that it is none of note; a mask tells nothing.
    const same = presented === configured || [presented, configured].some((text) => text.includes('***'));
    return same ? [] : [sameEntity(p)];
  }
  if (!ENTITIES.includes(c.kind)) return unreadable(p, configured);
  return entityCauses(p, c);
}

function entityCauses(p: SubjectContext, c: SubjectContext): readonly Cause[] {
  if (p.kind === 'merge-queue' && c.kind === 'branch') return ['subject-branch'];
  if (c.kind === 'environment') return ['subject-entity-type'];
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
    ? [sameEntity(p)]
    : ['subject-entity-type', cause];
}

// Configured is no default subject, though one is presented: a slip of the author, or written for a template.
function oddCauses(p: Standard, c: Custom, configured: string): readonly Cause[] {
  // A subject cannot name the called workflow unless a template puts it there: a common wish, and never presented.
  if (c.parts.some(({ key }) => key === 'job_workflow_ref'))
    return ['subject-reusable-workflow', 'subject-custom-template'];
  const context = c.parts.every(({ key }) => PLAIN.includes(key)) && BEHIND.exec(configured)?.[1];
  const meant = context ? parseSubject(`repo:o/r:${context}`) : c;
  if (meant.form !== 'custom') return ['subject-owner-or-repo', ...contextCauses(p.context, meant.context)];
  return isGitHub(c) ? ['subject-custom-template'] : ['subject-owner-or-repo', 'other'];
}

const PLAIN = ['', 'repo', 'environment', 'ref'];
// What follows a repository that cannot be read: no owner, no `repo:`, an address.
const BEHIND = /^.+?:((?:environment|ref):.*|pull_request)$/s;

const BY_KEY: Readonly<Record<string, Cause>> = {
  environment: 'subject-environment-name',
  job_workflow_ref: 'subject-reusable-workflow',
  repository: 'subject-owner-or-repo',
  repository_owner: 'subject-owner-or-repo',
  repository_id: 'subject-owner-or-repo',
  repository_owner_id: 'subject-owner-or-repo',
};

function customCauses(p: Custom, c: Custom): readonly Cause[] {
  const keys = (subject: Custom) => subject.parts.map(({ key }) => key).join(':');
  if (keys(p) !== keys(c)) return ['subject-custom-template'];
  const different = p.parts.filter(({ value }, index) => value !== c.parts[index]?.value);
  const causes = different.map(({ key, value }): Cause => {
    if (key === 'ref') return value.startsWith('refs/tags/') ? 'subject-tag' : 'subject-branch';
    return BY_KEY[key] ?? 'subject-custom-template';
  });
  return [...new Set(causes)];
}
