import type { SubjectPart } from '../subject/parse.ts';
import { ANY_RUN, hasWildcard, NOTHING, type Reach } from './reach.ts';

/** Keys that tell whose run it is, or of what kind the repository is: they say nothing of branch or event. */
const OF_THE_REPOSITORY =
  /^(repo|repository|repository_id|repository_owner|repository_owner_id|repository_visibility|enterprise|enterprise_id|runner_environment|repo_property_.+)$/;

/**
 * What a customised subject admits, from its `key:value` parts; a value may be a glob. GitHub: "Customizing the subject
 * claims". Null when it begins with no key of GitHub's, so that no run presents it.
 */
export function reachOfTemplate(parts: readonly SubjectPart[]): Reach | null {
  const last = parts.at(-1);
  if (last === undefined || parts[0]?.key === '') return null;
  // Behind a value that ends in ":*" anything may follow, other keys included.
  const open = /(?:^|:)\*$/.test(last.value);
  const values = new Map(
    parts.map(({ key, value }) => [key, key === last.key ? value.replace(/:\*$/, '') : value]),
  );
  const names = reachOfNames(values);
  if (names === null) return null;
  const anyRun = open || [...values.keys()].every((key) => OF_THE_REPOSITORY.test(key));
  const workflowRef = values.get('job_workflow_ref');
  return {
    ...NOTHING,
    ...names,
    ...(anyRun ? ANY_RUN : reachOfRun(values)),
    workflowRefs: workflowRef === undefined ? [] : [workflowRef],
  };
}

type Values = ReadonlyMap<string, string>;
type Names = Omit<Reach, 'pullRequest' | 'branches' | 'tags' | 'environment' | 'workflowRefs'>;

function reachOfNames(values: Values): Names | null {
  const repo = values.get('repo');
  const named = repo ?? values.get('repository') ?? values.get('workflow_ref');
  const [owner, repository] = named === undefined ? [undefined, undefined] : splitName(named);
  // `repo` stands for the prefix, which always has two names.
  if (repo !== undefined && (repo === '' || (repository === undefined && !hasWildcard(repo)))) return null;
  const ownerName = owner?.name ?? values.get('repository_owner');
  const ownerId = idOf(owner?.id ?? values.get('repository_owner_id'));
  const repositoryId = idOf(repository?.id ?? values.get('repository_id'));
  const enterprise = values.has('enterprise') || values.has('enterprise_id');
  return {
    owner: ownersOf(ownerName, ownerId !== null || repositoryId !== null || enterprise),
    repositories: repositoryId !== null ? 'one' : repositoriesOf(repository?.name),
    ownerName: literal(ownerName),
    ownerId,
    repositoryName: literal(repository?.name),
    repositoryId,
  };
}

function ownersOf(name: string | undefined, fixedByOthers: boolean): Reach['owner'] {
  if (fixedByOthers) return 'one';
  if (name === undefined) return 'unnamed';
  return hasWildcard(name) ? 'many' : 'one';
}

function repositoriesOf(name: string | undefined): Reach['repositories'] {
  if (name === undefined || /^\*+$/.test(name)) return 'all';
  return hasWildcard(name) ? 'some' : 'one';
}

function splitName(value: string): [NameAndId, NameAndId | undefined] {
  const [owner = '', repository] = value.split('/', 2);
  return [nameAndId(owner), repository === undefined ? undefined : nameAndId(repository)];
}

interface NameAndId {
  readonly name: string;
  readonly id: string | undefined;
}

function nameAndId(value: string): NameAndId {
  const [name = '', id] = value.split('@', 2);
  return { name, id };
}

const idOf = (value: string | undefined) => (value !== undefined && /^\d+$/.test(value) ? value : null);
const literal = (name: string | undefined) =>
  name === undefined || name === '' || hasWildcard(name) ? null : name;

type Run = Pick<Reach, 'pullRequest' | 'branches' | 'tags' | 'environment'>;

function reachOfRun(values: Values): Run {
  const environment = values.get('environment');
  const ref = values.get('ref') ?? workflowRefsRef(values);
  const event = values.get('event_name');
  const none: Run = { pullRequest: false, branches: 'none', tags: 'none', environment: null };
  return {
    ...none,
    ...(ref === undefined ? {} : reachOfRef(ref)),
    ...(event !== undefined && /^pull_request$|[*?]/.test(event) ? { pullRequest: true } : {}),
    environment: environment === undefined ? null : { name: hasWildcard(environment) ? null : environment },
  };
}

function workflowRefsRef(values: Values): string | undefined {
  return values.get('workflow_ref')?.split('@', 2)[1];
}

function reachOfRef(ref: string): Partial<Run> {
  const wild = hasWildcard(ref);
  if (ref.startsWith('refs/heads/gh-readonly-queue/')) return { branches: wild ? 'queue' : 'one' };
  if (ref.startsWith('refs/heads/')) return { branches: wild ? 'many' : 'one' };
  if (ref.startsWith('refs/tags/')) return { tags: tagsOf(ref) };
  if (ref.startsWith('refs/pull/')) return { pullRequest: true };
  return wild ? { pullRequest: true, branches: 'many', tags: 'all' } : {};
}

function tagsOf(ref: string): Reach['tags'] {
  if (!hasWildcard(ref)) return 'one';
  return /^refs\/tags\/\*+$/.test(ref) ? 'all' : 'some';
}
