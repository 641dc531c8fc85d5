import type { Group } from '../entities.ts';
import { guidFrom } from '../guids.ts';
import { addPrincipal, type Key, keyOf } from './applications.ts';
import { type Answer, type Call, checkProperties, contextOf } from './call.ts';
import { readsDirectory, requireRead, requireWrite } from './caller.ts';
import { APP_ROLES, graphPrincipal, type Principal, principalsOf } from './directory.ts';
import { badRequest, denied, notFound } from './errors.ts';
import { answerItem, answerList, type Queryable } from './query.ts';

const PRINCIPALS: Queryable = {
  set: 'servicePrincipals',
  filterable: [
    'appId',
    'id',
    'displayName',
    'servicePrincipalType',
    'accountEnabled',
    'servicePrincipalNames',
    'alternativeNames',
  ],
};

function appRoles(principal: Principal): object[] {
  if (principal.displayName !== 'Microsoft Graph') return [];
  return Object.entries(APP_ROLES).map(([value, id]) => ({
    allowedMemberTypes: ['Application'],
    id,
    isEnabled: true,
    value,
  }));
}

function shape(principal: Principal): Record<string, unknown> {
  const { id, appId, displayName, type, homeTenantId, alternativeNames, names, entity } = principal;
  return {
    id,
    deletedDateTime: null,
    accountEnabled: entity?.accountEnabled ?? true,
    alternativeNames,
    appDisplayName: type === 'Application' ? displayName : null,
    appId,
    appOwnerOrganizationId: homeTenantId,
    appRoleAssignmentRequired: entity?.appRoleAssignmentRequired ?? false,
    appRoles: appRoles(principal),
    createdDateTime: '2025-01-01T00:00:00Z',
    disabledByMicrosoftStatus: entity?.disabledByMicrosoftStatus ?? null,
    displayName,
    keyCredentials: [],
    oauth2PermissionScopes: [],
    passwordCredentials: [],
    servicePrincipalNames: names,
    servicePrincipalType: type,
    signInAudience: type === 'Application' ? 'AzureADMyOrg' : null,
    tags: [],
  };
}

// Graph, "Get servicePrincipal": an application may read its own service principal without any permission.
function findPrincipal(call: Call, key: Key): Principal {
  const all = principalsOf(call.caller.tenant, call.state);
  const found = all.find(({ id, appId }) => id === key.id || appId === key.appId);
  requireRead(call.caller, found?.id === call.caller.objectId);
  if (!found) throw notFound(key.id ?? key.appId ?? '');
  return found;
}

/** `GET /servicePrincipals`. */
export function listPrincipals(call: Call): Answer {
  requireRead(call.caller);
  return answerList(call, principalsOf(call.caller.tenant, call.state).map(shape), PRINCIPALS);
}

/** `GET /servicePrincipals/{id}` and `/servicePrincipals(appId='…')`. */
export function getPrincipal(call: Call): Answer {
  return answerItem(call, shape(findPrincipal(call, keyOf(call.names))), PRINCIPALS.set);
}

/** `POST /servicePrincipals`, as `az ad sp create` asks. */
export function createPrincipal(call: Call): Answer {
  const { servicePrincipal } = addPrincipal(call);
  const created = principalsOf(call.caller.tenant, call.state).find(({ id }) => id === servicePrincipal?.id);
  if (!created) throw notFound(servicePrincipal?.id ?? '');
  return answerItem(call, shape(created), PRINCIPALS.set, 201);
}

/** `PATCH /servicePrincipals/{id}`: enables, disables, or requires an assignment. */
export function updatePrincipal(call: Call): Answer {
  const principal = findPrincipal(call, keyOf(call.names));
  requireWrite(call.caller, principal.owners);
  checkProperties(call, 'servicePrincipal', Object.keys(shape(principal)));
  if (principal.entity === null) throw denied();
  for (const name of ['accountEnabled', 'appRoleAssignmentRequired'] as const) {
    const value = call.body[name];
    if (value === undefined) continue;
    if (typeof value !== 'boolean')
      throw badRequest(`Cannot convert a value to 'Edm.Boolean' for '${name}'.`);
    principal.entity[name] = value;
  }
  return { status: 204, body: null };
}

function roleAssignments(principal: Principal, call: Call): Record<string, unknown>[] {
  const graph = graphPrincipal(call.caller.tenant);
  return principal.graphRoles.map((role) => ({
    id: Buffer.from(guidFrom(`${principal.id} ${role}`)).toString('base64url'),
    deletedDateTime: null,
    appRoleId: APP_ROLES[role] ?? guidFrom(role),
    createdDateTime: '2025-01-01T00:00:00Z',
    principalDisplayName: principal.displayName,
    principalId: principal.id,
    principalType: 'ServicePrincipal',
    resourceDisplayName: graph.displayName,
    resourceId: graph.id,
  }));
}

const APP_ROLE_ASSIGNMENTS: Queryable = {
  set: 'appRoleAssignments',
  filterable: ['resourceId', 'principalId'],
};

/** `GET …/appRoleAssignments`: what the principal was granted on Microsoft Graph. */
export function listGranted(call: Call): Answer {
  const principal = findPrincipal(call, keyOf(call.names));
  return answerList(call, roleAssignments(principal, call), APP_ROLE_ASSIGNMENTS);
}

/** `GET …/appRoleAssignedTo`: who was granted something on the principal. */
export function listGrantees(call: Call): Answer {
  const resource = findPrincipal(call, keyOf(call.names));
  const everyone = principalsOf(call.caller.tenant, call.state);
  const granted = everyone.flatMap((principal) => roleAssignments(principal, call));
  const meant = granted.filter(({ resourceId }) => resourceId === resource.id);
  return answerList(call, meant, APP_ROLE_ASSIGNMENTS);
}

// Graph, "Limited information returned for inaccessible member objects": type and id, null for the rest.
function groupStub({ id, displayName }: Group, readable: boolean): object {
  return { '@odata.type': '#microsoft.graph.group', id, displayName: readable ? displayName : null };
}

/** `POST /directoryObjects/getByIds`: deleted ones are left out. az asks it for the names of principals. */
export function getByIds(call: Call): Answer {
  if (!readsDirectory(call.caller)) throw denied();
  const { ids } = call.body;
  if (!Array.isArray(ids)) throw badRequest("A value is required for parameter 'ids'.");
  const { tenant, roles } = call.caller;
  const principals = principalsOf(tenant, call.state)
    .filter(({ id }) => ids.includes(id))
    .map((principal) => ({ '@odata.type': '#microsoft.graph.servicePrincipal', ...shape(principal) }));
  const readable = roles.includes('Directory.Read.All');
  const groups = call.state.groups
    .filter(({ id, tenantId }) => tenantId === tenant.id && ids.includes(id))
    .map((group) => groupStub(group, readable));
  const body = { '@odata.context': contextOf(call, 'directoryObjects'), value: [...principals, ...groups] };
  return { status: 200, body };
}
