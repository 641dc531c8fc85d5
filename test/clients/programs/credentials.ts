import {
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { variable } from './outcome.ts';

/** No option, no argument: each knows what the action left in the environment and nothing else. */
const CREDENTIALS: Readonly<Record<string, () => TokenCredential>> = {
  DefaultAzureCredential: () => new DefaultAzureCredential(),
  ManagedIdentityCredential: () => new ManagedIdentityCredential({ clientId: variable('AZURE_CLIENT_ID') }),
  WorkloadIdentityCredential: () => new WorkloadIdentityCredential(),
};

export type Named = readonly [string, TokenCredential];

/** A credential of the library, by the name of its class. */
export function credentialNamed(name: string): Named {
  const credential = CREDENTIALS[name]?.();
  if (!credential) throw new Error(`no credential is called ${name}`);
  return [name, credential];
}
