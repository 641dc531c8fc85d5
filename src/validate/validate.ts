import { type Claims, claimText } from '../trust/claims.ts';
import type { Cloud } from '../trust/clouds.ts';
import type { Credential } from '../trust/credential.ts';
import type { ExplainContext } from '../trust/explain/input.ts';
import type { Severity } from '../trust/finding.ts';
import { isGitHubs } from '../trust/issuer.ts';
import type { GitHubFacts, LintFacts, RoleAssignment, WorkflowFacts } from '../trust/lint/facts.ts';
import { lint } from '../trust/lint/lint.ts';
import type { Access, Presented } from './access.ts';
import { findDrift } from './drift.ts';
import { judge } from './judge.ts';
import type { ExchangeOutcome, Known, ProbeReport, Report, RoleReport } from './model.ts';
import { known, unknown, valueIfKnown } from './model.ts';
import { type Observed, type ObserveTask, type ObserveTools, observe } from './observe/observe.ts';
import { probeAudiences, runProbes } from './probe.ts';
import { allWorkflowFacts } from './workflow-facts.ts';

/** What is to be validated. */
export interface ValidateTask {
  readonly clientId: string;
  readonly tenantId: string;
  readonly cloud: Cloud;
  readonly audience: string;
  readonly subscriptionId: string | null;
  readonly identityResourceId: string | null;
  /** Credentials to compare with; null where none were given. */
  readonly expected: readonly Credential[] | null;
  readonly checkRoles: boolean;
  readonly probe: boolean;
  readonly failOn: Severity | 'never';
  readonly github: ObserveTask['github'];
  /** Of the repository's GitHub, such as `https://github.com`. */
  readonly serverUrl: string;
  readonly workflows: readonly WorkflowFacts[] | null;
  readonly context: ExplainContext;
}

/**
 * Validates a trust: claims → exchange → directory, roles and GitHub → match, findings, migration, probes → report.
 * Never throws for what cannot be read: it becomes unknown.
 */
export async function validate(
  task: ValidateTask,
  tools: ObserveTools & { readonly access: Access },
): Promise<Report> {
  const { access, progress } = tools;
  const presented = await access.present();
  const claims = presented.from === 'nothing' ? {} : presented.claims;
  progress(PROGRESS[presented.from]);
  const exchange = await exchangeOutcome(access, presented);
  const observed = await observe(observeTask(task, claims), tools);
  const credentials = credentialsFrom(task, observed);
  progress('Judging');
  return judge({
    client: { clientId: task.clientId, tenantId: task.tenantId, cloud: task.cloud.name },
    presented,
    exchange,
    identity: observed.identity,
    ...credentials,
    directory: observed.credentials,
    roles: rolesForReport(observed),
    checkRoles: task.checkRoles,
    lint: lint({
      credentials: valueIfKnown(credentials.credentials),
      identity: identityFacts(task, observed),
      ...rolesThatTell(observed),
      cloudAudience: task.cloud.audience ?? task.audience,
      github: githubFacts(task, observed, claims),
      lastUsed: null,
    }),
    drift:
      task.expected && observed.credentials.known ? findDrift(task.expected, observed.credentials.value) : [],
    probes: await probes(task, exchange, access, claims),
    context: contextWith(task, observed),
    failOn: task.failOn,
  });
}

// A run that is described has no token: nothing is presented for it.
const PROGRESS: Readonly<Record<Presented['from'], string>> = {
  token: 'Presenting the token to Entra',
  prediction: 'Predicted what the described run will present',
  nothing: 'There is no token to present to Entra',
};

async function exchangeOutcome(access: Access, presented: Presented): Promise<ExchangeOutcome> {
  if (presented.from === 'token') return access.exchange();
  const reason =
    presented.from === 'nothing'
      ? 'there is no token to present'
      : 'a run that was only described has no token';
  return { outcome: 'not-tried', reason };
}

function observeTask(task: ValidateTask, claims: Claims): ObserveTask {
  return {
    ...task,
    repository: claimText(claims, 'repository'),
    repositoryId: claimText(claims, 'repository_id'),
    readWorkflows: task.workflows === null,
  };
}

// What the directory holds is the truth; a file stands in for it where it cannot be read.
function credentialsFrom(
  { expected }: ValidateTask,
  { credentials }: Observed,
): { credentials: Known<readonly Credential[]>; credentialsFrom: Report['credentialsFrom'] } {
  if (credentials.known) return { credentials, credentialsFrom: 'directory' };
  return expected === null
    ? { credentials, credentialsFrom: 'none' }
    : { credentials: known(expected), credentialsFrom: 'file' };
}

// Roles that were seen are there, whatever else could not be read; that none was seen tells nothing then.
function rolesThatTell({ roles }: Observed): Pick<LintFacts, 'roles' | 'rolesUnread' | 'rolesLost'> {
  const read = roles.known ? roles.value : (roles.partial ?? null);
  if (read === null || (!roles.known && read.assignments.length === 0)) return { roles: null };
  return { roles: read.assignments, rolesUnread: read.unread, rolesLost: read.lost };
}

function rolesForReport({ roles, identity }: Observed): Known<readonly RoleReport[]> {
  if (!roles.known) return unknown(roles.missing);
  const self = identity.known ? identity.value.principalId : null;
  return known(
    roles.value.assignments.map(
      ({ roleName, roleDefinitionId, scope, condition = null, principalId }: RoleAssignment) => ({
        roleName,
        roleDefinitionId,
        scope,
        condition,
        through: principalId === self ? null : principalId,
      }),
    ),
  );
}

function identityFacts({ clientId }: ValidateTask, { identity }: Observed) {
  const read = valueIfKnown(identity);
  return {
    kind: read?.kind ?? null,
    clientId,
    objectId: read?.principalId ?? null,
    enabled: read?.enabled ?? null,
  };
}

function githubFacts(
  task: ValidateTask,
  { owners, repositories, environments, workflowFiles }: Observed,
  claims: Claims,
): GitHubFacts {
  const fullName = claimText(claims, 'repository');
  return {
    server: task.serverUrl,
    owners,
    repositories,
    environments,
    workflows: task.workflows ?? allWorkflowFacts(workflowFiles),
    runnerEnvironment: claimText(claims, 'runner_environment'),
    repository:
      fullName === null
        ? null
        : {
            fullName,
            id: claimText(claims, 'repository_id'),
            ownerId: claimText(claims, 'repository_owner_id'),
          },
  };
}

// What was read of the identity, and GitHub's own answer about its subjects, are facts that an explanation rests on.
function contextWith(task: ValidateTask, { github, identity, isObjectId }: Observed): ExplainContext {
  const read = valueIfKnown(identity);
  const resourceId = task.identityResourceId ?? (read?.kind === 'managed-identity' ? read.objectId : null);
  const context: ExplainContext = {
    ...task.context,
    client_id: task.clientId,
    tenant_id: task.tenantId,
    ...(read ? { identity_kind: read.kind } : {}),
    ...(isObjectId ? { client_id_kind: 'object-id' as const } : {}),
    ...(resourceId ? { identity_resource_id: resourceId } : {}),
  };
  const customization =
    github.known && github.value.customization.known ? github.value.customization.value : null;
  if (customization === null) return context;
  const { useDefault, claimKeys, useImmutableSubject, prefix } = customization;
  return {
    ...context,
    subject_customization: {
      use_default: useDefault,
      include_claim_keys: claimKeys,
      ...(useImmutableSubject === null ? {} : { use_immutable_subject: useImmutableSubject }),
      ...(prefix === null ? {} : { sub_claim_prefix: prefix }),
    },
  };
}

async function probes(
  task: ValidateTask,
  exchange: ExchangeOutcome,
  access: Access,
  claims: Claims,
): Promise<ProbeReport[]> {
  if (!task.probe) return [];
  const owner = claimText(claims, 'repository_owner') ?? '';
  const byDefault = isGitHubs(claims) ? `${task.serverUrl}/${owner}` : null;
  const audiences = probeAudiences(task.cloud, task.audience, byDefault);
  if (exchange.outcome !== 'not-tried') return runProbes(audiences, access);
  return audiences.map((audience) => ({ audience, result: 'unknown', detail: exchange.reason }));
}
