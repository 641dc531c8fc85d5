import type { State } from '../state.ts';
import { handleAppService } from './app-service.ts';
import { createArc } from './arc.ts';
import { createInstanceMetadata } from './aws/instance-metadata.ts';
import { handleGoogleMetadata } from './google-metadata.ts';
import { handleImds } from './imds.ts';
import type { LocalService } from './loopback.ts';

/** What the local services know beside the state. */
export interface LocalSecrets {
  /** IDENTITY_HEADER of App Service. */
  identityHeader: string;
}

/** The services that a machine of each kind finds beside itself. */
export function localServices(state: State, { identityHeader }: LocalSecrets): LocalService[] {
  return [
    { name: 'imds', handle: (request) => handleImds(request, state) },
    { name: 'app-service', handle: (request) => handleAppService(request, state, identityHeader) },
    createArc(state),
    { name: 'google-metadata', handle: (request) => handleGoogleMetadata(request, state) },
    { name: 'ec2-metadata', handle: createInstanceMetadata(state) },
  ];
}
