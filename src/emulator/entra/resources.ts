import type { Cloud, Resource, Tenant } from '../entities.ts';
import { Refusal } from './refusal.ts';

/** Microsoft Graph's application id, the same in every tenant and cloud. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/**
 * The application of token exchange, whose id is the audience of the tokens that a managed identity presents as
 * assertions. Source: recorded tokens of the public cloud; that the other clouds share the id is not verified.
 */
export const TOKEN_EXCHANGE_APP_ID = 'fb60f99c-7a34-4190-8149-302f77469936';

type Suffixes = Readonly<Record<Cloud, readonly string[]>>;

interface WellKnown {
  appId: string;
  /** Exact URIs, without a trailing slash, in each cloud. */
  uris: Suffixes;
  /** Host suffixes whose every host is a resource of its own. */
  hosts: Suffixes;
  /** 1 unless said. */
  accessTokenVersion?: 2;
}

const EVERYWHERE = (uri: string): Suffixes => ({
  AzureCloud: [uri],
  AzureUSGovernment: [uri],
  AzureChinaCloud: [uri],
  OctoAirgap: [],
});
const NOWHERE: Suffixes = { AzureCloud: [], AzureUSGovernment: [], AzureChinaCloud: [], OctoAirgap: [] };

function suffixes(publicCloud: string[], government: string[], china: string[]): Suffixes {
  return { AzureCloud: publicCloud, AzureUSGovernment: government, AzureChinaCloud: china, OctoAirgap: [] };
}

// URIs: Azure/azure-cli `cloud.py`, Entra's and the services' own pages; application ids are Microsoft's published ones.
const WELL_KNOWN: readonly WellKnown[] = [
  {
    appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    uris: suffixes(
      ['https://management.azure.com', 'https://management.core.windows.net'],
      ['https://management.usgovcloudapi.net', 'https://management.core.usgovcloudapi.net'],
      ['https://management.chinacloudapi.cn', 'https://management.core.chinacloudapi.cn'],
    ),
    hosts: NOWHERE,
  },
  {
    appId: GRAPH_APP_ID,
    uris: suffixes(
      ['https://graph.microsoft.com'],
      ['https://graph.microsoft.us', 'https://dod-graph.microsoft.us'],
      ['https://microsoftgraph.chinacloudapi.cn'],
    ),
    hosts: NOWHERE,
  },
  {
    appId: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
    uris: suffixes(
      ['https://vault.azure.net'],
      ['https://vault.usgovcloudapi.net'],
      ['https://vault.azure.cn'],
    ),
    hosts: NOWHERE,
  },
  {
    appId: 'e406a681-f3d4-42a8-90b6-c2b029497af1',
    uris: EVERYWHERE('https://storage.azure.com'),
    hosts: suffixes(['.core.windows.net'], ['.core.usgovcloudapi.net'], ['.core.chinacloudapi.cn']),
  },
  {
    appId: '022907d3-0f1b-48f7-badc-1ba6abab6d66',
    uris: suffixes(
      ['https://database.windows.net'],
      ['https://database.usgovcloudapi.net'],
      ['https://database.chinacloudapi.cn'],
    ),
    hosts: NOWHERE,
  },
  {
    appId: '499b84ac-1321-427f-aa17-267ca6975798',
    uris: EVERYWHERE('https://app.vssps.visualstudio.com'),
    hosts: NOWHERE,
  },
  { appId: '6dae42f8-4368-4678-94ff-3960e28e3630', uris: NOWHERE, hosts: NOWHERE },
  {
    appId: '6a0ec4d3-30cb-4a83-91c0-ae56bc0e3d26',
    uris: EVERYWHERE('https://containerregistry.azure.net'),
    hosts: suffixes(['.azurecr.io'], ['.azurecr.us'], ['.azurecr.cn']),
  },
  {
    appId: 'be14bf7e-8ab4-49b0-9dc6-a0eddd6fa73e',
    uris: suffixes(
      ['https://monitor.azure.com', 'https://api.loganalytics.io'],
      ['https://monitor.azure.us', 'https://api.loganalytics.us'],
      ['https://monitor.azure.cn', 'https://api.loganalytics.azure.cn'],
    ),
    hosts: NOWHERE,
  },
  {
    appId: '80a10ef9-8168-493d-abf9-3297c4ef6e3c',
    uris: EVERYWHERE('https://servicebus.azure.net'),
    hosts: suffixes(
      ['.servicebus.windows.net'],
      ['.servicebus.usgovcloudapi.net'],
      ['.servicebus.chinacloudapi.cn'],
    ),
  },
  {
    appId: '80369ed6-5f11-4dd9-bef3-692475845e77',
    uris: EVERYWHERE('https://eventhubs.azure.net'),
    hosts: NOWHERE,
  },
  {
    appId: '2746ea77-4702-4b45-80ca-3c97e680e8b7',
    uris: EVERYWHERE('https://api.kusto.windows.net'),
    hosts: suffixes(['.kusto.windows.net'], ['.kusto.usgovcloudapi.net'], ['.kusto.chinacloudapi.cn']),
  },
  {
    appId: '35ffadb3-7fc1-497e-b61b-381d28e744cc',
    uris: suffixes(
      ['https://azconfig.io', 'https://appconfig.azure.com'],
      ['https://azconfig.azure.us', 'https://appconfig.azure.us'],
      ['https://azconfig.azure.cn', 'https://appconfig.azure.cn'],
    ),
    hosts: suffixes(['.azconfig.io'], ['.azconfig.azure.us'], ['.azconfig.azure.cn']),
  },
  {
    appId: TOKEN_EXCHANGE_APP_ID,
    uris: suffixes(
      ['api://AzureADTokenExchange'],
      ['api://AzureADTokenExchangeUSGov'],
      ['api://AzureADTokenExchangeChina'],
    ),
    hosts: NOWHERE,
    accessTokenVersion: 2,
  },
];

function withoutSlash(uri: string): string {
  return uri.endsWith('/') ? uri.slice(0, -1) : uri;
}

function hostOf(uri: string): string {
  return uri.startsWith('https://') && URL.canParse(uri) ? new URL(uri).host : '';
}

function wellKnown(uri: string, cloud: Cloud): Resource | null {
  const host = hostOf(uri);
  const found = WELL_KNOWN.find(
    ({ appId, uris, hosts }) =>
      appId === uri || uris[cloud].includes(uri) || hosts[cloud].some((suffix) => host.endsWith(suffix)),
  );
  if (!found) return null;
  const { appId, uris, accessTokenVersion = 1 } = found;
  return { appId, uris: [...uris[cloud]], accessTokenVersion };
}

function ownResource(uri: string, tenant: Tenant): Resource | null {
  const resources: Resource[] = tenant.applications
    .filter(({ servicePrincipal }) => servicePrincipal !== null)
    .map(({ appId, identifierUris = [], accessTokenVersion = 1 }) => ({
      appId,
      uris: identifierUris,
      accessTokenVersion,
    }));
  const all = [...(tenant.resources ?? []), ...resources];
  return (
    all.find(({ appId, uris }) => appId === uri || uris.some((own) => withoutSlash(own) === uri)) ?? null
  );
}

/**
 * The resource that is asked for: a well-known one of the tenant's cloud, or one of the tenant's own.
 * One trailing slash makes no difference here; it does in the token's audience.
 * Throws a Refusal 500011 when the tenant has no such principal.
 */
export function findResource(asked: string, tenant: Tenant): Resource {
  const uri = withoutSlash(asked);
  const missing = tenant.missingResources?.some((name) => withoutSlash(name) === uri) ?? false;
  const found = missing ? null : (ownResource(uri, tenant) ?? wellKnown(uri, tenant.cloud));
  if (found === null) throw new Refusal(500011, { resource: asked, directory: tenant.displayName });
  return found;
}
