import {
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { claimsOf, tell, variable } from './outcome.ts';

const CREDENTIALS: Record<string, () => TokenCredential> = {
  DefaultAzureCredential: () => new DefaultAzureCredential(),
  ManagedIdentityCredential: () => new ManagedIdentityCredential({ clientId: variable('AZURE_CLIENT_ID') }),
  WorkloadIdentityCredential: () => new WorkloadIdentityCredential(),
};

// No option, no argument: it knows what the action left in the environment and nothing else.
await tell(async () => {
  const credential = CREDENTIALS[variable('CREDENTIAL')]?.();
  const answer = await credential?.getToken(variable('SCOPE'));
  return { claims: answer ? claimsOf(answer.token) : null };
});
