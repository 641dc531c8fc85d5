import { CLOUDS, isKnownResource } from './clouds.ts';

/**
 * Domains under which Microsoft names its own services, of the clouds that are and were, and of Microsoft 365.
 * Sources: azure-cli `cloud.py`, go-azure-sdk `environments`, and the resource identifiers in the references of the
 * services. Domains that belong to tenants (`onmicrosoft.com`) are not among them: Azure Stack Hub names itself there.
 */
const DOMAINS: readonly string[] = [
  ...['windows.net', 'azure.com', 'azure.net', 'microsoft.com', 'microsoftonline.com', 'visualstudio.com'],
  ...['azurecr.io', 'azmk8s.io', 'trafficmanager.net'],
  ...[
    'azure.us',
    'usgovcloudapi.net',
    'microsoftazure.us',
    'microsoft.us',
    'microsoftonline.us',
    'azurecr.us',
  ],
  ...['azure.cn', 'chinacloudapi.cn', 'microsoftonline.cn', 'azurecr.cn'],
  ...['microsoftazure.de', 'cloudapi.de', 'microsoftonline.de'],
  ...[
    'office.com',
    'office.net',
    'office365.com',
    'office365.us',
    'outlook.com',
    'sharepoint.com',
    'sharepoint.us',
  ],
  ...['dynamics.com', 'powerapps.com', 'powerplatform.com', 'powerbi.com', 'loganalytics.io'],
];

/**
 * Whether a resource is one of Microsoft's own, for which nobody else may be given tokens. What names the very host of
 * the endpoint is the endpoint's own. A domain in common would not do: anybody can have a host below `azure.com`.
 */
export function isMicrosoftResource(resource: string, endpoint: URL): boolean {
  const host = hostOf(resource);
  if (isKnownResource(resource) || isForExchange(resource)) return true;
  return host !== endpoint.hostname && DOMAINS.some((domain) => `.${host}`.endsWith(`.${domain}`));
}

function hostOf(resource: string): string {
  return new URL(resource).hostname.toLowerCase().replace(/\.+$/, '');
}

/** A token for that is an assertion, which Entra takes from a managed identity. */
function isForExchange(resource: string): boolean {
  const bare = resource.toLowerCase().replace(/\/+$/, '');
  return Object.values(CLOUDS).some(({ audience }) => audience.toLowerCase() === bare);
}
