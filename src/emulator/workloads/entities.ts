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

/** A key by which requests to AWS are signed. */
export interface AwsKey {
  accessKeyId: string;
  secretAccessKey: string;
  /** Null for a key of a user, which has no session. */
  sessionToken: string | null;
  /** Seconds since the epoch; null for a key that does not end here. */
  expiresAt: number | null;
  /** The role or user that it speaks for: the subject of its tokens. */
  principalArn: string;
  /** Whether a policy allows sts:GetWebIdentityToken. */
  mayGetTokens: boolean;
}

/** An account of AWS with an instance in it. */
export interface AwsAccount {
  accountId: string;
  /** Of its web identity tokens; AWS makes one for each account. */
  issuer: string;
  federationEnabled: boolean;
  /** The region of the instance. */
  region: string;
  /** Name of the instance's role, one of those that `keys` speak for; null for none. */
  instanceRole: string | null;
  keys: AwsKey[];
  /** Of its issuer's keys. */
  keyGeneration: number;
}

/** What runs elsewhere than on GitHub's runners and has an identity of its own. */
export interface Workloads {
  azure: Record<AzureHostName, AzureHost>;
  clusters: Cluster[];
  google: GoogleInstance;
  aws: AwsAccount;
}
