import { encodeValue } from './parse.ts';

/** What is known of a run before its token is: everything but the repository may be missing. */
export interface RunFacts {
  /** `OWNER/REPOSITORY`, in GitHub's own spelling. */
  readonly repository: string;
  readonly ownerId: string | null;
  readonly repositoryId: string | null;
  readonly eventName: string;
  /** Full ref, such as `refs/heads/main`. */
  readonly ref: string | null;
  /** The environment that the job names; null when it names none. */
  readonly environment: string | null;
  /** `include_claim_keys` of a customised subject; null for GitHub's default. */
  readonly template: readonly string[] | null;
  /** Further claims, for the keys of a template. */
  readonly claims: Readonly<Record<string, string>>;
}

/** The subject that GitHub will put into the token, in both forms; null where a fact is missing. */
export interface Prediction {
  readonly subject: string | null;
  readonly immutableSubject: string | null;
  /** Why it is this one, and what is not known. */
  readonly why: readonly string[];
}

interface Context {
  readonly text: string | null;
  readonly why: string;
}

/** Predicts the subject of a run. GitHub: "OpenID Connect reference", sections on the subject claim. */
export function predictSubject(run: RunFacts): Prediction {
  const context = predictContext(run);
  const why = [context.why];
  const immutable = immutablePrefix(run);
  if (immutable === null) why.push('The immutable form needs the ids of owner and repository.');
  if (run.template !== null && run.template.length > 0) why.push(templateReason(run));
  return {
    subject: compose(run, `repo:${run.repository}`, context),
    immutableSubject: immutable === null ? null : compose(run, immutable, context),
    why,
  };
}

function immutablePrefix({ repository, ownerId, repositoryId }: RunFacts): string | null {
  const [owner, name] = repository.split('/');
  return ownerId && repositoryId && owner && name ? `repo:${owner}@${ownerId}/${name}@${repositoryId}` : null;
}

/** Events whose runs are for a pull request; pull_request_target runs for its base branch. */
export const PULL_REQUEST_EVENTS: readonly string[] = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
];

function predictContext({ environment, eventName, ref }: RunFacts): Context {
  if (environment !== null) {
    const beaten = PULL_REQUEST_EVENTS.includes(eventName) ? 'the pull request' : 'the branch or tag';
    return {
      text: `environment:${encodeValue(environment)}`,
      why: `The environment wins over ${beaten} because the job names one.`,
    };
  }
  if (PULL_REQUEST_EVENTS.includes(eventName))
    return { text: 'pull_request', why: 'A pull request counts as such, whatever its branches are.' };
  if (ref === null)
    return {
      text: null,
      why: `The event ${eventName} makes the ref part of the subject, and the ref is not known.`,
    };
  return { text: `ref:${ref}`, why: refReason(eventName, ref) };
}

function refReason(eventName: string, ref: string): string {
  if (ref.startsWith('refs/heads/gh-readonly-queue/'))
    return 'A merge queue makes a branch for each entry: its name, and so the subject, is another one for every run.';
  if (eventName === 'pull_request_target')
    return 'pull_request_target runs for the base branch; GitHub does not document its subject, so this is an assumption.';
  if (ref.startsWith('refs/tags/')) return 'The run is for a tag, and the job names no environment.';
  if (eventName === 'schedule')
    return 'A schedule runs for the default branch, and the job names no environment.';
  return `The event ${eventName} is for this ref, and the job names no environment.`;
}

// `repo` keeps its ids in a customised subject, and `context` stands for what the default has behind it.
function compose(run: RunFacts, prefix: string, context: Context): string | null {
  const keys = run.template !== null && run.template.length > 0 ? run.template : ['repo', 'context'];
  const parts = keys.map((key) => {
    if (key === 'repo') return prefix;
    if (key === 'context') return context.text;
    const value = claimOf(run, key);
    return value === null ? null : `${key}:${encodeValue(value)}`;
  });
  return parts.includes(null) ? null : parts.join(':');
}

function templateReason(run: RunFacts): string {
  const unknown = (run.template ?? []).filter(
    (key) => !/^(repo|context)$/.test(key) && claimOf(run, key) === null,
  );
  const keys = (run.template ?? []).join(', ');
  return unknown.length === 0
    ? `The subject is customised: it is made of ${keys}.`
    : `The subject is customised (${keys}), and the value of ${unknown.join(', ')} is not known.`;
}

function claimOf(
  { repository, ownerId, repositoryId, eventName, ref, environment, claims }: RunFacts,
  key: string,
): string | null {
  if (Object.hasOwn(claims, key)) return claims[key] ?? null;
  const known: Record<string, string | null> = {
    repository,
    repository_owner: repository.split('/')[0] ?? null,
    repository_owner_id: ownerId,
    repository_id: repositoryId,
    event_name: eventName,
    ref,
    environment,
  };
  return Object.hasOwn(known, key) ? (known[key] ?? null) : null;
}
