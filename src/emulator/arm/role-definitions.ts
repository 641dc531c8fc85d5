import { allRoles, requireAction } from './access.ts';
import { type Answer, answerList, type Call, scopeOf } from './call.ts';
import type { RoleDefinition } from './entities.ts';
import { ArmError, badFormat } from './errors.ts';
import { chainOf, subscriptionOf } from './scopes.ts';

const READ = 'Microsoft.Authorization/roleDefinitions/read';
const PROVIDER = '/providers/Microsoft.Authorization';

function shape(role: RoleDefinition, asked: string): object {
  const subscription = subscriptionOf(asked);
  const home = subscription === null ? '' : `/subscriptions/${subscription}`;
  const { actions, notActions, dataActions, notDataActions } = role;
  return {
    properties: {
      roleName: role.roleName,
      type: role.type,
      description: role.description,
      assignableScopes: role.assignableScopes,
      permissions: [{ actions, notActions, dataActions, notDataActions }],
      createdOn: '2015-02-02T21:55:09.8806423Z',
      updatedOn: '2025-01-01T00:00:00.0000000Z',
      createdBy: null,
      updatedBy: null,
    },
    id: `${home}${PROVIDER}/roleDefinitions/${role.name}`,
    type: 'Microsoft.Authorization/roleDefinitions',
    name: role.name,
  };
}

/** Whether a role can be assigned at the scope; with `below`, somewhere below it too. */
function isAssignable(role: RoleDefinition, scope: string, below: boolean, call: Call): boolean {
  const chain = chainOf(scope, call.state);
  return role.assignableScopes.some(
    (one) =>
      chain.includes(one.toLowerCase()) || (below && chainOf(one, call.state).includes(scope.toLowerCase())),
  );
}

function predicate(term: string): ((role: RoleDefinition) => boolean) | 'at-scope' | 'below' {
  if (/^atScopeAndBelow\(\)$/i.test(term)) return 'below';
  if (/^atScope\(\)$/i.test(term)) return 'at-scope';
  const [, name, text = ''] = /^(roleName|type) eq '((?:[^']|'')*)'$/i.exec(term) ?? [];
  const wanted = text.replaceAll("''", "'").toLowerCase();
  if (name?.toLowerCase() === 'rolename') return (role) => role.roleName.toLowerCase() === wanted;
  if (name?.toLowerCase() === 'type') return (role) => role.type.toLowerCase() === wanted;
  throw badFormat(`The filter '${term}' is not supported.`);
}

/** `GET {scope}/…/roleDefinitions`. Source: Azure, "List Azure role definitions using the REST API". */
export function listRoleDefinitions(call: Call): Answer {
  const scope = scopeOf(call);
  requireAction(call.caller, READ, scope, call.state, `${scope === '/' ? '' : scope}${PROVIDER}`);
  const filter = call.url.searchParams.get('$filter')?.trim() ?? '';
  const terms = filter === '' ? [] : filter.split(/ and /i).map((term) => predicate(term.trim()));
  const found = allRoles(call.state).filter(
    (role) =>
      isAssignable(role, scope, terms.includes('below'), call) &&
      terms.every((term) => typeof term === 'string' || term(role)),
  );
  return answerList(
    call,
    found.map((role) => shape(role, scope)),
  );
}

/** `GET {scope}/…/roleDefinitions/{guid}`. */
export function getRoleDefinition(call: Call): Answer {
  const scope = scopeOf(call);
  const { name = '' } = call.names;
  // Built-in roles are no secret: with the scope `/` any principal of the tenant reads them.
  if (scope !== '/')
    requireAction(call.caller, READ, scope, call.state, `${scope}${PROVIDER}/roleDefinitions/${name}`);
  const found = allRoles(call.state).find((role) => role.name === name.toLowerCase());
  if (found) return { status: 200, body: shape(found, scope) };
  throw new ArmError(
    404,
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${name}' does not exist.`,
  );
}
