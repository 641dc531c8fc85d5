import { json } from '../responses.ts';
import type { State } from '../state.ts';
import { publishedCurveKey } from './aws/keys.ts';
import { issuerKey } from './issuer-key.ts';

/** An issuer outside of GitHub and Entra, as its metadata shows it. */
interface ExternalIssuer {
  /** Exactly as tokens name it, a trailing slash included. */
  issuer: string;
  jwksUri: string;
  /** Entra does not take metadata in which it is empty. */
  authorizationEndpoint: string;
  algorithms: string[];
  keys(): Promise<object[]>;
}

const DISCOVERY = '/.well-known/openid-configuration';
export const GOOGLE_ISSUER = 'https://accounts.google.com';

/** The public half of a key as these issuers publish it: without a certificate (RFC 7517). */
async function published(issuer: string, generation: number): Promise<object> {
  const { kty, use, kid, n, e } = (await issuerKey(issuer, generation)).jwk;
  return { kty, use, alg: 'RS256', kid, n, e };
}

function externalIssuers({ workloads }: State): ExternalIssuer[] {
  const { clusters, google, aws } = workloads;
  return [
    ...clusters.map(({ issuer, jwksUri, keyGeneration }) => ({
      issuer,
      jwksUri,
      authorizationEndpoint: 'urn:kubernetes:programmatic_authorization',
      algorithms: ['RS256'],
      keys: async () => [await published(issuer, keyGeneration)],
    })),
    {
      issuer: GOOGLE_ISSUER,
      jwksUri: 'https://www.googleapis.com/oauth2/v3/certs',
      authorizationEndpoint: `${GOOGLE_ISSUER}/o/oauth2/v2/auth`,
      algorithms: ['RS256'],
      keys: async () => [await published(GOOGLE_ISSUER, google.keyGeneration)],
    },
    {
      issuer: aws.issuer,
      jwksUri: `${aws.issuer}/.well-known/jwks.json`,
      authorizationEndpoint: `${aws.issuer}/authorize`,
      algorithms: ['RS256', 'ES384'],
      keys: async () => [
        await published(aws.issuer, aws.keyGeneration),
        publishedCurveKey(aws.issuer, aws.keyGeneration),
      ],
    },
  ];
}

function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}${DISCOVERY}`;
}

/** Whether an external issuer's metadata is found at the host. */
export function isIssuerHost(host: string, state: State): boolean {
  return externalIssuers(state).some(({ issuer }) => new URL(issuer).host === host);
}

/** Whether an external issuer's keys are found at the host. */
export function isKeyHost(host: string, state: State): boolean {
  return externalIssuers(state).some(({ jwksUri }) => new URL(jwksUri).host === host);
}

/** Whether the path is that of metadata. */
export function isMetadataPath(path: string): boolean {
  return path.endsWith(DISCOVERY);
}

/** `<iss>/.well-known/openid-configuration`. Source: OpenID Connect Discovery 1.0, section 4. */
export async function handleIssuerDiscovery(request: Request, state: State): Promise<Response> {
  const found = externalIssuers(state).find(({ issuer }) => discoveryUrl(issuer) === request.url);
  if (!found) return json(404, { error: 'Not found' });
  return json(200, {
    issuer: found.issuer,
    jwks_uri: found.jwksUri,
    authorization_endpoint: found.authorizationEndpoint,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: found.algorithms,
  });
}

/** The keys of an external issuer (RFC 7517). */
export async function handleIssuerKeys(request: Request, state: State): Promise<Response> {
  const found = externalIssuers(state).find(({ jwksUri }) => jwksUri === request.url);
  return found ? json(200, { keys: await found.keys() }) : json(404, { error: 'Not found' });
}
