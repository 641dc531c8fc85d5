/** The services that `tokens` may name by an alias. */
export const RESOURCE_ALIASES = [
  'arm',
  'graph',
  'keyvault',
  'storage',
  'sql',
  'devops',
  'acr',
  'aks',
  'monitor',
  'servicebus',
  'kusto',
  'appconfig',
] as const;

export type ResourceAlias = (typeof RESOURCE_ALIASES)[number];

export type CloudName = 'AzureCloud' | 'AzureUSGovernment' | 'AzureChinaCloud';

/** One Azure cloud: where its tokens come from and how its services are called. */
export interface Cloud {
  readonly name: string;
  /** Host of the authority. */
  readonly authority: string;
  /** The same as az calls it, whose cache names it. */
  readonly azAuthority: string;
  /** Audience that a federated identity credential of this cloud expects; null where none is documented. */
  readonly audience: string | null;
  /** Where Azure Resource Manager is called, without a path. */
  readonly managementEndpoint: string;
  /** The variables by which Terraform finds it. */
  readonly terraform: Readonly<Record<string, string>>;
  /** Resource identifiers, without `/.default`; a service that the cloud lacks is absent. */
  readonly resources: Readonly<Partial<Record<ResourceAlias, string>>>;
  /** What only a custom cloud has to be described by: the suffixes of its hosts, without a leading dot. */
  readonly custom?: { readonly suffixes: Readonly<Partial<Record<'keyvault' | 'storage', string>>> };
}

/** One of Microsoft's own, for which everything is documented. */
export type KnownCloud = Cloud & { readonly name: CloudName; readonly audience: string };

const AKS_SERVER = '6dae42f8-4368-4678-94ff-3960e28e3630';
const EVERYWHERE = {
  storage: 'https://storage.azure.com',
  servicebus: 'https://servicebus.azure.net',
  aks: AKS_SERVER,
};

/**
 * The clouds. Sources: Microsoft's "National clouds" (authorities), "Workload identity federation" (audiences),
 * azure-cli `cloud.py` (ARM, Key Vault, SQL), Microsoft Graph "National cloud deployments", and the audience
 * constants of the Azure SDKs (App Configuration, Container Registry, Monitor, Kusto).
 */
export const CLOUDS: Readonly<Record<CloudName, KnownCloud>> = {
  AzureCloud: {
    name: 'AzureCloud',
    authority: 'login.microsoftonline.com',
    azAuthority: 'login.microsoftonline.com',
    audience: 'api://AzureADTokenExchange',
    managementEndpoint: 'https://management.azure.com',
    terraform: { ARM_ENVIRONMENT: 'public' },
    resources: {
      ...EVERYWHERE,
      // The form with the trailing slash is the one az asks for, so that a later session can reuse the token.
      arm: 'https://management.core.windows.net/',
      graph: 'https://graph.microsoft.com',
      keyvault: 'https://vault.azure.net',
      sql: 'https://database.windows.net',
      devops: '499b84ac-1321-427f-aa17-267ca6975798',
      acr: 'https://containerregistry.azure.net',
      monitor: 'https://monitor.azure.com',
      kusto: 'https://kusto.kusto.windows.net',
      appconfig: 'https://appconfig.azure.com',
    },
  },
  AzureUSGovernment: {
    name: 'AzureUSGovernment',
    authority: 'login.microsoftonline.us',
    azAuthority: 'login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
    managementEndpoint: 'https://management.usgovcloudapi.net',
    terraform: { ARM_ENVIRONMENT: 'usgovernment' },
    resources: {
      ...EVERYWHERE,
      arm: 'https://management.core.usgovcloudapi.net/',
      graph: 'https://graph.microsoft.us',
      keyvault: 'https://vault.usgovcloudapi.net',
      sql: 'https://database.usgovcloudapi.net',
      acr: 'https://management.usgovcloudapi.net',
      monitor: 'https://monitor.azure.us',
      kusto: 'https://kusto.kusto.usgovcloudapi.net',
      appconfig: 'https://appconfig.azure.us',
    },
  },
  AzureChinaCloud: {
    name: 'AzureChinaCloud',
    authority: 'login.partner.microsoftonline.cn',
    azAuthority: 'login.chinacloudapi.cn',
    audience: 'api://AzureADTokenExchangeChina',
    managementEndpoint: 'https://management.chinacloudapi.cn',
    terraform: { ARM_ENVIRONMENT: 'china' },
    resources: {
      ...EVERYWHERE,
      arm: 'https://management.core.chinacloudapi.cn/',
      graph: 'https://microsoftgraph.chinacloudapi.cn',
      keyvault: 'https://vault.azure.cn',
      sql: 'https://database.chinacloudapi.cn',
      acr: 'https://management.chinacloudapi.cn',
      monitor: 'https://monitor.azure.cn',
      kusto: 'https://kusto.kusto.chinacloudapi.cn',
      appconfig: 'https://appconfig.azure.cn',
    },
  },
};

/** The cloud whose Resource Manager answers at a host; null where that is none of Microsoft's own. */
export function cloudOfEndpoint(host: string): KnownCloud | null {
  return known.find(({ managementEndpoint }) => new URL(managementEndpoint).host === host) ?? null;
}

/** The cloud whose authority answers at a host; null where that is none of Microsoft's own. */
export function cloudOfAuthority(host: string): KnownCloud | null {
  return known.find(({ authority, azAuthority }) => [authority, azAuthority].includes(host)) ?? null;
}

/** Whether a resource is a service of one of Microsoft's own clouds. */
export function isKnownResource(resource: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/\/+$/, '');
  const all = known.flatMap(({ resources, managementEndpoint }) => [
    ...Object.values(resources),
    managementEndpoint,
  ]);
  return all.some((one) => bare(one) === bare(resource));
}

const known = Object.values(CLOUDS);

/** The scope that stands for all of a resource's app permissions; a resource's own trailing slash is kept. */
export function defaultScope(resource: string): string {
  return `${resource}/.default`;
}
