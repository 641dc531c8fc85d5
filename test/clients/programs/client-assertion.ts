import { getIDToken } from '@actions/core';
import { ClientAssertionCredential } from '@azure/identity';
import { claimsOf, tell, variable } from './outcome.ts';

// A workflow without our action: GitHub's own library asks for the ID token, Azure's exchanges it.
await tell(async () => {
  const credential = new ClientAssertionCredential(variable('TENANT'), variable('CLIENT'), () =>
    getIDToken('api://AzureADTokenExchange'),
  );
  const { token, expiresOnTimestamp } = await credential.getToken(variable('SCOPE'));
  return { claims: claimsOf(token), expires: expiresOnTimestamp / 1000 };
});
