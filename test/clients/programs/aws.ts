import { GetWebIdentityTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { claimsOf, tell, variable } from './outcome.ts';

// The SDK's own chain of credentials; only the way to the network is told to it.
await tell(async () => {
  const httpsAgent = new HttpsProxyAgent(variable('HTTPS_PROXY'));
  const client = new STSClient({ requestHandler: { httpsAgent } });
  const command = new GetWebIdentityTokenCommand({
    Audience: [variable('AUDIENCE')],
    SigningAlgorithm: 'RS256',
  });
  const { WebIdentityToken = '', Expiration } = await client.send(command);
  return { claims: claimsOf(WebIdentityToken), expires: (Expiration?.getTime() ?? 0) / 1000 };
});
