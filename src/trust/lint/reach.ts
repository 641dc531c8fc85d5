/**
 * Which runs of GitHub a subject admits, told as what the rules ask about. A literal subject admits one of each; a
 * pattern may admit more.
 */
export interface Reach {
  /** `unnamed`: neither owner nor repository is named, so everybody's runs qualify. */
  readonly owner: 'one' | 'many' | 'unnamed';
  readonly repositories: 'one' | 'some' | 'all';
  /** Names and ids where the subject, or a comparison with a claim, fixes them. */
  readonly ownerName: string | null;
  readonly ownerId: string | null;
  readonly repositoryName: string | null;
  readonly repositoryId: string | null;
  readonly pullRequest: boolean;
  /** `queue`: any branch that a merge queue makes. */
  readonly branches: 'none' | 'one' | 'queue' | 'many';
  readonly tags: 'none' | 'one' | 'some' | 'all';
  /** Null when no environment is admitted; a null name stands for several. */
  readonly environment: { readonly name: string | null } | null;
  /** What `job_workflow_ref` must be: a text or a glob. */
  readonly workflowRefs: readonly string[];
}

/** Every run of every repository of every owner: what is left when nothing is said of the subject. */
export const EVERYTHING: Reach = {
  owner: 'unnamed',
  repositories: 'all',
  ownerName: null,
  ownerId: null,
  repositoryName: null,
  repositoryId: null,
  pullRequest: true,
  branches: 'many',
  tags: 'all',
  environment: { name: null },
  workflowRefs: [],
};

/** No run at all, of nobody: what a subject's parts are added to. */
export const NOTHING: Reach = {
  ...EVERYTHING,
  repositories: 'one',
  pullRequest: false,
  branches: 'none',
  tags: 'none',
  environment: null,
};

/** Any run of what is named. */
export const ANY_RUN = {
  pullRequest: true,
  branches: 'many',
  tags: 'all',
  environment: { name: null },
} as const satisfies Partial<Reach>;

const OWNERS = ['one', 'many', 'unnamed'] as const;
const REPOSITORIES = ['one', 'some', 'all'] as const;
const BRANCHES = ['none', 'one', 'queue', 'many'] as const;
const TAGS = ['none', 'one', 'some', 'all'] as const;

/** What both admit, each question for itself: never less than the truth. */
export function narrow(a: Reach, b: Reach): Reach {
  return {
    owner: first(OWNERS, a.owner, b.owner),
    repositories: first(REPOSITORIES, a.repositories, b.repositories),
    ownerName: a.ownerName ?? b.ownerName,
    ownerId: a.ownerId ?? b.ownerId,
    repositoryName: a.repositoryName ?? b.repositoryName,
    repositoryId: a.repositoryId ?? b.repositoryId,
    pullRequest: a.pullRequest && b.pullRequest,
    branches: first(BRANCHES, a.branches, b.branches),
    tags: first(TAGS, a.tags, b.tags),
    environment: a.environment && b.environment ? { name: a.environment.name ?? b.environment.name } : null,
    workflowRefs: [...a.workflowRefs, ...b.workflowRefs],
  };
}

function first<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) < order.indexOf(b) ? a : b;
}

/** Whether a text holds a wildcard of the expression language. */
export function hasWildcard(value: string): boolean {
  return /[*?]/.test(value);
}
