import { getIDToken } from '@actions/core';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { claimsOf, tell, variable } from './outcome.ts';

await tell(async () => {
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: variable('CLIENT'),
      authority: variable('AUTHORITY'),
      clientAssertion: () => getIDToken('api://AzureADTokenExchange'),
    },
  });
  const answer = await application.acquireTokenByClientCredential({ scopes: [variable('SCOPE')] });
  return { claims: answer ? claimsOf(answer.accessToken) : null };
});
