/** Where Resource Manager keeps a user-assigned managed identity. */
export interface IdentityId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

const IDENTITY_ID =
  /^\/subscriptions\/([0-9a-f-]{36})\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/([^/]+)$/i;

/** Takes the resource id of a user-assigned managed identity apart; null when it is none. */
export function parseIdentityId(resourceId: string): IdentityId | null {
  const [, subscriptionId, resourceGroup, name] = IDENTITY_ID.exec(resourceId) ?? [];
  return subscriptionId && resourceGroup && name ? { subscriptionId, resourceGroup, name } : null;
}
