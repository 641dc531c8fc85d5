import { parseSubject, type SubjectContext } from '../subject/parse.ts';
import { ANY_RUN, hasWildcard, NOTHING, type Reach } from './reach.ts';
import { reachOfTemplate } from './reach-template.ts';
import { admits, either, optional, type Shape, some, text } from './shape.ts';

const DIGITS = /[0-9]/;
const OWNER = /[A-Za-z0-9_-]/;
const NAME = /[A-Za-z0-9._-]/;
// GitHub writes ":" in a value as %3A, and a ref cannot hold one.
const VALUE = /[^:]/;

/** A name that no author has in mind: a pattern that admits it admits all. */
const ANYBODY = 'zq7-w0vk3x-9jh2qz';

const ID = optional([...text('@'), ...some(DIGITS)]);
const CONTEXT = either(
  text('pull_request'),
  [...text('environment:'), ...some(VALUE)],
  [...text('ref:'), ...some(VALUE)],
);
const ANY_OWNER = some(OWNER);
const ANY_REPOSITORY = some(NAME);

/** What `repo` stands for. GitHub: "OpenID Connect reference", both prefixes. */
function prefixes(owner: Shape, repository: Shape): Shape {
  return [...text('repo:'), ...owner, ...ID, ...text('/'), ...repository, ...ID];
}

/** A default subject. */
function subjects(owner: Shape, repository: Shape, context: Shape): Shape {
  return [...prefixes(owner, repository), ...text(':'), ...context];
}

/** A subject that is customised to `repo` alone: that of every run of a repository. */
const BARE = prefixes(ANY_OWNER, ANY_REPOSITORY);
const ANY_SUBJECT = subjects(ANY_OWNER, ANY_REPOSITORY, CONTEXT);
const withContext = (context: Shape) => subjects(ANY_OWNER, ANY_REPOSITORY, context);
const PULL_REQUEST = withContext(text('pull_request'));
const BRANCH = withContext([...text('ref:refs/heads/'), ...some(VALUE)]);
const TAG = withContext([...text('ref:refs/tags/'), ...some(VALUE)]);
const ANY_TAG = withContext(text(`ref:refs/tags/${ANYBODY}`));
const ENVIRONMENT = withContext([...text('environment:'), ...some(VALUE)]);

/** What a subject admits that is compared as it stands; null when no run of GitHub presents it. */
export function reachOfLiteral(subject: string): Reach | null {
  const parsed = parseSubject(subject);
  if (parsed.form === 'custom') return reachOfTemplate(parsed.parts);
  const { owner, ownerId, name, repositoryId } = parsed.repository;
  return {
    ...NOTHING,
    ...reachOfContext(parsed.context),
    owner: 'one',
    ownerName: owner,
    ownerId,
    repositoryName: name,
    repositoryId,
  };
}

function reachOfContext(context: SubjectContext | null): Partial<Reach> {
  switch (context?.kind) {
    case undefined:
      return ANY_RUN;
    case 'environment':
      return { environment: { name: context.environment } };
    case 'pull-request':
      return { pullRequest: true };
    case 'branch':
    case 'merge-queue':
      return { branches: 'one' };
    case 'tag':
      return { tags: 'one' };
    case 'ref':
      return { pullRequest: context.ref.startsWith('refs/pull/') };
    case 'other':
      return {};
  }
}

/**
 * What a glob over the subject admits; null when no run of GitHub presents such a subject. `*` crosses `/` and `:`
 * (every example of Microsoft's "Flexible federated identity credentials"), so the glob is compared with the shapes of
 * subjects as a whole, not split into parts.
 */
export function reachOfGlob(glob: string): Reach | null {
  if (!hasWildcard(glob)) return reachOfLiteral(glob);
  if (admits(glob, ANY_SUBJECT)) return reachOfDefault(glob);
  if (admits(glob, BARE)) return reachOfDefault(`${glob}:*`);
  const parsed = parseSubject(glob);
  return parsed.form === 'custom' ? reachOfTemplate(parsed.parts) : null;
}

const QUEUE = ':ref:refs/heads/gh-readonly-queue/';

// GitHub: names of repositories have at most 100 characters, those of owners fewer.
const LONGEST_NAME = 100;
const TOO_LONG = new RegExp(`^[*?]*repo:(?:[^/*?]*/)?[^@/:*?]{${LONGEST_NAME + 1}}`);

function reachOfDefault(glob: string): Reach | null {
  if (TOO_LONG.test(glob)) return null;
  const [, ownerId = null, repositoryId = null] =
    /^repo:[^@/:*?]+@(\d+)\/(?:[^@/:*?]+@(\d+)(?=:))?/.exec(glob) ?? [];
  return {
    ...reachOfNames(glob),
    ownerId,
    repositoryId,
    pullRequest: admits(glob, PULL_REQUEST),
    branches: branchesOf(glob),
    tags: tagsOf(glob),
    environment: admits(glob, ENVIRONMENT)
      ? { name: /:environment:([^*?:]+)$/.exec(glob)?.[1]?.replaceAll('%3A', ':') ?? null }
      : null,
    ...(admits(glob, BARE) ? ANY_RUN : {}),
    workflowRefs: [],
  };
}

type Names = Pick<Reach, 'owner' | 'ownerName' | 'repositories' | 'repositoryName'>;

// Up to its first wildcard a pattern is literal: what is admitted begins with that, and may go on.
function reachOfNames(glob: string): Names {
  const body = glob.replace(/^[*?]+(?=repo:)/, '');
  const [, ownerHead = ''] = /^repo:([^@/:*?]*)/.exec(body) ?? [];
  const many = admits(glob, subjects([...text(ownerHead), ...some(OWNER)], ANY_REPOSITORY, CONTEXT));
  return {
    owner: many ? 'many' : 'one',
    ownerName: many ? null : ownerHead,
    ...reachOfRepositories(glob, body),
  };
}

// Behind the slash; a single `?` where no slash is written can stand for nothing else.
const NAME_BEGINS = /^repo:(?:[^/:]*\/|[^@/:*?]+\?(?=[^/:*?]*:))([^@/:*?]*)/;

function reachOfRepositories(glob: string, body: string): Pick<Reach, 'repositories' | 'repositoryName'> {
  if (admits(glob, subjects(ANY_OWNER, text(ANYBODY), CONTEXT)))
    return { repositories: 'all', repositoryName: null };
  const [, head = ''] = NAME_BEGINS.exec(body) ?? [];
  return admits(glob, subjects(ANY_OWNER, [...text(head), ...some(NAME)], CONTEXT))
    ? { repositories: 'some', repositoryName: null }
    : { repositories: 'one', repositoryName: head };
}

function branchesOf(glob: string): Reach['branches'] {
  if (!admits(glob, BRANCH)) return 'none';
  if (/:ref:refs\/heads\/[^*?]+$/.test(glob)) return 'one';
  return glob.includes(QUEUE) ? 'queue' : 'many';
}

function tagsOf(glob: string): Reach['tags'] {
  if (!admits(glob, TAG)) return 'none';
  if (/:ref:refs\/tags\/[^*?]+$/.test(glob)) return 'one';
  return admits(glob, ANY_TAG) ? 'all' : 'some';
}
