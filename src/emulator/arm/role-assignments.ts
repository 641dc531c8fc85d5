import { principalsOf } from '../graph/directory.ts';
import { isGuid } from '../guids.ts';
import { isJsonObject } from '../json-object.ts';
import { allRoles, requireAction, withGroups } from './access.ts';
import { type Answer, answerList, type Call, scopeOf, tenantOf } from './call.ts';
import type { PrincipalType, RoleAssignment } from './entities.ts';
import { ArmError, badFormat } from './errors.ts';
import { chainOf, subscriptionOf } from './scopes.ts';

const READ = 'Microsoft.Authorization/roleAssignments/read';
const WRITE = 'Microsoft.Authorization/roleAssignments/write';
const DELETE = 'Microsoft.Authorization/roleAssignments/delete';
const PROVIDER = '/providers/Microsoft.Authorization';

type Filter =
  | { kind: 'all' | 'at-scope' }
  | { kind: 'assigned-to'; objectId: string; atScope: boolean }
  | { kind: 'principal'; objectId: string };

/**
 * The documented filters and no other. Source: Azure, "List Azure role assignments using the REST API"; that
 * `atScope()` and `principalId eq` do not combine is from azure-cli.
 */
function parseFilter(text: string | null, call: Call): Filter {
  const filter = text?.trim() ?? '';
  if (filter === '') return { kind: 'all' };
  if (/^atScope\(\)$/i.test(filter)) return { kind: 'at-scope' };
  const [, principal] = /^principalId eq '([^']*)'$/i.exec(filter) ?? [];
  if (principal !== undefined) return { kind: 'principal', objectId: principal.toLowerCase() };
  const [, before, assignee, after] =
    /^(atScope\(\) and )?assignedTo\('([^']*)'\)( and atScope\(\))?$/i.exec(filter) ?? [];
  if (assignee === undefined || (before && after))
    throw badFormat(`The filter '${filter}' is not supported.`);
  if (!isGuid(assignee)) throw badFormat(`The principal id '${assignee}' of the filter is not valid.`);
  // Documented: users and service principals only. The wording of the refusal is not.
  if (call.state.groups.some(({ id }) => id === assignee.toLowerCase()))
    throw badFormat(`The principal '${assignee}' of assignedTo() is a group.`);
  return { kind: 'assigned-to', objectId: assignee.toLowerCase(), atScope: (before ?? after) !== undefined };
}

function isMeant(assignment: RoleAssignment, filter: Filter, call: Call): boolean {
  if (filter.kind === 'principal') return assignment.principalId === filter.objectId;
  if (filter.kind === 'assigned-to')
    return withGroups(filter.objectId, call.state).has(assignment.principalId);
  return true;
}

function isInReach(assignment: RoleAssignment, scope: string, filter: Filter, call: Call): boolean {
  const { state, caller } = call;
  const own = assignment.scope.toLowerCase();
  if (tenantOf(call, own) !== caller.tenant.id) return false;
  if (chainOf(scope, state).includes(own)) return true;
  const atScope = filter.kind === 'at-scope' || (filter.kind === 'assigned-to' && filter.atScope);
  return !atScope && chainOf(own, state).includes(scope.toLowerCase());
}

function prefix(scope: string): string {
  return scope === '/' ? '' : scope;
}

function shape(assignment: RoleAssignment, asked: string): object {
  const { name, scope, roleDefinitionId, principalId, principalType, condition, conditionVersion } =
    assignment;
  const subscription = subscriptionOf(asked);
  const home = subscription === null ? '' : `/subscriptions/${subscription}`;
  return {
    properties: {
      roleDefinitionId: `${home}${PROVIDER}/roleDefinitions/${roleDefinitionId}`,
      principalId,
      principalType,
      scope,
      condition: condition ?? null,
      conditionVersion: conditionVersion ?? null,
      createdOn: '2025-01-01T00:00:00.0000000Z',
      updatedOn: '2025-01-01T00:00:00.0000000Z',
      createdBy: null,
      updatedBy: null,
      delegatedManagedIdentityResourceId: null,
      description: assignment.description ?? null,
    },
    id: `${prefix(scope)}${PROVIDER}/roleAssignments/${name}`,
    type: 'Microsoft.Authorization/roleAssignments',
    name,
  };
}

/** `GET {scope}/…/roleAssignments`. */
export function listRoleAssignments(call: Call): Answer {
  const scope = scopeOf(call);
  requireAction(call.caller, READ, scope, call.state, `${prefix(scope)}${PROVIDER}`);
  const filter = parseFilter(call.url.searchParams.get('$filter'), call);
  const found = call.state.roleAssignments.filter(
    (assignment) => isMeant(assignment, filter, call) && isInReach(assignment, scope, filter, call),
  );
  return answerList(
    call,
    found.map((assignment) => shape(assignment, scope)),
  );
}

function find(call: Call, scope: string): RoleAssignment | undefined {
  const name = call.names['name']?.toLowerCase();
  return call.state.roleAssignments.find(
    (one) => one.name === name && one.scope.toLowerCase() === scope.toLowerCase(),
  );
}

/** `GET {scope}/…/roleAssignments/{name}`. */
export function getRoleAssignment(call: Call): Answer {
  const scope = scopeOf(call);
  requireAction(
    call.caller,
    READ,
    scope,
    call.state,
    `${prefix(scope)}${PROVIDER}/roleAssignments/${call.names['name']}`,
  );
  const found = find(call, scope);
  if (found) return { status: 200, body: shape(found, scope) };
  const message = `The role assignment '${call.names['name']}' is not found.`;
  throw new ArmError(404, 'RoleAssignmentNotFound', message);
}

const TYPES: readonly PrincipalType[] = ['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device'];

function principalTypeOf(call: Call, principalId: string, said: unknown): PrincipalType {
  const type = TYPES.find((one) => one === said);
  const known = principalsOf(call.caller.tenant, call.state).some(({ id }) => id === principalId);
  if (known) return 'ServicePrincipal';
  if (call.state.groups.some(({ id }) => id === principalId)) return 'Group';
  if (type) return type;
  const message =
    `Principal ${principalId.replaceAll('-', '')} does not exist in the directory ${call.caller.tenant.id}. Check that ` +
    'you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this ' +
    'error might be related to a replication delay. In this case, set the role assignment principalType property to a ' +
    'value, such as ServicePrincipal, User, or Group. See https://aka.ms/docs-principaltype';
  throw new ArmError(400, 'PrincipalNotFound', message);
}

function readAssignment(call: Call, scope: string, name: string): RoleAssignment {
  const properties = isJsonObject(call.body['properties']) ? call.body['properties'] : {};
  const { roleDefinitionId, principalId, principalType, condition } = properties;
  if (typeof roleDefinitionId !== 'string' || typeof principalId !== 'string' || !isGuid(principalId))
    throw badFormat();
  const role = roleDefinitionId.split('/').at(-1)?.toLowerCase() ?? '';
  if (!allRoles(call.state).some((one) => one.name === role)) {
    const message = `The specified role definition with ID '${role}' does not exist.`;
    throw new ArmError(400, 'RoleDefinitionDoesNotExist', message);
  }
  return {
    name,
    roleDefinitionId: role,
    principalId: principalId.toLowerCase(),
    principalType: principalTypeOf(call, principalId.toLowerCase(), principalType),
    scope,
    ...(typeof condition === 'string' && { condition, conditionVersion: '2.0' }),
  };
}

/** `PUT {scope}/…/roleAssignments/{guid}`, as `az role assignment create` asks. Source: Azure, "Role Assignments - Create". */
export function putRoleAssignment(call: Call): Answer {
  const scope = scopeOf(call);
  const { name = '' } = call.names;
  requireAction(call.caller, WRITE, scope, call.state, `${prefix(scope)}${PROVIDER}/roleAssignments/${name}`);
  if (!isGuid(name))
    throw new ArmError(
      400,
      'InvalidRoleAssignmentId',
      'The role assignment ID is not valid. It must be a GUID.',
    );
  const assignment = readAssignment(call, scope, name.toLowerCase());
  const twin = call.state.roleAssignments.some(
    (one) =>
      one.principalId === assignment.principalId &&
      one.roleDefinitionId === assignment.roleDefinitionId &&
      one.scope.toLowerCase() === scope.toLowerCase(),
  );
  if (twin) throw new ArmError(409, 'RoleAssignmentExists', 'The role assignment already exists.');
  call.state.roleAssignments.push(assignment);
  return { status: 201, body: shape(assignment, scope) };
}

/** `DELETE {scope}/…/roleAssignments/{name}`: 204 where there was none. */
export function deleteRoleAssignment(call: Call): Answer {
  const scope = scopeOf(call);
  requireAction(
    call.caller,
    DELETE,
    scope,
    call.state,
    `${prefix(scope)}${PROVIDER}/roleAssignments/${call.names['name']}`,
  );
  const found = find(call, scope);
  call.state.roleAssignments = call.state.roleAssignments.filter((one) => one !== found);
  return found ? { status: 200, body: shape(found, scope) } : { status: 204, body: null };
}
