import { readFile } from 'node:fs/promises';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { tell, variable } from './outcome.ts';

interface Configuration {
  readonly issuer: string;
  readonly jwks_uri: string;
}

/** The issuer's metadata, from the issuer's name alone (OpenID Connect Discovery 1.0, section 4). */
async function discover(issuer: string): Promise<Configuration> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const configuration = (await response.json()) as Configuration;
  if (configuration.issuer !== issuer) throw new Error(`${issuer} calls itself ${configuration.issuer}`);
  return configuration;
}

// What any service would do with a token that it is given.
await tell(async () => {
  const issuer = variable('ISSUER');
  const token = process.env['TOKEN'] ?? (await readFile(variable('AZURE_FEDERATED_TOKEN_FILE'), 'utf8'));
  const keys = createRemoteJWKSet(new URL((await discover(issuer)).jwks_uri));
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer,
    audience: variable('AUDIENCE'),
    algorithms: ['RS256'],
    requiredClaims: (process.env['REQUIRED'] ?? 'iat nbf exp sub').split(' '),
  });
  return { header: protectedHeader, claims: payload };
});
