import type { Caller } from '../bearer.ts';
import { matchesGlob } from '../expression.ts';
import type { State } from '../state.ts';
import { BUILT_IN_ROLES } from './built-in-roles.ts';
import type { RoleAssignment, RoleDefinition } from './entities.ts';
import { ArmError } from './errors.ts';
import { chainOf, subscriptionOf } from './scopes.ts';

/** Every role definition: built-in, then the seed's. */
export function allRoles(state: State): RoleDefinition[] {
  return [...BUILT_IN_ROLES, ...state.roleDefinitions];
}

/** The principal and every group that holds it, through other groups too. */
export function withGroups(objectId: string, state: State): Set<string> {
  const found = new Set([objectId]);
  // A set visits what is added to it while it is walked through.
  for (const id of found)
    for (const group of state.groups) if (group.members.includes(id)) found.add(group.id);
  return found;
}

function covers(pattern: string, action: string): boolean {
  return matchesGlob(pattern.toLowerCase(), action.toLowerCase());
}

function permits({ actions, notActions }: RoleDefinition, action: string): boolean {
  return actions.some((one) => covers(one, action)) && !notActions.some((one) => covers(one, action));
}

/** The assignments that count for a principal: its own and those of its groups. */
function assignmentsOf(objectId: string, state: State): RoleAssignment[] {
  const principals = withGroups(objectId, state);
  return state.roleAssignments.filter(({ principalId }) => principals.has(principalId));
}

/**
 * Whether the caller may do the action at the scope, by the roles that it has there or above.
 * Conditions and deny assignments are not weighed. Source: Azure, "How Azure RBAC determines if a user has access".
 */
export function allows({ objectId }: Caller, action: string, scope: string, state: State): boolean {
  const chain = chainOf(scope, state);
  const roles = allRoles(state);
  return assignmentsOf(objectId, state).some((assignment) => {
    const role = roles.find(({ name }) => name === assignment.roleDefinitionId);
    return chain.includes(assignment.scope.toLowerCase()) && role !== undefined && permits(role, action);
  });
}

/** Throws an ArmError 403 AuthorizationFailed unless the caller may do the action at the scope. */
export function requireAction(
  caller: Caller,
  action: string,
  scope: string,
  state: State,
  shown = scope,
): void {
  if (allows(caller, action, scope, state)) return;
  const message =
    `The client '${caller.appId}' with object id '${caller.objectId}' does not have authorization to perform action ` +
    `'${action}' over scope '${shown}' or the scope is invalid. If access was recently granted, please refresh your ` +
    'credentials.';
  throw new ArmError(403, 'AuthorizationFailed', message);
}

/** Whether the caller has any role in the subscription or above it: only then does a list show it. */
export function seesSubscription({ objectId }: Caller, subscriptionId: string, state: State): boolean {
  const above = chainOf(`/subscriptions/${subscriptionId}`, state);
  return assignmentsOf(objectId, state).some(({ scope }) => {
    const lower = scope.toLowerCase();
    return above.includes(lower) || subscriptionOf(lower) === subscriptionId.toLowerCase();
  });
}
