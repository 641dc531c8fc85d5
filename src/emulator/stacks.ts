import { CLOUDS, cloudOfResourceManager } from './clouds.ts';
import type { Cloud } from './entities.ts';

/** Azure Stack Hub, whose Resource Manager is a resource of Contoso's tenant in the public cloud. */
const STACK_HOST = 'management.local.azurestack.external';
export const STACK_AUDIENCE =
  'https://management.contoso.onmicrosoft.com/4de154de-f8a8-4017-af41-df619da68155';
/** Azure Stack Hub that was deployed with AD FS: nothing but its metadata is played. */
const ADFS_STACK_HOST = 'management.adfs.azurestack.external';

/** A Resource Manager: whose tenants it serves, and which audiences it takes, without a slash at the end. */
export interface ResourceManager {
  cloud: Cloud;
  audiences: readonly string[];
}

/** The Resource Manager at a host; null where there is none. */
export function resourceManagerAt(host: string): ResourceManager | null {
  if (host === STACK_HOST || host === ADFS_STACK_HOST)
    return { cloud: 'AzureCloud', audiences: host === STACK_HOST ? [STACK_AUDIENCE] : [] };
  const cloud = cloudOfResourceManager(host);
  return cloud && { cloud, audiences: CLOUDS[cloud].armAudiences };
}

/** What a stack says of itself; null for a host that is none. Source: Azure Stack Hub, "Connect to Azure Stack Hub". */
export function stackMetadata(host: string): object | null {
  const domain = host.replace(/^management\./, '');
  const common = {
    galleryEndpoint: `https://providers.${domain}:30016/`,
    graphEndpoint: 'https://graph.windows.net/',
    portalEndpoint: `https://portal.${domain}/`,
  };
  if (host === STACK_HOST)
    return {
      ...common,
      authentication: { loginEndpoint: 'https://login.microsoftonline.com/', audiences: [STACK_AUDIENCE] },
    };
  if (host !== ADFS_STACK_HOST) return null;
  const authentication = {
    loginEndpoint: `https://adfs.${domain}/adfs`,
    audiences: [`https://management.adfs.${domain}/4de154de-f8a8-4017-af41-df619da68155`],
  };
  return { ...common, graphEndpoint: `https://graph.${domain}/`, authentication };
}
