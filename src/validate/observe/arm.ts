import {
  AuthorizationManagementClient,
  type RoleAssignment,
  type RoleDefinition,
} from '@azure/arm-authorization';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Credential } from '../../trust/credential.ts';
import { parseIdentityId } from '../../trust/identity-id.ts';
import { type Known, known, unknown } from '../model.ts';
import { readCredentialList } from './credentials.ts';

/** A credential for the ARM clients, structurally that of @azure/core-auth. */
export interface ArmCredential {
  getToken(): Promise<{ token: string; expiresOnTimestamp: number }>;
}

/** How Resource Manager is reached. */
export interface ArmAccess {
  readonly credential: ArmCredential;
  /** `https://…`, without a path. */
  readonly endpoint: string;
  /** The scope that the clients ask their credential for. */
  readonly scope: string;
  readonly httpClient: HttpClient;
}

/** A role assignment with what its definition allows. */
export interface ObservedRole {
  readonly assignment: RoleAssignment;
  readonly definition: RoleDefinition | null;
}

/** The federated credentials of a user-assigned managed identity. */
export async function readIdentityCredentials(
  access: ArmAccess,
  resourceId: string,
): Promise<Known<readonly Credential[]>> {
  const id = parseIdentityId(resourceId);
  if (id === null) return unknown('the resource id of the managed identity cannot be read');
  const client = new ManagedServiceIdentityClient(access.credential, id.subscriptionId, {
    ...clientOptions(access),
    endpoint: access.endpoint,
  });
  const what = `the federated credentials of ${resourceId}`;
  const right = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read';
  const items = await readAll(what, right, async () => {
    const found: unknown[] = [];
    for await (const item of client.federatedIdentityCredentials.list(id.resourceGroup, id.name))
      found.push(item);
    return found;
  });
  return items.known ? readCredentialList(items.value) : unknown(items.missing);
}

/** The role assignments of a subscription that reach a principal, directly, through groups or from above. */
export async function readRoles(
  access: ArmAccess,
  subscriptionId: string,
  principalId: string,
): Promise<Known<readonly ObservedRole[]>> {
  const client = new AuthorizationManagementClient(access.credential, subscriptionId, {
    ...clientOptions(access),
    $host: access.endpoint,
  });
  const what = `the role assignments in subscription ${subscriptionId}`;
  return readAll(what, 'Microsoft.Authorization/roleAssignments/read (the role Reader has it)', async () => {
    const assignments: RoleAssignment[] = [];
    const filter = `assignedTo('${principalId}')`;
    for await (const assignment of client.roleAssignments.listForSubscription({ filter }))
      assignments.push(assignment);
    const definitions = await readDefinitions(client, assignments);
    return assignments.map((assignment) => ({
      assignment,
      definition: definitions.get(assignment.roleDefinitionId?.toLowerCase() ?? '') ?? null,
    }));
  });
}

// An unreadable definition leaves the role nameless, which the judgement says; it does not lose the assignment.
async function readDefinitions(
  client: AuthorizationManagementClient,
  assignments: readonly RoleAssignment[],
): Promise<Map<string, RoleDefinition>> {
  const ids = new Set(assignments.map(({ roleDefinitionId }) => roleDefinitionId?.toLowerCase() ?? ''));
  const read = await Promise.all(
    [...ids].map(async (id) => [id, await client.roleDefinitions.getById(id).catch(() => null)] as const),
  );
  return new Map(
    read.flatMap(([id, definition]) => (definition === null ? [] : [[id, definition] as const])),
  );
}

// Retries are ours: the clients' own know nothing of the time that the run has.
function clientOptions({ httpClient, scope }: ArmAccess) {
  return { httpClient, credentialScopes: scope, retryOptions: { maxRetries: 0 } };
}

async function readAll<T>(what: string, right: string, read: () => Promise<T>): Promise<Known<T>> {
  try {
    return known(await read());
  } catch (error) {
    return unknown(missing(what, right, statusOf(error)));
  }
}

function missing(what: string, right: string, status: number | null): string {
  if (status === 403) return `reading ${what} needs ${right}`;
  if (status === 404)
    return `${what}: Resource Manager knows no such resource, or does not show it to this identity`;
  return status === null
    ? `Resource Manager did not answer for ${what}`
    : `Resource Manager answered ${status} for ${what}`;
}

function statusOf(error: unknown): number | null {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : null;
}
