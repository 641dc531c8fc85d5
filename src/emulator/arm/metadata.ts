import { CLOUDS, cloudOfResourceManager } from '../clouds.ts';
import type { Cloud } from '../entities.ts';

const SUFFIXES: Readonly<Record<Cloud, Record<string, string>>> = {
  AzureCloud: { storage: 'core.windows.net', keyVaultDns: 'vault.azure.net', acrLoginServer: 'azurecr.io' },
  AzureUSGovernment: {
    storage: 'core.usgovcloudapi.net',
    keyVaultDns: 'vault.usgovcloudapi.net',
    acrLoginServer: 'azurecr.us',
  },
  AzureChinaCloud: {
    storage: 'core.chinacloudapi.cn',
    keyVaultDns: 'vault.azure.cn',
    acrLoginServer: 'azurecr.cn',
  },
};

function describe(cloud: Cloud): object {
  const facts = CLOUDS[cloud];
  return {
    portal: facts.portal,
    authentication: {
      loginEndpoint: `https://${facts.preferredNetwork}`,
      audiences: facts.armAudiences.map((audience) => `${audience}/`),
      tenant: 'common',
      identityProvider: 'AAD',
    },
    graphAudience: `https://${facts.cloudGraphHostName}/`,
    graph: `https://${facts.cloudGraphHostName}/`,
    microsoftGraphResourceId: `https://${facts.graphHosts[0]}/`,
    name: cloud,
    suffixes: SUFFIXES[cloud],
    resourceManager: `https://${facts.armHost}/`,
  };
}

/** `GET /metadata/endpoints`, without a token: one object in the version of 2015, else a list of clouds. */
export function cloudMetadata(url: URL, version: string): object {
  const cloud = cloudOfResourceManager(url.host) ?? 'AzureCloud';
  if (version !== '2015-01-01') return (Object.keys(CLOUDS) as Cloud[]).map(describe);
  const facts = CLOUDS[cloud];
  return {
    galleryEndpoint: 'https://gallery.azure.com/',
    graphEndpoint: `https://${facts.cloudGraphHostName}/`,
    portalEndpoint: facts.portal,
    authentication: {
      loginEndpoint: `https://${facts.preferredNetwork}/`,
      audiences: facts.armAudiences.map((audience) => `${audience}/`),
    },
  };
}
