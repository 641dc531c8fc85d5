import { matchesGlob } from '../glob.ts';
import type { SubjectPart } from '../subject/parse.ts';
import { PULL_REQUEST_EVENTS } from '../subject/predict.ts';
import { ANY_RUN, hasWildcard, NOTHING, type Reach } from './reach.ts';

/**
 * Keys that tell whose run it is, or of what kind the repository is: they say nothing of branch or event. Nor does the
 * name of a workflow: whoever can push a branch can give it to a file of his.
 */
const OF_ANY_RUN =
  /^(repo|repository|repository_id|repository_owner|repository_owner_id|repository_visibility|enterprise|enterprise_id|runner_environment|workflow|repo_property_.+)$/;

/** Keys that tell of what kind a run is, and leave open which of its kind. */
const OF_A_KIND = /^(event_name|ref_type)$/;

/** Events that whoever can push makes happen on a ref of his choice. */
const ON_ANY_REF = ['push', 'create', 'workflow_dispatch'];

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
  const workflowRef = values.get('job_workflow_ref');
  return {
    ...NOTHING,
    ...names,
    ...(open ? ANY_RUN : reachOfRun(values)),
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
  if (repo !== undefined && repository === undefined && !hasWildcard(repo)) return null;
  const ownerName = owner?.name ?? values.get('repository_owner');
  const ownerId = idOf(owner?.id ?? values.get('repository_owner_id'));
  const repositoryId = idOf(repository?.id ?? values.get('repository_id'));
  const enterprise = literal(values.get('enterprise') ?? values.get('enterprise_id')) !== null;
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

function reachOfRun(values: Values): Partial<Run> {
  const keys = [...values.keys()].filter((key) => !OF_ANY_RUN.test(key));
  if (keys.length === 0) return ANY_RUN;
  if (keys.every((key) => OF_A_KIND.test(key))) return reachOfKind(values);
  const environment = values.get('environment');
  const ref = values.get('ref') ?? workflowRefsRef(values);
  return {
    ...(ref === undefined ? {} : reachOfRef(ref)),
    ...(isOfPullRequests(values) ? { pullRequest: true } : {}),
    environment: environment === undefined ? null : { name: hasWildcard(environment) ? null : environment },
  };
}

function reachOfKind(values: Values): Partial<Run> {
  const event = values.get('event_name') ?? '*';
  const type = values.get('ref_type') ?? '*';
  const onAnyRef = isOneOf(ON_ANY_REF, event);
  const onBranch = matchesGlob('branch', type);
  return {
    // GitHub calls the ref of a pull request a branch.
    pullRequest: onBranch && isOneOf(PULL_REQUEST_EVENTS, event),
    branches: onAnyRef && onBranch ? 'many' : 'none',
    tags: onAnyRef && matchesGlob('tag', type) ? 'all' : 'none',
  };
}

/** By its event, or by a branch that only pull requests have. */
function isOfPullRequests(values: Values): boolean {
  if (values.get('head_ref') || values.get('base_ref')) return true;
  return isOneOf(PULL_REQUEST_EVENTS, values.get('event_name') ?? '');
}

function isOneOf(events: readonly string[], glob: string): boolean {
  return events.some((event) => matchesGlob(event, glob));
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
