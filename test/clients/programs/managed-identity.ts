import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { claimsOf, tell, variable } from './outcome.ts';

/** The credential for the identity that the variables name. */
function credential(): ManagedIdentityCredential | DefaultAzureCredential {
  const { CLIENT: clientId, OBJECT: objectId, RESOURCE: resourceId } = process.env;
  if (process.env['CREDENTIAL'] === 'DefaultAzureCredential') return new DefaultAzureCredential();
  if (clientId) return new ManagedIdentityCredential({ clientId });
  if (objectId) return new ManagedIdentityCredential({ objectId });
  if (resourceId) return new ManagedIdentityCredential({ resourceId });
  return new ManagedIdentityCredential();
}

await tell(async () => {
  const { token, expiresOnTimestamp } = await credential().getToken(variable('SCOPE'));
  return { claims: claimsOf(token), expires: expiresOnTimestamp / 1000 };
});
