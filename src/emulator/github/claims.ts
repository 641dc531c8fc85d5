import { randomUUID } from 'node:crypto';
import type { RunContext } from '../entities.ts';
import type { JsonObject } from '../json-object.ts';
import { issuerOf } from './deployment.ts';

// GitHub, "OpenID Connect reference": exp - iat = 5 minutes, iat - nbf = 10 minutes.
const LIFETIME_SECONDS = 300;
const BACKDATED_SECONDS = 600;

// `pull_request_target` runs in the base repository on its ref; its subject is undocumented, the ref is assumed.
const PULL_REQUEST_EVENTS = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];

/** Escapes a metadata value for use in a subject: `:` becomes `%3A` (GitHub, "OpenID Connect reference"). */
function escapeColon(value: string): string {
  return value.replaceAll(':', '%3A');
}

function repositoryPart(run: RunContext): string {
  return run.subject.immutable
    ? `repo:${run.owner}@${run.ownerId}/${run.repository}@${run.repositoryId}`
    : `repo:${run.owner}/${run.repository}`;
}

/** The part of the default subject after the repository: environment, then pull request, then ref. */
function contextPart(run: RunContext): string {
  if (run.environment !== null) return `environment:${escapeColon(run.environment)}`;
  if (PULL_REQUEST_EVENTS.includes(run.eventName)) return 'pull_request';
  return `ref:${escapeColon(run.ref)}`;
}

function templatePart(key: string, run: RunContext, claims: JsonObject): string {
  if (key === 'repo') return repositoryPart(run);
  if (key === 'context') return contextPart(run);
  return `${key}:${escapeColon(String(claims[key] ?? ''))}`;
}

/**
 * The `sub` of the run's tokens: default format (name-based or immutable) or the customised template.
 * Source: GitHub, "OpenID Connect reference" and "Customizing the subject claims".
 */
export function subjectOf(run: RunContext, claims: JsonObject = describeRun(run)): string {
  const keys = run.subject.claimKeys ?? ['repo', 'context'];
  return keys.map((key) => templatePart(key, run, claims)).join(':');
}

function prefixed(properties: Record<string, string>): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [`repo_property_${name}`, value]),
  );
}

/** Claims that describe the run, all strings, without the registered ones. */
function describeRun(run: RunContext): JsonObject {
  const repository = `${run.owner}/${run.repository}`;
  const workflowRef = `${repository}/.github/workflows/${run.workflowFile}@${run.ref}`;
  const enterprise = run.enterprise;
  return {
    ref: run.ref,
    ref_type: run.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: String(run.refProtected),
    sha: run.sha,
    head_ref: run.headRef,
    base_ref: run.baseRef,
    repository,
    repository_id: run.repositoryId,
    repository_owner: run.owner,
    repository_owner_id: run.ownerId,
    repository_visibility: run.repositoryVisibility,
    ...(enterprise && { enterprise: enterprise.slug, enterprise_id: enterprise.id }),
    ...(run.environment !== null && {
      environment: run.environment,
      environment_node_id: run.environmentNodeId,
    }),
    ...prefixed(run.properties),
    actor: run.actor,
    actor_id: run.actorId,
    event_name: run.eventName,
    workflow: run.workflow,
    workflow_ref: workflowRef,
    workflow_sha: run.sha,
    job_workflow_ref: run.jobWorkflowRef ?? workflowRef,
    job_workflow_sha: run.sha,
    run_id: run.runId,
    run_number: run.runNumber,
    run_attempt: run.runAttempt,
    check_run_id: run.checkRunId,
    runner_environment: run.runnerEnvironment,
  };
}

/** Claims of a new ID token; without an audience it is the owner's URL. `now` is in seconds. */
export function idTokenClaims(run: RunContext, audience: string | null, now: number): JsonObject {
  const described = describeRun(run);
  const claims = {
    jti: randomUUID(),
    sub: subjectOf(run, described),
    aud: audience ?? `${run.serverUrl}/${run.owner}`,
    ...described,
    iss: issuerOf(run),
    nbf: now - BACKDATED_SECONDS,
    iat: now,
    exp: now + LIFETIME_SECONDS,
    ...run.claims,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
}
