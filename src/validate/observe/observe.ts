import type { Effects } from '../../io/effects.ts';
import type { WorkflowFile } from '../../io/workflows.ts';
import { createJsonReader, type JsonReader } from '../../rest/json.ts';
import { briefly, type Patience } from '../../retry/policy.ts';
import type { Cloud } from '../../trust/clouds.ts';
import type { Credential } from '../../trust/credential.ts';
import type { EnvironmentFacts, OwnerFacts } from '../../trust/lint/facts.ts';
import type { Access } from '../access.ts';
import { type IdentityReport, type Known, known, unknown, valueIfKnown } from '../model.ts';
import { readIdentityCredentials } from './arm.ts';
import { armAccess } from './arm-http.ts';
import { readEnvironments, unread } from './environments.ts';
import {
  type GitHubObserved,
  githubReader,
  type NamedRepository,
  readGitHub,
  readRepositories,
} from './github.ts';
import { type DirectoryEntry, readDirectory } from './graph.ts';
import { namedBy } from './named.ts';
import { readOwners } from './owners.ts';
import { NO_ROLE, type RolesRead, readEveryRole } from './roles.ts';
import { readWorkflowFiles } from './workflow-files.ts';

/** What is to be read. */
export interface ObserveTask {
  readonly clientId: string;
  readonly cloud: Cloud;
  readonly subscriptionId: string | null;
  readonly identityResourceId: string | null;
  readonly checkRoles: boolean;
  /** `OWNER/REPOSITORY` whose runs are to be trusted; null when not known. */
  readonly repository: string | null;
  readonly repositoryId: string | null;
  /** Of the repository's GitHub, such as `https://github.com`. */
  readonly serverUrl: string;
  /** Credentials to judge where the directory's cannot be read; null where none were given. */
  readonly expected: readonly Credential[] | null;
  readonly github: { readonly api: URL; readonly token: string } | null;
  /** Whether the workflow files are still to be read. */
  readonly readWorkflows: boolean;
}

/** What was read, each part known or with what is missing. */
export interface Observed {
  readonly identity: Known<IdentityReport>;
  /** Whether the client id is known to be an object id. */
  readonly isObjectId: boolean;
  readonly credentials: Known<readonly Credential[]>;
  readonly roles: Known<RolesRead>;
  readonly github: Known<GitHubObserved>;
  readonly owners: readonly OwnerFacts[];
  readonly repositories: readonly NamedRepository[];
  /** Those that credentials name. */
  readonly environments: readonly EnvironmentFacts[];
  /** Read from GitHub only where no checkout was at hand. */
  readonly workflowFiles: readonly WorkflowFile[] | null;
}

/** Everything that observing needs beside the task. */
export interface ObserveTools {
  readonly access: Pick<Access, 'readerToken'>;
  readonly fx: Effects;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  /** Tells what is being read, for a person who waits. */
  readonly progress: (text: string) => void;
}

/** Reads the directory, Resource Manager and GitHub; what cannot be read is unknown, and the rest goes on. */
export async function observe(task: ObserveTask, tools: ObserveTools): Promise<Observed> {
  const [graph, arm] = await Promise.all([
    tools.access.readerToken('graph'),
    tools.access.readerToken('arm'),
  ]);
  const github = task.github && githubReader(task.github.token, tools);
  if (graph.known) tools.progress('Reading the directory');
  const [directory, observedGitHub] = await Promise.all([
    readEntry(task, graph, tools),
    readRun(task, github, tools),
  ]);
  const identity = identityOf(task, directory);
  if (graph.known || arm.known) tools.progress('Reading credentials and role assignments');
  const [credentials, roles] = await Promise.all([
    credentialsOf(task, directory, arm, identity, tools),
    rolesOf(task, arm, identity, tools),
  ]);
  const [named, workflowFiles] = await Promise.all([
    readNamed(task, github, credentials),
    workflowsOf(task, github),
  ]);
  const isObjectId = directory.known && directory.value.isObjectId;
  return { identity, isObjectId, credentials, roles, github: observedGitHub, ...named, workflowFiles };
}

async function readEntry(
  task: ObserveTask,
  token: Known<string>,
  tools: ObserveTools,
): Promise<Known<DirectoryEntry>> {
  if (!token.known) return unknown(token.missing);
  const host = new URL(task.cloud.resources.graph ?? '').host;
  return known(await readDirectory(reader(token.value, tools), host, task.clientId));
}

function reader(token: string, { fx, patience, signal }: ObserveTools): JsonReader {
  return createJsonReader({ token, fx, patience, signal });
}

async function readRun(
  task: ObserveTask,
  github: JsonReader | null,
  tools: ObserveTools,
): Promise<Known<GitHubObserved>> {
  if (github === null || task.github === null) return unknown('reading GitHub needs `github-token`');
  if (task.repository === null) return unknown('the repository is not known');
  tools.progress(`Reading ${task.repository}`);
  return known(await readGitHub(github, task.github.api, task.repository));
}

async function workflowsOf({ readWorkflows, github, repository }: ObserveTask, reader: JsonReader | null) {
  if (!readWorkflows || !github || !reader || repository === null) return null;
  return valueIfKnown(await readWorkflowFiles(reader, github.api, repository));
}

function identityOf(task: ObserveTask, entry: Known<DirectoryEntry>): Known<IdentityReport> {
  if (!entry.known) return unknown(entry.missing);
  const { servicePrincipal, application } = entry.value;
  if (!servicePrincipal.known) return unknown(servicePrincipal.missing);
  const principal = servicePrincipal.value;
  const registered = application.known ? application.value : null;
  if (principal === null && registered === null)
    return unknown(
      `the directory holds neither an application nor a managed identity with the client id ${task.clientId}`,
    );
  const resourceId = task.identityResourceId ?? principal?.resourceId ?? '';
  return known({
    clientId: task.clientId,
    kind: principal?.isManagedIdentity ? 'managed-identity' : 'application',
    displayName: principal?.displayName ?? registered?.displayName ?? '',
    principalId: principal?.id ?? null,
    enabled: principal?.enabled ?? null,
    objectId: principal?.isManagedIdentity ? resourceId : (registered?.id ?? ''),
  });
}

// Without the directory, the resource id that was given still leads to a managed identity's credentials.
async function credentialsOf(
  task: ObserveTask,
  entry: Known<DirectoryEntry>,
  arm: Known<string>,
  identity: Known<IdentityReport>,
  tools: ObserveTools,
): Promise<Known<readonly Credential[]>> {
  const managed =
    identity.known && identity.value.kind === 'managed-identity' ? identity.value.objectId : null;
  const resourceId = task.identityResourceId ?? managed;
  if (resourceId === '')
    return unknown(
      'the directory does not tell the resource id of the managed identity: give `identity-resource-id`',
    );
  if (resourceId !== null)
    return arm.known
      ? readIdentityCredentials(armAccess(task.cloud, arm.value, tools), resourceId)
      : unknown(arm.missing);
  return entry.known ? entry.value.credentials : unknown(entry.missing);
}

async function rolesOf(
  task: ObserveTask,
  arm: Known<string>,
  identity: Known<IdentityReport>,
  tools: ObserveTools,
): Promise<Known<RolesRead>> {
  if (!task.checkRoles) return unknown('`check-roles` is false');
  if (!identity.known) return unknown(`the principal is not known: ${identity.missing}`);
  const { principalId } = identity.value;
  if (principalId === null) return known(NO_ROLE);
  if (!arm.known) return unknown(arm.missing);
  const within = (limits: ObserveTools) => ({
    access: armAccess(task.cloud, arm.value, limits),
    reader: reader(arm.value, limits),
  });
  const shortly = { ...tools, patience: briefly(tools.patience, tools.fx.clock.now()) };
  return readEveryRole(within(tools), within(shortly), principalId, task.subscriptionId);
}

const MOST_REPOSITORIES = 20;

/** What the credentials that are judged name on the GitHub of the run. */
async function readNamed(
  { github, expected, serverUrl, repository, repositoryId }: ObserveTask,
  reader: JsonReader | null,
  credentials: Known<readonly Credential[]>,
): Promise<Pick<Observed, 'owners' | 'repositories' | 'environments'>> {
  const judged = valueIfKnown(credentials) ?? expected ?? [];
  const run = repository === null ? null : { fullName: repository, id: repositoryId };
  const named = namedBy(judged, serverUrl, run);
  if (reader === null || github === null) {
    const environments = named.environments.map((each) => unread(each, '`github-token`'));
    return { owners: [], repositories: [], environments };
  }
  const [owners, repositories, environments] = await Promise.all([
    readOwners(reader, github.api, named.owners),
    readRepositories(reader, github.api, named.repositories.slice(0, MOST_REPOSITORIES)),
    readEnvironments(reader, github.api, named.environments),
  ]);
  return { owners, repositories, environments };
}
