/** The one identity that Azure makes for a machine itself. */
export interface SystemAssignedIdentity {
  clientId: string;
  principalId: string;
}

/** A machine, an app or a connected server that has managed identities. */
export interface AzureHost {
  /** Its own id in Resource Manager: what `xms_mirid` says of its system-assigned identity. */
  resourceId: string;
  tenantId: string;
  systemAssigned: SystemAssignedIdentity | null;
  /** Client ids of managed identities of its tenant. */
  userAssigned: string[];
}

export type AzureHostName = 'vm' | 'appService' | 'arc';

/** What runs elsewhere than on GitHub's runners and has an identity of its own. */
export interface Workloads {
  azure: Record<AzureHostName, AzureHost>;
}
