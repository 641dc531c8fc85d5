import type { GitHubFacts } from '../facts.ts';
import type { Reach } from '../reach.ts';
import { configured, FACTS, type Observation, type Outcome, type Rule } from '../rule.ts';
import { sameName } from '../same-name.ts';
import { SOURCES } from '../sources.ts';
import { githubOf, type Trust, type TrustEntry } from '../trust.ts';

/** An environment that anyone can deploy to is no protection at all. */
export const ENVIRONMENT_RULES: readonly Rule[] = [
  {
    code: 'environment-unprotected',
    title: 'Trusted environment without protection',
    severities: ['high'],
    why: 'A subject with an environment carries no ref: without a rule of the environment any branch can deploy. GitHub creates an environment that a workflow names, without any rule.',
    remedy: 'Restrict the deployment branches of the environment, or require reviewers.',
    needs: [FACTS.credentials, FACTS.environments],
    source: SOURCES.githubEnvironments,
    check: environmentUnprotected,
  },
];

function environmentUnprotected({ entries, facts }: Trust): Outcome {
  const outcomes = entries.flatMap((entry) =>
    entry.reach !== null && asksEnvironmentOnly(entry.reach)
      ? [judge(entry, entry.reach, githubOf(entry, facts))]
      : [],
  );
  return {
    found: outcomes.filter((each) => typeof each === 'object').filter((each) => each !== null),
    missing: outcomes.filter((each) => typeof each === 'string'),
  };
}

/** A finding, what is missing for one, or null where the environment is protected. */
function judge(entry: TrustEntry, reach: Reach, github: GitHubFacts | null): Observation | string | null {
  const environment = reach.environment?.name ?? null;
  if (environment === null) return anyEnvironment(entry);
  if (reach.repositories !== 'one') return overSeveral(entry, environment, reach, github);
  const repository = repositoryOf(reach, github);
  if (repository === null)
    return `which repository the environment '${environment}' of credential '${entry.credential.name}' belongs to`;
  const read = github?.environments?.find(
    (each) => sameName(each.repository, repository) && sameName(each.name, environment),
  );
  if (read?.protected === false) return unprotected(entry, environment, repository);
  const why = read?.missing ?? 'repository permission "Actions: read"';
  return read?.protected ? null : `protection of the environment '${environment}' of ${repository} (${why})`;
}

/** Any branch or pull request is worse and told elsewhere; a fixed ref beside the environment needs no protection. */
function asksEnvironmentOnly({ environment, pullRequest, branches, tags, ...who }: Reach): boolean {
  const refs = branches !== 'none' || tags !== 'none';
  if (environment === null || refs) return false;
  if (environment.name === null) return !pullRequest;
  // A stranger protects no environment of his: that he is admitted is told elsewhere, too.
  return who.repositories === 'one' || who.owner === 'one';
}

/** One repository without protection is enough; that all have it cannot be known, as more can be created. */
function overSeveral(
  entry: TrustEntry,
  environment: string,
  reach: Reach,
  github: GitHubFacts | null,
): Observation | string {
  const open = github?.environments?.find(
    (each) =>
      each.protected === false && sameName(each.name, environment) && isAmong(each.repository, reach, github),
  );
  return open === undefined
    ? `protection of the environment '${environment}' in every repository that credential '${entry.credential.name}' admits (repository permission "Actions: read")`
    : unprotected(entry, environment, open.repository);
}

/** Whether a repository is proved to be one of those that are admitted: a pattern over names is not followed here. */
function isAmong(repository: string, { repositories, ownerName, ownerId }: Reach, github: GitHubFacts) {
  if (repositories !== 'all') return false;
  if (ownerName !== null) return sameName(repository.split('/')[0] ?? '', ownerName);
  const owner =
    knownRepositories(github).find(({ fullName }) => sameName(fullName, repository))?.ownerId ?? null;
  return owner !== null && owner === ownerId;
}

function knownRepositories(github: GitHubFacts | null) {
  return [...(github?.repositories ?? []), ...(github?.repository ? [github.repository] : [])];
}

function repositoryOf(reach: Reach, github: GitHubFacts | null): string | null {
  if (reach.ownerName !== null && reach.repositoryName !== null)
    return `${reach.ownerName}/${reach.repositoryName}`;
  const known = knownRepositories(github).find(({ id }) => id !== null && id === reach.repositoryId);
  return known?.fullName ?? null;
}

function unprotected(entry: TrustEntry, environment: string, repository: string): Observation {
  return {
    severity: 'high',
    credential: entry.credential.name,
    message: `Credential '${entry.credential.name}' trusts the environment '${environment}' of ${repository}, which has no protection rule, so a job on any branch can name it.`,
    evidence: configured(entry),
    remedy: `In ${repository}, Settings → Environments → ${environment}: restrict the deployment branches and tags, and require reviewers.`,
  };
}

function anyEnvironment(entry: TrustEntry): Observation {
  return {
    severity: 'high',
    credential: entry.credential.name,
    message: `Credential '${entry.credential.name}' admits environments by a pattern, so a workflow on any branch can name a new one, which GitHub creates without protection.`,
    evidence: configured(entry),
    remedy: 'Name the environment in full, one credential for each, and protect it.',
  };
}
