/**
 * The condition of a job that pull requests from forks do not start. Only a pull request has a head: without the first
 * half every other event would skip the job, too.
 */
export const NOT_FROM_A_FORK =
  "github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository";

/** The condition of a job that Dependabot does not start. */
export const NOT_BY_DEPENDABOT = "github.actor != 'dependabot[bot]'";
