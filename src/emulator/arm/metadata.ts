import { CLOUDS, cloudOfResourceManager, MICROSOFT_CLOUDS } from '../clouds.ts';
import type { Cloud } from '../entities.ts';
import { stackMetadata } from '../stacks.ts';
import { ArmError } from './errors.ts';

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
  OctoAirgap: { storage: 'core.airgap.octo.example', keyVaultDns: 'vault.airgap.octo.example' },
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

/**
 * `GET /metadata/endpoints`, without a token: one object in the version of 2015, else a list of the clouds that the
 * endpoint knows: Microsoft's, or the one that is cut off from them. A stack knows the version of 2015 alone.
 */
export function cloudMetadata(url: URL, version: string): object {
  const stack = stackMetadata(url.host);
  if (stack && version === '2015-01-01') return stack;
  if (stack)
    throw new ArmError(
      404,
      'ResourceNotFound',
      `The api-version '${version}' is not known to this endpoint.`,
    );
  const cloud = cloudOfResourceManager(url.host) ?? 'AzureCloud';
  if (cloud === 'OctoAirgap' && version === '2022-09-01') return describe(cloud);
  if (version !== '2015-01-01') return MICROSOFT_CLOUDS.map(describe);
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
