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
  },
  AzureUSGovernment: {
    preferredNetwork: 'login.microsoftonline.us',
    preferredCache: 'login.microsoftonline.us',
    aliases: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
    stsHost: 'sts.windows.net',
    cloudInstanceName: 'microsoftonline.us',
    graphHost: 'graph.microsoft.us',
    cloudGraphHostName: 'graph.windows.net',
  },
  AzureChinaCloud: {
    preferredNetwork: 'login.partner.microsoftonline.cn',
    preferredCache: 'login.partner.microsoftonline.cn',
    aliases: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    stsHost: 'sts.chinacloudapi.cn',
    cloudInstanceName: 'partner.microsoftonline.cn',
    graphHost: 'microsoftgraph.chinacloudapi.cn',
    cloudGraphHostName: 'graph.chinacloudapi.cn',
  },
};

const CLOUD_NAMES: readonly Cloud[] = ['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'];

/** The cloud whose authority answers at this host, or null for a host that is no authority. */
export function cloudOfAuthority(host: string): Cloud | null {
  return CLOUD_NAMES.find((cloud) => CLOUDS[cloud].aliases.includes(host)) ?? null;
}
