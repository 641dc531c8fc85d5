import type { ManagedIdentity, Tenant } from '../entities.ts';
import { type Grant, type IssuedToken, issueToken, resourceId } from '../entra/access-token.ts';
import { findResource } from '../entra/resources.ts';
import type { State } from '../state.ts';
import type { AzureHost } from './entities.ts';

/** An identity that a host may act as. */
export interface AssignedIdentity {
  clientId: string;
  principalId: string;
  resourceId: string;
  /** Null for the system-assigned one, which is no resource of its own. */
  entity: ManagedIdentity | null;
}

/** How a request names the identity that it means. */
export interface Selector {
  by: 'clientId' | 'principalId' | 'resourceId';
  value: string;
}

/** Why no identity answers; `ambiguous`: none was named and several are there. */
export type SelectionProblem = 'none-assigned' | 'not-assigned' | 'ambiguous';

function tenantOf(host: AzureHost, state: State): Tenant {
  const tenant = state.tenants.find(({ id }) => id === host.tenantId);
  if (!tenant) throw new Error(`${host.resourceId} is in no tenant of the state`);
  return tenant;
}

function userAssigned(host: AzureHost, state: State): AssignedIdentity[] {
  return tenantOf(host, state)
    .managedIdentities.filter(({ clientId }) => host.userAssigned.includes(clientId))
    .map((entity) => ({
      clientId: entity.clientId,
      principalId: entity.principalId,
      resourceId: resourceId(entity),
      entity,
    }));
}

function systemAssigned({ systemAssigned: own, resourceId }: AzureHost): AssignedIdentity | null {
  return own && { ...own, resourceId, entity: null };
}

/** The host's identity that a selector names. Ids are compared without case (Azure, resource ids are not case-sensitive). */
export function namedIdentity(host: AzureHost, selector: Selector, state: State): AssignedIdentity | null {
  const wanted = selector.value.toLowerCase();
  const own = selector.by === 'resourceId' ? null : systemAssigned(host);
  const all = own ? [own, ...userAssigned(host, state)] : userAssigned(host, state);
  return all.find((identity) => identity[selector.by].toLowerCase() === wanted) ?? null;
}

/**
 * The identity that a request without a selector gets: the system-assigned one, else the only user-assigned one.
 * Source: Entra, "How to use managed identities on a virtual machine to acquire an access token".
 */
export function defaultIdentity(host: AzureHost, state: State): AssignedIdentity | SelectionProblem {
  const own = systemAssigned(host);
  if (own) return own;
  const [only, second] = userAssigned(host, state);
  if (second) return 'ambiguous';
  return only ?? 'none-assigned';
}

/** The identity that a request means, or why there is none. */
export function selectIdentity(
  host: AzureHost,
  selector: Selector | null,
  state: State,
): AssignedIdentity | SelectionProblem {
  if (selector === null) return defaultIdentity(host, state);
  return namedIdentity(host, selector, state) ?? 'not-assigned';
}

/** Entra's token for an identity of a host. Throws a Refusal 500011 for a resource that its tenant does not know. */
export async function tokenOfIdentity(
  host: AzureHost,
  identity: AssignedIdentity,
  resource: string,
  state: State,
): Promise<IssuedToken> {
  const tenant = tenantOf(host, state);
  const { clientId, principalId, entity } = identity;
  const grant: Grant = {
    parameters: { version: 1, clientId, resource, assertion: '', capabilities: [] },
    tenant,
    client: {
      clientId,
      name: entity?.name ?? host.resourceId.slice(host.resourceId.lastIndexOf('/') + 1),
      principal: { id: principalId, accountEnabled: true },
      credentials: [],
      managedIdentity: entity,
      multiTenant: false,
      graphRoles: entity?.graphRoles ?? [],
      acceptsAnyAudience: false,
      entity: {},
    },
    credential: null,
    resource: findResource(resource, tenant),
    identityResourceId: identity.resourceId,
  };
  return issueToken(grant, state.clockOffsetSeconds.entra);
}

/** Whether a principal of a tenant is a managed identity: an assigned one or a host's own. */
export function isManagedIdentity(tenantId: string, principalId: string, state: State): boolean {
  const assigned = state.tenants
    .filter(({ id }) => id === tenantId)
    .flatMap(({ managedIdentities }) => managedIdentities);
  const own = Object.values(state.workloads.azure)
    .filter((host) => host.tenantId === tenantId)
    .flatMap(({ systemAssigned }) => systemAssigned ?? []);
  return [...assigned, ...own].some((identity) => identity.principalId === principalId);
}
