import type {
  Application,
  Cloud,
  FederatedIdentityCredential,
  ManagedIdentity,
  Resource,
  RunContext,
  Subscription,
  Tenant,
} from './entities.ts';
import { STACK_AUDIENCE } from './stacks.ts';

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
const REPOSITORY = 'repo:octo-org/octo-repo';
const SUBJECT = `${REPOSITORY}:environment:production`;

export const AUDIENCES: Readonly<Record<Cloud, string>> = {
  AzureCloud: 'api://AzureADTokenExchange',
  AzureUSGovernment: 'api://AzureADTokenExchangeUSGov',
  AzureChinaCloud: 'api://AzureADTokenExchangeChina',
  OctoAirgap: 'api://OctoTokenExchange',
};

export const CONTOSO = '11111111-1111-4111-8111-111111111111';
export const FABRIKAM = '22222222-2222-4222-8222-222222222222';
export const CONTOSO_AIRGAP = '55555555-5555-4555-8555-555555555555';
export const CONTOSO_GOVERNMENT = '33333333-3333-4333-8333-333333333333';
export const CONTOSO_CHINA = '44444444-4444-4444-8444-444444444444';
export const SUBSCRIPTION = '99999999-9999-4999-8999-999999999991';
const AIRGAP_SUBSCRIPTION = '99999999-9999-4999-8999-999999999995';
const GOVERNMENT_SUBSCRIPTION = '99999999-9999-4999-8999-999999999993';
const CHINA_SUBSCRIPTION = '99999999-9999-4999-8999-999999999994';

/** GUIDs of the seed: a repeated letter for the kind, a number for the entity. */
export function guid(letter: string, serial: number): string {
  return `${letter.repeat(8)}-0000-4000-8000-${String(serial).padStart(12, '0')}`;
}

function credential(overrides: Partial<FederatedIdentityCredential> = {}): FederatedIdentityCredential {
  return {
    name: 'production',
    issuer: GITHUB_ISSUER,
    audiences: [AUDIENCES.AzureCloud],
    subject: SUBJECT,
    ...overrides,
  };
}

function flexible(value: string): FederatedIdentityCredential {
  const claimsMatchingExpression = { value, languageVersion: 1 };
  return credential({ name: 'flexible', subject: null, claimsMatchingExpression });
}

/** An application of the seed, with a service principal. */
export function application(
  serial: number,
  displayName: string,
  federatedIdentityCredentials: FederatedIdentityCredential[],
  overrides: Partial<Application> = {},
): Application {
  return {
    appId: guid('a', serial),
    objectId: guid('b', serial),
    displayName,
    federatedIdentityCredentials,
    servicePrincipal: { id: guid('c', serial), accountEnabled: true },
    ...overrides,
  };
}

/** One that works, then one for each way in which trust commonly fails. */
function contosoApplications(): Application[] {
  const pinned = "' and claims['repository_owner_id'] eq '65432'";
  return [
    application(1, 'octo-deploy', [credential()], { graphRoles: ['Application.Read.All'] }),
    application(2, 'octo-main-only', [
      credential({ name: 'main', subject: `${REPOSITORY}:ref:refs/heads/main` }),
    ]),
    application(3, 'octo-wrong-case', [credential({ subject: `${REPOSITORY}:environment:Production` })]),
    application(4, 'octo-slash', [credential({ issuer: `${GITHUB_ISSUER}/` })]),
    application(5, 'octo-audience', [credential({ audiences: ['api://octo'] })]),
    application(6, 'octo-untrusting', []),
    application(7, 'octo-no-principal', [credential()], { servicePrincipal: null }),
    application(8, 'octo-disabled', [credential()], {
      servicePrincipal: { id: guid('c', 8), accountEnabled: false },
    }),
    application(9, 'octo-flexible', [flexible(`claims['sub'] matches '${REPOSITORY}:*${pinned}`)]),
    application(10, 'octo-flexible-other', [
      flexible(`claims['sub'] matches 'repo:octo-org/other:*${pinned}`),
    ]),
    application(11, 'octo-blocked', [credential()]),
    application(12, 'octo-api', [], { identifierUris: ['api://octo-api'], accessTokenVersion: 2 }),
    application(13, 'octo-multi', [credential()], { multiTenant: true }),
    application(14, 'octo-owner', [
      credential(),
      credential({ name: 'pull-requests', subject: `${REPOSITORY}:pull_request` }),
    ]),
    application(15, 'octo-roleless', [credential()]),
    application(16, 'octo-admin', [credential()], { graphRoles: ['Application.ReadWrite.All'] }),
    application(17, 'octo-any-audience', [credential()], { acceptsAnyAudience: true }),
  ];
}

function contosoIdentity(
  serial: number,
  name: string,
  credentials: FederatedIdentityCredential[],
): ManagedIdentity {
  return {
    clientId: guid('d', serial),
    principalId: guid('e', serial),
    name,
    resourceGroup: 'octo-rg',
    subscriptionId: SUBSCRIPTION,
    location: 'westeurope',
    federatedIdentityCredentials: credentials,
  };
}

function sovereignTenant(id: string, serial: number, cloud: Cloud, domain: string): Tenant {
  const trusting = credential({ audiences: [AUDIENCES[cloud]] });
  return {
    id,
    displayName: `Contoso ${cloud}`,
    domains: [domain],
    cloud,
    applications: [application(serial, 'octo-deploy', [trusting])],
    managedIdentities: [],
  };
}

/** Resource Manager of a cloud that Microsoft does not run, as a resource of the tenant. */
function managementOf(serial: number, uri: string): Resource {
  return { appId: guid('a', serial), uris: [uri], accessTokenVersion: 1 };
}

/** Contoso (all cases), Fabrikam (accepts GitHub enterprises only), and Contoso in two sovereign clouds and in one of its own. */
export function defaultTenants(): Tenant[] {
  return [
    {
      id: CONTOSO,
      displayName: 'Contoso',
      domains: ['contoso.onmicrosoft.com', 'contoso.com'],
      cloud: 'AzureCloud',
      applications: contosoApplications(),
      managedIdentities: [
        contosoIdentity(1, 'octo-identity', [credential()]),
        contosoIdentity(2, 'octo-identity-untrusting', []),
      ],
      conditionalAccess: { blockedAppIds: [guid('a', 11)], policyId: guid('f', 1) },
      resources: [managementOf(83, STACK_AUDIENCE)],
    },
    {
      id: FABRIKAM,
      displayName: 'Fabrikam',
      domains: ['fabrikam.onmicrosoft.com'],
      cloud: 'AzureCloud',
      applications: [application(21, 'fab-deploy', [credential()])],
      managedIdentities: [],
      policies: { requiredGitHubEnterprise: ['microsoft', 'github', 'microsoftopensource'] },
    },
    sovereignTenant(CONTOSO_GOVERNMENT, 31, 'AzureUSGovernment', 'contoso.onmicrosoft.us'),
    sovereignTenant(CONTOSO_CHINA, 41, 'AzureChinaCloud', 'contoso.partner.onmschina.cn'),
    {
      ...sovereignTenant(CONTOSO_AIRGAP, 81, 'OctoAirgap', 'contoso.octo.example'),
      resources: [managementOf(82, 'https://management.core.airgap.octo.example')],
    },
  ];
}

/** One enabled subscription for each tenant of Contoso. */
export function defaultSubscriptions(): Subscription[] {
  const owners: [string, string][] = [
    [SUBSCRIPTION, CONTOSO],
    [GOVERNMENT_SUBSCRIPTION, CONTOSO_GOVERNMENT],
    [CHINA_SUBSCRIPTION, CONTOSO_CHINA],
    [AIRGAP_SUBSCRIPTION, CONTOSO_AIRGAP],
  ];
  return owners.map(([subscriptionId, tenantId]) => ({
    subscriptionId,
    displayName: 'Octo production',
    tenantId,
    state: 'Enabled',
  }));
}

/** A push to main of octo-org/octo-repo, in a job with the environment `production`; the token is made later. */
export function defaultRun(): Omit<RunContext, 'requestToken'> {
  return {
    serverUrl: 'https://github.com',
    owner: 'octo-org',
    ownerId: '65432',
    repository: 'octo-repo',
    repositoryId: '74321',
    repositoryVisibility: 'private',
    enterprise: null,
    subject: { immutable: false, claimKeys: null },
    properties: {},
    eventName: 'push',
    ref: 'refs/heads/main',
    refProtected: true,
    sha: '0123456789abcdef0123456789abcdef01234567',
    headRef: '',
    baseRef: '',
    environment: 'production',
    environmentNodeId: 'EN_kwDOAAEiUc4AAAAB',
    actor: 'octocat',
    actorId: '583231',
    workflow: 'Deploy',
    workflowFile: 'deploy.yml',
    jobWorkflowRef: null,
    runId: '1234567890',
    runNumber: '42',
    runAttempt: '1',
    checkRunId: '2345678901',
    runnerEnvironment: 'github-hosted',
    claims: {},
  };
}
