/** Microsoft's clouds, as Azure CLI names them, and one that is cut off from them and has an authority of its own. */
export type Cloud = 'AzureCloud' | 'AzureUSGovernment' | 'AzureChinaCloud' | 'OctoAirgap';

/** Flexible federated identity credential's expression (Graph beta: federatedIdentityExpression). */
export interface ClaimsMatchingExpression {
  value: string;
  languageVersion: number;
}

/** Graph: federatedIdentityCredential. `subject` and `claimsMatchingExpression` are mutually exclusive. */
export interface FederatedIdentityCredential {
  name: string;
  issuer: string;
  audiences: string[];
  subject: string | null;
  claimsMatchingExpression?: ClaimsMatchingExpression | null;
  id?: string;
  description?: string;
}

export interface ServicePrincipal {
  id: string;
  accountEnabled: boolean;
  appRoleAssignmentRequired?: boolean;
  /** Graph: set while Microsoft has disabled the application. */
  disabledByMicrosoftStatus?: string;
}

/** The next `attempts` exchanges are refused with `code` (700213 unless said) as if a change had not arrived. */
export interface Propagation {
  attempts: number;
  code?: number;
}

export interface Application {
  appId: string;
  objectId: string;
  displayName: string;
  /** A multi-tenant application is found from other tenants of its cloud too, given a guest principal there. */
  multiTenant?: boolean;
  identifierUris?: string[];
  /** `api.requestedAccessTokenVersion` of the manifest, for tokens *to* this application. */
  accessTokenVersion?: 1 | 2;
  federatedIdentityCredentials: FederatedIdentityCredential[];
  servicePrincipal: ServicePrincipal | null;
  propagation?: Propagation;
  /** App roles of Microsoft Graph that its service principal was granted; they appear in its tokens too. */
  graphRoles?: string[];
  /** Object ids of the principals that own it: what Application.ReadWrite.OwnedBy reaches. */
  owners?: string[];
  /** Documented as impossible: Entra takes any audience. It exists so that a probe for it can fail. */
  acceptsAnyAudience?: boolean;
}

/** A user-assigned managed identity: a service principal without an application object. */
export interface ManagedIdentity {
  clientId: string;
  principalId: string;
  name: string;
  resourceGroup: string;
  subscriptionId: string;
  location: string;
  federatedIdentityCredentials: FederatedIdentityCredential[];
  propagation?: Propagation;
  /** App roles of Microsoft Graph that it was granted. */
  graphRoles?: string[];
}

/** A security group of a tenant. Members are object ids, of groups too. */
export interface Group {
  id: string;
  displayName: string;
  tenantId: string;
  members: string[];
}

/** A multi-tenant application's service principal in a tenant that is not its home. */
export interface GuestServicePrincipal extends ServicePrincipal {
  appId: string;
}

export interface TenantPolicies {
  /** GitHub enterprises whose tokens are accepted; absent: any (AADSTS7002381). */
  requiredGitHubEnterprise?: string[];
  /** Issuers that credentials of this tenant may name; absent: any (AADSTS700238). */
  allowedIssuers?: string[];
  /** Workload identity federation switched off for the tenant (AADSTS700223). */
  federationDisabled?: boolean;
  /** What another cloud's authority answers about this tenant; see `crossCloudCode`. */
  crossCloudCode?: 90002 | 90038 | 900382 | 900439;
}

export interface ConditionalAccess {
  blockedAppIds: string[];
  policyId: string;
}

/** A resource principal beside the well-known Microsoft ones. */
export interface Resource {
  appId: string;
  uris: string[];
  accessTokenVersion: 1 | 2;
}

export interface Tenant {
  id: string;
  displayName: string;
  domains: string[];
  cloud: Cloud;
  applications: Application[];
  managedIdentities: ManagedIdentity[];
  guestServicePrincipals?: GuestServicePrincipal[];
  policies?: TenantPolicies;
  conditionalAccess?: ConditionalAccess;
  resources?: Resource[];
  /** URIs of well-known resources without a service principal here (AADSTS500011). */
  missingResources?: string[];
}

export interface Subscription {
  subscriptionId: string;
  displayName: string;
  tenantId: string;
  state: 'Enabled' | 'Warned' | 'PastDue' | 'Disabled' | 'Deleted';
}

export interface Enterprise {
  slug: string;
  id: string;
  /** GitHub: "include_enterprise_slug", the issuer unique to an enterprise. */
  uniqueIssuer: boolean;
}

/** The repository's (or owner's) OIDC subject customisation. */
export interface SubjectCustomization {
  immutable: boolean;
  /** `include_claim_keys` of a custom template; null for the default format. */
  claimKeys: string[] | null;
}

/** What GitHub knows about the workflow run that asks for ID tokens. */
export interface RunContext {
  serverUrl: string;
  requestToken: string;
  owner: string;
  ownerId: string;
  repository: string;
  repositoryId: string;
  repositoryVisibility: 'public' | 'private' | 'internal';
  enterprise: Enterprise | null;
  subject: SubjectCustomization;
  properties: Record<string, string>;
  eventName: string;
  ref: string;
  refProtected: boolean;
  sha: string;
  headRef: string;
  baseRef: string;
  environment: string | null;
  environmentNodeId: string;
  actor: string;
  actorId: string;
  workflow: string;
  workflowFile: string;
  /** Set for a reusable workflow; otherwise the workflow's own ref. */
  jobWorkflowRef: string | null;
  runId: string;
  runNumber: string;
  runAttempt: string;
  checkRunId: string;
  runnerEnvironment: 'github-hosted' | 'self-hosted';
  /** Overrides any claim; null removes it. */
  claims: Record<string, string | number | null>;
}

export interface ClockOffsets {
  github: number;
  entra: number;
}
