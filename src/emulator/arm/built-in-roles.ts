import type { RoleDefinition } from './entities.ts';

/** GUIDs of built-in roles. Source: Azure, "Azure built-in roles". */
export const BUILT_IN = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  userAccessAdministrator: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  roleBasedAccessControlAdministrator: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
  reservationsAdministrator: 'a8889054-8d42-49c9-bc1c-52486c10e7cd',
  websiteContributor: 'de139f84-1756-47ae-9be6-808fbbe84772',
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  storageBlobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6',
  acrPush: '8311e382-0749-4cb8-b61a-304f252e45ec',
  acrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
  aksClusterUser: '4abbcc35-e782-43d8-92c5-2d3f1bd2253f',
  networkContributor: '4d97b98b-1d4f-4787-a291-c67834d212e7',
  virtualMachineContributor: '9980e02c-c2be-4d73-94e8-173b1dc7cf3c',
  managedIdentityContributor: 'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59',
} as const;

interface Rights {
  actions?: string[];
  notActions?: string[];
  dataActions?: string[];
}

function builtIn(name: string, roleName: string, description: string, rights: Rights): RoleDefinition {
  return {
    name,
    roleName,
    description,
    type: 'BuiltInRole',
    assignableScopes: ['/'],
    actions: [],
    notActions: [],
    dataActions: [],
    notDataActions: [],
    ...rights,
  };
}

const DEPLOYMENTS = [
  'Microsoft.Authorization/*/read',
  'Microsoft.Insights/alertRules/*',
  'Microsoft.ResourceHealth/availabilityStatuses/read',
  'Microsoft.Resources/deployments/*',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Support/*',
];
const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices';

// The privileged ones and some narrow ones; permissions shortened to what tells the roles apart.
export const BUILT_IN_ROLES: readonly RoleDefinition[] = [
  builtIn(BUILT_IN.owner, 'Owner', 'Grants full access to manage all resources.', { actions: ['*'] }),
  builtIn(BUILT_IN.contributor, 'Contributor', 'Grants full access except assigning roles in Azure RBAC.', {
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
      'Microsoft.Blueprint/blueprintAssignments/write',
      'Microsoft.Blueprint/blueprintAssignments/delete',
      'Microsoft.Compute/galleries/share/action',
      'Microsoft.Purview/consents/write',
      'Microsoft.Purview/consents/delete',
      'Microsoft.Resources/deploymentStacks/manageDenySetting/action',
      'Microsoft.Subscription/cancel/action',
      'Microsoft.Subscription/enable/action',
    ],
  }),
  builtIn(BUILT_IN.reader, 'Reader', 'View all resources.', { actions: ['*/read'] }),
  builtIn(
    BUILT_IN.userAccessAdministrator,
    'User Access Administrator',
    'Manages user access to resources.',
    {
      actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'],
    },
  ),
  builtIn(
    BUILT_IN.roleBasedAccessControlAdministrator,
    'Role Based Access Control Administrator',
    'Manages access to Azure resources by assigning roles.',
    {
      actions: [
        'Microsoft.Authorization/roleAssignments/write',
        'Microsoft.Authorization/roleAssignments/delete',
        '*/read',
        'Microsoft.Support/*',
      ],
    },
  ),
  builtIn(
    BUILT_IN.reservationsAdministrator,
    'Reservations Administrator',
    'Manages reservations of a tenant.',
    {
      actions: [
        'Microsoft.Capacity/*/read',
        'Microsoft.Capacity/*/action',
        'Microsoft.Capacity/*/write',
        'Microsoft.Authorization/roleAssignments/read',
        'Microsoft.Authorization/roleDefinitions/read',
        'Microsoft.Authorization/roleAssignments/write',
        'Microsoft.Authorization/roleAssignments/delete',
      ],
    },
  ),
  builtIn(BUILT_IN.websiteContributor, 'Website Contributor', 'Manages websites, not their plans.', {
    actions: [...DEPLOYMENTS, 'Microsoft.Web/serverFarms/read', 'Microsoft.Web/sites/*'],
  }),
  builtIn(BUILT_IN.storageBlobDataContributor, 'Storage Blob Data Contributor', 'Reads and writes blobs.', {
    actions: [`${BLOBS}/containers/*`, `${BLOBS}/generateUserDelegationKey/action`],
    dataActions: [`${BLOBS}/containers/blobs/*`],
  }),
  builtIn(BUILT_IN.storageBlobDataReader, 'Storage Blob Data Reader', 'Reads containers and blobs.', {
    actions: [`${BLOBS}/containers/read`, `${BLOBS}/generateUserDelegationKey/action`],
    dataActions: [`${BLOBS}/containers/blobs/read`],
  }),
  builtIn(BUILT_IN.keyVaultSecretsUser, 'Key Vault Secrets User', 'Reads the contents of secrets.', {
    dataActions: [
      'Microsoft.KeyVault/vaults/secrets/getSecret/action',
      'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
    ],
  }),
  builtIn(BUILT_IN.acrPush, 'AcrPush', 'Pushes images to and pulls them from a registry.', {
    actions: [
      'Microsoft.ContainerRegistry/registries/pull/read',
      'Microsoft.ContainerRegistry/registries/push/write',
    ],
  }),
  builtIn(BUILT_IN.acrPull, 'AcrPull', 'Pulls images from a registry.', {
    actions: ['Microsoft.ContainerRegistry/registries/pull/read'],
  }),
  builtIn(
    BUILT_IN.aksClusterUser,
    'Azure Kubernetes Service Cluster User Role',
    'Lists the user credentials of a cluster.',
    {
      actions: [
        'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
        'Microsoft.ContainerService/managedClusters/read',
      ],
    },
  ),
  builtIn(BUILT_IN.networkContributor, 'Network Contributor', 'Manages networks.', {
    actions: [...DEPLOYMENTS, 'Microsoft.Network/*'],
  }),
  builtIn(BUILT_IN.virtualMachineContributor, 'Virtual Machine Contributor', 'Manages virtual machines.', {
    actions: [...DEPLOYMENTS, 'Microsoft.Compute/virtualMachines/*', 'Microsoft.Network/networkInterfaces/*'],
  }),
  builtIn(
    BUILT_IN.managedIdentityContributor,
    'Managed Identity Contributor',
    'Manages user-assigned identities.',
    {
      actions: [...DEPLOYMENTS, 'Microsoft.ManagedIdentity/userAssignedIdentities/*'],
    },
  ),
];
