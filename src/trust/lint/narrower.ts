/**
 * Built-in roles for what a pipeline usually does with one kind of resource. Azure: "Azure built-in roles".
 * Keys are resource types in lower case.
 */
const NARROWER: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'microsoft.storage/storageaccounts': ['Storage Blob Data Contributor'],
    'microsoft.keyvault/vaults': ['Key Vault Secrets User', 'Key Vault Secrets Officer'],
    'microsoft.containerregistry/registries': ['AcrPush'],
    'microsoft.containerservice/managedclusters': [
      'Azure Kubernetes Service Cluster User Role',
      'Azure Kubernetes Service RBAC Writer',
    ],
    'microsoft.web/sites': ['Website Contributor'],
    'microsoft.web/serverfarms': ['Web Plan Contributor'],
    'microsoft.sql/servers': ['SQL DB Contributor'],
    'microsoft.app/containerapps': ['Container Apps Contributor'],
    'microsoft.appconfiguration/configurationstores': ['App Configuration Data Owner'],
    'microsoft.network/dnszones': ['DNS Zone Contributor'],
    'microsoft.network/privatednszones': ['Private DNS Zone Contributor'],
    'microsoft.servicebus/namespaces': ['Azure Service Bus Data Owner'],
    'microsoft.eventhub/namespaces': ['Azure Event Hubs Data Owner'],
    'microsoft.documentdb/databaseaccounts': ['DocumentDB Account Contributor'],
    'microsoft.cdn/profiles': ['CDN Profile Contributor'],
    'microsoft.logic/workflows': ['Logic App Contributor'],
    'microsoft.compute/virtualmachines': ['Virtual Machine Contributor'],
  }),
);

/** Narrower roles for a kind of resource; none where its purpose is not plain. */
export function narrowerRoles(resourceType: string | null): readonly string[] {
  return NARROWER.get(resourceType ?? '') ?? [];
}
