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

/** A cluster that issues tokens to the pods in it. */
export interface Cluster {
  name: string;
  /** As tokens name it: that of AKS ends in a slash. */
  issuer: string;
  jwksUri: string;
  /** Moved on by a key rotation. */
  keyGeneration: number;
}

export interface GoogleServiceAccount {
  email: string;
  uniqueId: string;
}

/** An instance of Compute Engine. */
export interface GoogleInstance {
  serviceAccount: GoogleServiceAccount | null;
  projectId: string;
  projectNumber: number;
  zone: string;
  instanceId: string;
  instanceName: string;
  /** Seconds since the epoch. */
  createdAt: number;
  /** Of Google's keys. */
  keyGeneration: number;
}

/** What runs elsewhere than on GitHub's runners and has an identity of its own. */
export interface Workloads {
  azure: Record<AzureHostName, AzureHost>;
  clusters: Cluster[];
  google: GoogleInstance;
}
