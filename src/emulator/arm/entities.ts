export interface ResourceGroup {
  subscriptionId: string;
  name: string;
  location: string;
}

export interface ManagementGroup {
  /** The last segment of its id. */
  name: string;
  displayName: string;
  tenantId: string;
  /** Name of the group above; null below the root of the tenant. */
  parent: string | null;
  subscriptionIds: string[];
}

/** What a role allows; `*` stands for any characters (Azure, "Understand role definitions"). */
export interface RolePermissions {
  actions: string[];
  notActions: string[];
  dataActions: string[];
  notDataActions: string[];
}

export interface RoleDefinition extends RolePermissions {
  /** The GUID that ends its id. */
  name: string;
  roleName: string;
  description: string;
  type: 'BuiltInRole' | 'CustomRole';
  /** A custom role's; `/` alone for a built-in one. */
  assignableScopes: string[];
}

export type PrincipalType = 'User' | 'Group' | 'ServicePrincipal' | 'ForeignGroup' | 'Device';

/** The principal need not exist any more: Azure keeps assignments of deleted principals. */
export interface RoleAssignment {
  /** The GUID that ends its id. */
  name: string;
  /** GUID of the role definition. */
  roleDefinitionId: string;
  principalId: string;
  principalType: PrincipalType;
  /** Where it was made: `/`, a management group's id, a subscription, a resource group or a resource. */
  scope: string;
  description?: string;
  condition?: string;
  conditionVersion?: '2.0';
}
