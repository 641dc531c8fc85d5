import { signJwt } from '../jwt.ts';
import type { State } from '../state.ts';
import type { GoogleInstance, GoogleServiceAccount } from './entities.ts';
import { issuerKey } from './issuer-key.ts';
import { GOOGLE_ISSUER } from './issuers.ts';

const ACCOUNTS = '/computeMetadata/v1/instance/service-accounts/';
const HEADERS = { 'metadata-flavor': 'Google', server: 'Metadata Server for VM' };
const LIFETIME_SECONDS = 3600;

function text(status: number, body: string, type = 'text/html; charset=UTF-8'): Response {
  return new Response(body, { status, headers: { ...HEADERS, 'content-type': type } });
}

function details(instance: GoogleInstance, { email }: GoogleServiceAccount): object {
  const { instanceId, instanceName, projectId, projectNumber, zone, createdAt } = instance;
  const computeEngine = {
    instance_creation_timestamp: createdAt,
    instance_id: instanceId,
    instance_name: instanceName,
    project_id: projectId,
    project_number: projectNumber,
    zone,
  };
  return { email, email_verified: true, google: { compute_engine: computeEngine } };
}

async function identityToken(
  audience: string,
  isFull: boolean,
  account: GoogleServiceAccount,
  instance: GoogleInstance,
): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    aud: audience,
    azp: account.uniqueId,
    ...(isFull && details(instance, account)),
    exp: iat + LIFETIME_SECONDS,
    iat,
    iss: GOOGLE_ISSUER,
    sub: account.uniqueId,
  };
  const { jwk, privateKey } = await issuerKey(GOOGLE_ISSUER, instance.keyGeneration);
  return signJwt({ alg: 'RS256', kid: jwk.kid, typ: 'JWT' }, claims, privateKey);
}

async function identity(
  query: URLSearchParams,
  account: GoogleServiceAccount,
  instance: GoogleInstance,
): Promise<Response> {
  const audience = query.get('audience');
  if (!audience) return text(400, 'non-empty audience parameter required\n');
  const format = query.get('format') || 'standard';
  if (format !== 'standard' && format !== 'full') return text(400, 'format must be standard or full\n');
  return text(200, await identityToken(audience, format === 'full', account, instance));
}

/**
 * The metadata server of a Compute Engine instance: the identity tokens and the name of its service account.
 * Refuses with 403 what lacks `Metadata-Flavor: Google` or was forwarded, 400 a token without an audience, 404 all
 * of an instance without a service account. Source: Google Cloud, "Verify the identity of a VM" and "About VM
 * metadata"; the texts of its refusals are not verified.
 */
export async function handleGoogleMetadata(request: Request, state: State): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const instance = state.workloads.google;
  if (request.headers.has('x-forwarded-for')) return text(403, 'X-Forwarded-For is not allowed\n');
  // Clients look for the header of this answer to learn whether they are on Google Cloud.
  if (pathname === '/') return text(200, '0.1/\ncomputeMetadata/\n', 'application/text');
  if (request.headers.get('metadata-flavor') !== 'Google')
    return text(403, 'Missing Metadata-Flavor:Google header.\n');
  if (request.method !== 'GET') return text(405, 'Method not allowed\n');
  const { serviceAccount: account } = instance;
  const [name = '', ...rest] = pathname.startsWith(ACCOUNTS)
    ? pathname.slice(ACCOUNTS.length).split('/')
    : [];
  const isOwn = account !== null && (name === 'default' || decodeURIComponent(name) === account.email);
  if (isOwn && rest.join('/') === 'identity') return identity(searchParams, account, instance);
  if (isOwn && rest.join('/') === 'email') return text(200, account.email, 'application/text');
  return text(404, 'Not found\n');
}
