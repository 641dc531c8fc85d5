import type { Cloud } from './entities.ts';

export interface CloudFacts {
  preferredNetwork: string;
  preferredCache: string;
  aliases: readonly string[];
  /** Issuer prefix of v1 tokens. */
  stsHost: string;
  cloudInstanceName: string;
  graphHost: string;
  cloudGraphHostName: string;
  /** Every host of Microsoft Graph in this cloud; the first is the usual one. */
  graphHosts: readonly string[];
  armHost: string;
  /** Resource Manager's audiences, without a trailing slash. */
  armAudiences: readonly string[];
  portal: string;
}

// Hosts and aliases: msal-common AuthorityMetadata.ts; Entra: authentication-national-cloud.
export const CLOUDS: Readonly<Record<Cloud, CloudFacts>> = {
  AzureCloud: {
    preferredNetwork: 'login.microsoftonline.com',
    preferredCache: 'login.windows.net',
    aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    stsHost: 'sts.windows.net',
    cloudInstanceName: 'microsoftonline.com',
    graphHost: 'graph.microsoft.com',
    cloudGraphHostName: 'graph.windows.net',
    graphHosts: ['graph.microsoft.com'],
    armHost: 'management.azure.com',
    armAudiences: ['https://management.core.windows.net', 'https://management.azure.com'],
    portal: 'https://portal.azure.com',
  },
  AzureUSGovernment: {
    preferredNetwork: 'login.microsoftonline.us',
    preferredCache: 'login.microsoftonline.us',
    aliases: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
    stsHost: 'sts.windows.net',
    cloudInstanceName: 'microsoftonline.us',
    graphHost: 'graph.microsoft.us',
    cloudGraphHostName: 'graph.windows.net',
    graphHosts: ['graph.microsoft.us', 'dod-graph.microsoft.us'],
    armHost: 'management.usgovcloudapi.net',
    armAudiences: ['https://management.core.usgovcloudapi.net', 'https://management.usgovcloudapi.net'],
    portal: 'https://portal.azure.us',
  },
  AzureChinaCloud: {
    preferredNetwork: 'login.partner.microsoftonline.cn',
    preferredCache: 'login.partner.microsoftonline.cn',
    aliases: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    stsHost: 'sts.chinacloudapi.cn',
    cloudInstanceName: 'partner.microsoftonline.cn',
    graphHost: 'microsoftgraph.chinacloudapi.cn',
    cloudGraphHostName: 'graph.chinacloudapi.cn',
    graphHosts: ['microsoftgraph.chinacloudapi.cn'],
    armHost: 'management.chinacloudapi.cn',
    armAudiences: ['https://management.core.chinacloudapi.cn', 'https://management.chinacloudapi.cn'],
    portal: 'https://portal.azure.cn',
  },
  OctoAirgap: {
    preferredNetwork: 'login.airgap.octo.example',
    preferredCache: 'login.airgap.octo.example',
    aliases: ['login.airgap.octo.example'],
    stsHost: 'sts.airgap.octo.example',
    cloudInstanceName: 'airgap.octo.example',
    graphHost: 'graph.airgap.octo.example',
    cloudGraphHostName: 'graph.airgap.octo.example',
    graphHosts: ['graph.airgap.octo.example'],
    armHost: 'management.airgap.octo.example',
    armAudiences: ['https://management.core.airgap.octo.example'],
    portal: 'https://portal.airgap.octo.example',
  },
};

/** What Microsoft's authorities know of each other. */
export const MICROSOFT_CLOUDS: readonly Cloud[] = ['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'];
const CLOUD_NAMES: readonly Cloud[] = [...MICROSOFT_CLOUDS, 'OctoAirgap'];

/** The cloud whose authority answers at this host, or null for a host that is no authority. */
export function cloudOfAuthority(host: string): Cloud | null {
  return CLOUD_NAMES.find((cloud) => CLOUDS[cloud].aliases.includes(host)) ?? null;
}

/** The cloud whose Microsoft Graph answers at this host, or null. Source: Graph, "National cloud deployments". */
export function cloudOfGraph(host: string): Cloud | null {
  return CLOUD_NAMES.find((cloud) => CLOUDS[cloud].graphHosts.includes(host)) ?? null;
}

/** The cloud whose Resource Manager answers at this host, or null. Source: Azure/azure-cli `cloud.py`. */
export function cloudOfResourceManager(host: string): Cloud | null {
  return CLOUD_NAMES.find((cloud) => CLOUDS[cloud].armHost === host) ?? null;
}
