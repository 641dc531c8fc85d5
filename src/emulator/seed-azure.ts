import { BUILT_IN } from './arm/built-in-roles.ts';
import type { ManagementGroup, ResourceGroup, RoleAssignment, RoleDefinition } from './arm/entities.ts';
import type { Group } from './entities.ts';
import { CONTOSO, guid, SUBSCRIPTION } from './seed.ts';

const OCTO_GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/octo-rg`;
const WHOLE_SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION}`;
const OPERATORS = guid('6', 1);
const DEPLOYERS = guid('6', 2);
const CUSTOM_ROLE = guid('7', 1);

/** Service principals of the default tenants, by the serial number of their application. */
function principal(serial: number): string {
  return guid('c', serial);
}

function assignment(
  serial: number,
  roleDefinitionId: string,
  principalId: string,
  scope: string,
  overrides: Partial<RoleAssignment> = {},
): RoleAssignment {
  const name = guid('5', serial);
  return { name, roleDefinitionId, principalId, principalType: 'ServicePrincipal', scope, ...overrides };
}

/** Operators hold deployers, who hold `octo-main-only`: its roles are found transitively only. */
export function defaultGroups(): Group[] {
  return [
    { id: OPERATORS, displayName: 'octo-operators', tenantId: CONTOSO, members: [DEPLOYERS] },
    { id: DEPLOYERS, displayName: 'octo-deployers', tenantId: CONTOSO, members: [principal(2)] },
  ];
}

export function defaultResourceGroups(): ResourceGroup[] {
  const names = ['octo-rg', 'octo-network'];
  return names.map((name) => ({ subscriptionId: SUBSCRIPTION, name, location: 'westeurope' }));
}

export function defaultManagementGroups(): ManagementGroup[] {
  return [
    {
      name: 'octo-platform',
      displayName: 'Octo platform',
      tenantId: CONTOSO,
      parent: null,
      subscriptionIds: [SUBSCRIPTION],
    },
  ];
}

export function defaultRoleDefinitions(): RoleDefinition[] {
  return [
    {
      name: CUSTOM_ROLE,
      roleName: 'Octo web restarter',
      description: 'Restarts web applications.',
      type: 'CustomRole',
      assignableScopes: [OCTO_GROUP],
      actions: ['Microsoft.Web/sites/read', 'Microsoft.Web/sites/restart/Action'],
      notActions: [],
      dataActions: [],
      notDataActions: [],
    },
  ];
}

// Azure, "Delegate role assignment management with conditions": the principal may assign AcrPull only.
const ONLY_ACR_PULL =
  "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/" +
  `roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${BUILT_IN.acrPull}}))`;

/**
 * `octo-deploy` contributes to a resource group and reads the subscription; `octo-owner` owns it all;
 * `octo-roleless` has nothing; principals of `octo-main-only` and of a deleted application have theirs too.
 */
export function defaultRoleAssignments(): RoleAssignment[] {
  const storage = `${OCTO_GROUP}/providers/Microsoft.Storage/storageAccounts/octodata`;
  return [
    assignment(1, BUILT_IN.contributor, principal(1), OCTO_GROUP),
    assignment(2, BUILT_IN.reader, principal(1), WHOLE_SUBSCRIPTION),
    assignment(3, BUILT_IN.owner, principal(14), WHOLE_SUBSCRIPTION),
    assignment(4, BUILT_IN.contributor, guid('c', 99), OCTO_GROUP),
    assignment(
      5,
      BUILT_IN.reader,
      OPERATORS,
      '/providers/Microsoft.Management/managementGroups/octo-platform',
      {
        principalType: 'Group',
      },
    ),
    assignment(6, BUILT_IN.storageBlobDataContributor, principal(1), storage),
    assignment(7, BUILT_IN.roleBasedAccessControlAdministrator, principal(9), OCTO_GROUP, {
      condition: ONLY_ACR_PULL,
      conditionVersion: '2.0',
    }),
    assignment(8, BUILT_IN.owner, principal(16), WHOLE_SUBSCRIPTION),
    assignment(9, BUILT_IN.contributor, principal(8), OCTO_GROUP),
    assignment(10, BUILT_IN.reader, guid('e', 1), OCTO_GROUP),
    assignment(11, CUSTOM_ROLE, guid('e', 1), OCTO_GROUP),
  ];
}
