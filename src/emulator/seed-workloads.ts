import type { FederatedIdentityCredential, Tenant } from './entities.ts';
import { AUDIENCES, application, CONTOSO, FABRIKAM, guid, SUBSCRIPTION } from './seed.ts';
import type { AwsAccount, AwsKey, AzureHost, Cluster, Workloads } from './workloads/entities.ts';

const PROVIDERS = `/subscriptions/${SUBSCRIPTION}/resourcegroups/octo-rg/providers`;

/** Applications of Contoso that trust a workload each; Fabrikam knows the first one too, as a guest. */
export const TRUSTS_MANAGED_IDENTITIES = 'octo-from-managed-identity';
export const TRUSTS_KUBERNETES = 'octo-from-kubernetes';
export const TRUSTS_GOOGLE = 'octo-from-google';
export const TRUSTS_AWS = 'octo-from-aws';

function azureHost(serial: number, type: string, name: string, userAssigned: string[]): AzureHost {
  return {
    resourceId: `${PROVIDERS}/${type}/${name}`,
    tenantId: CONTOSO,
    systemAssigned: { clientId: guid('d', serial), principalId: guid('e', serial) },
    userAssigned,
  };
}

function cluster(name: string, issuer: string, keys: string): Cluster {
  return { name, issuer, jwksUri: `${issuer}${keys}`, keyGeneration: 0 };
}

/** One cluster of each kind; their issuers and where their keys lie are formed as the real ones. */
function clusters(): Cluster[] {
  const gke = 'v1/projects/octo-project/locations/europe-west1/clusters/octo-cluster';
  return [
    cluster('aks', `https://westeurope.oic.prod-aks.azure.com/${CONTOSO}/${guid('8', 1)}/`, 'openid/v1/jwks'),
    cluster('eks', 'https://oidc.eks.eu-west-1.amazonaws.com/id/0C70C70C70C70C70C70C70C70C70C70C', '/keys'),
    cluster('gke', `https://container.googleapis.com/${gke}`, '/jwks'),
    cluster('self-managed', 'https://kubernetes.octo.example', '/openid/v1/jwks'),
  ];
}

const GOOGLE_ACCOUNT = '104920480235981234567';

const AWS_ISSUER = `https://${guid('7', 1)}.tokens.sts.global.api.aws`;
const ROLE_ARN = 'arn:aws:iam::123456789012:role/octo-runner';
const USER_ARN = 'arn:aws:iam::123456789012:user/octo-ci';

function awsKey(accessKeyId: string, principalArn: string, sessionToken: string | null): AwsKey {
  const secretAccessKey = `octoSecretOf${accessKeyId}/OfTheEmulator0`;
  return { accessKeyId, secretAccessKey, sessionToken, expiresAt: null, principalArn, mayGetTokens: true };
}

/** The instance's role, and a user whose key a job may hold in its environment. */
function awsAccount(): AwsAccount {
  return {
    accountId: '123456789012',
    issuer: AWS_ISSUER,
    federationEnabled: true,
    region: 'eu-west-1',
    instanceRole: 'octo-runner',
    keys: [
      awsKey('ASIAOCTOROLE00000001', ROLE_ARN, `octoSessionOfTheEmulator${'0'.repeat(40)}==`),
      awsKey('AKIAOCTOUSER00000001', USER_ARN, null),
    ],
    keyGeneration: 0,
  };
}

/** Every host has a system-assigned identity; the virtual machine and the app have both of Contoso's beside it. */
export function defaultWorkloads(): Workloads {
  const both = [guid('d', 1), guid('d', 2)];
  return {
    azure: {
      vm: azureHost(51, 'Microsoft.Compute/virtualMachines', 'octo-vm', both),
      appService: azureHost(52, 'Microsoft.Web/sites', 'octo-app', both),
      arc: azureHost(53, 'Microsoft.HybridCompute/machines', 'octo-arc', []),
    },
    clusters: clusters(),
    google: {
      serviceAccount: {
        email: 'octo-runner@octo-project.iam.gserviceaccount.com',
        uniqueId: GOOGLE_ACCOUNT,
      },
      projectId: 'octo-project',
      projectNumber: 739419398126,
      zone: 'europe-west1-b',
      instanceId: '152986662232938449',
      instanceName: 'octo-runner',
      createdAt: 1_767_225_600,
      keyGeneration: 0,
    },
    aws: awsAccount(),
  };
}

function credential(name: string, issuer: string, subject: string): FederatedIdentityCredential {
  return { name, issuer, subject, audiences: [AUDIENCES.AzureCloud] };
}

function managedIdentityCredentials(): FederatedIdentityCredential[] {
  const issuer = `https://login.microsoftonline.com/${CONTOSO}/v2.0`;
  const principals = { 'octo-identity': 1, 'octo-vm': 51, 'octo-app': 52, 'octo-arc': 53 };
  return Object.entries(principals).map(([name, serial]) => credential(name, issuer, guid('e', serial)));
}

function kubernetesCredentials(): FederatedIdentityCredential[] {
  return clusters().map(({ name, issuer }) =>
    credential(name, issuer, 'system:serviceaccount:octo:deployer'),
  );
}

/** The tenants with the applications that trust workloads. */
export function trustingWorkloads(tenants: Tenant[]): Tenant[] {
  const applications = [
    application(51, TRUSTS_MANAGED_IDENTITIES, managedIdentityCredentials(), { multiTenant: true }),
    application(52, TRUSTS_KUBERNETES, kubernetesCredentials()),
    application(54, TRUSTS_AWS, [
      credential('role', AWS_ISSUER, ROLE_ARN),
      credential('user', AWS_ISSUER, USER_ARN),
    ]),
    application(53, TRUSTS_GOOGLE, [credential('google', 'https://accounts.google.com', GOOGLE_ACCOUNT)]),
  ];
  const guest = { appId: guid('a', 51), id: guid('c', 61), accountEnabled: true };
  return tenants.map((tenant) => {
    if (tenant.id === CONTOSO) return { ...tenant, applications: [...tenant.applications, ...applications] };
    return tenant.id === FABRIKAM ? { ...tenant, guestServicePrincipals: [guest] } : tenant;
  });
}
