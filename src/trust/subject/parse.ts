/** The repository that a subject names; the ids only in the immutable form. */
export interface SubjectRepository {
  readonly owner: string;
  readonly ownerId: string | null;
  readonly name: string;
  readonly repositoryId: string | null;
}

/** What a subject says of the run. Names are decoded: GitHub writes `:` in them as `%3A`. */
export type SubjectContext =
  | { readonly kind: 'environment'; readonly environment: string }
  | { readonly kind: 'pull-request' }
  | { readonly kind: 'branch'; readonly branch: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | {
      readonly kind: 'merge-queue';
      readonly base: string;
      readonly pullRequest: string;
      readonly sha: string;
    }
  | { readonly kind: 'ref'; readonly ref: string }
  | { readonly kind: 'other'; readonly text: string };

/** A subject taken apart. `custom` subjects come from a template; their parts stand in order. */
export type Subject =
  | {
      readonly form: 'name-based' | 'immutable';
      readonly repository: SubjectRepository;
      readonly context: SubjectContext | null;
    }
  | { readonly form: 'custom'; readonly parts: readonly SubjectPart[] };

/** One `key:value` of a customised subject; a part that starts with no key of GitHub's has an empty key. */
export interface SubjectPart {
  readonly key: string;
  readonly value: string;
}

// GitHub: "@" cannot occur in names of owners and repositories.
const REPOSITORY = /^repo:([^@/:]+)(?:@(\d+))?\/([^@/:]+)(?:@(\d+))?(?::(.*))?$/s;
const MERGE_QUEUE = /^refs\/heads\/gh-readonly-queue\/(.+)\/pr-(\d+)-([0-9a-f]+)$/;
const TEMPLATE_KEY =
  /(?:^|:)(repo|repository|repository_id|repository_owner|repository_owner_id|repository_visibility|actor|actor_id|environment|ref|ref_type|ref_protected|head_ref|base_ref|event_name|job_workflow_ref|job_workflow_sha|workflow|workflow_ref|workflow_sha|run_id|run_number|run_attempt|runner_environment|enterprise|enterprise_id|repo_property_[a-z0-9_]+):/g;

/**
 * Takes a GitHub subject apart. Never fails: what has no known form is `custom`.
 * GitHub: "OpenID Connect reference", example subject claims, immutable subjects and customisation.
 */
export function parseSubject(subject: string): Subject {
  const [matched, owner, ownerId, name, repositoryId, context] = REPOSITORY.exec(subject) ?? [];
  const bothOrNeither = (ownerId === undefined) === (repositoryId === undefined);
  if (matched === undefined || !owner || !name || !bothOrNeither || isTemplated(context ?? '')) {
    return { form: 'custom', parts: splitParts(subject) };
  }
  return {
    form: ownerId === undefined ? 'name-based' : 'immutable',
    repository: { owner, ownerId: ownerId ?? null, name, repositoryId: repositoryId ?? null },
    context: context === undefined ? null : parseContext(context),
  };
}

/** Reads the part of a default subject that follows the repository. */
export function parseContext(text: string): SubjectContext {
  if (text === 'pull_request') return { kind: 'pull-request' };
  if (text.startsWith('environment:'))
    return { kind: 'environment', environment: decode(text.slice('environment:'.length)) };
  return text.startsWith('ref:') ? parseRef(text.slice('ref:'.length)) : { kind: 'other', text };
}

function parseRef(ref: string): SubjectContext {
  const [, base, pullRequest, sha] = MERGE_QUEUE.exec(ref) ?? [];
  if (base && pullRequest && sha) return { kind: 'merge-queue', base, pullRequest, sha };
  if (ref.startsWith('refs/heads/')) return { kind: 'branch', branch: ref.slice('refs/heads/'.length) };
  if (ref.startsWith('refs/tags/')) return { kind: 'tag', tag: ref.slice('refs/tags/'.length) };
  return { kind: 'ref', ref };
}

// A default context is one of three; further keys behind it come from a template.
function isTemplated(context: string): boolean {
  const keys = [...`:${context}`.matchAll(TEMPLATE_KEY)].map(([, key]) => key);
  return keys.length > 1 || (keys.length === 1 && keys[0] !== 'environment' && keys[0] !== 'ref');
}

function splitParts(subject: string): SubjectPart[] {
  const starts = [...subject.matchAll(TEMPLATE_KEY)].map((match) => {
    const key = match[1] ?? '';
    const begin = match[0].startsWith(':') ? match.index + 1 : match.index;
    return { key, begin, value: begin + key.length + 1 };
  });
  const first = starts[0]?.begin ?? subject.length;
  const head = first > 0 ? [{ key: '', value: subject.slice(0, starts[0] ? first - 1 : first) }] : [];
  const parts = starts.map(({ key, value }, index) => {
    const next = starts[index + 1];
    return { key, value: decode(subject.slice(value, next ? next.begin - 1 : subject.length)) };
  });
  return [...head, ...parts];
}

/** A value inside a subject as GitHub writes it: `:` becomes `%3A`. */
export function encodeValue(value: string): string {
  return value.replaceAll(':', '%3A');
}

function decode(value: string): string {
  return value.replaceAll('%3A', ':');
}
