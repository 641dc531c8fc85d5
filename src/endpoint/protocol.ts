import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { PATH_PREFIX } from './own.ts';

/** What one request is, as far as this protocol looks at it. Header names are lower-case. */
export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The form of a POST. */
  readonly form: string;
}

/** What this endpoint answers to, and to whom. */
export interface Identity {
  readonly port: number;
  readonly clientId: string;
  /** Unguessable, in every path. */
  readonly nonce: string;
  /** The secret of X-IDENTITY-HEADER. */
  readonly secret: string;
  /** The secret of the path that old az posts to; null where none does. */
  readonly legacySecret: string | null;
  /** Resources that may be asked for, without `/.default`; empty for any. */
  readonly resources: readonly string[];
}

/** An answer that gives no token. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 503;
  readonly error: string;
  readonly description: string;
  /** The method that is served instead. */
  readonly allow?: 'GET' | 'POST';
}

/** What is to be done for a request. */
export type Demand =
  | { readonly kind: 'token'; readonly resource: string }
  | { readonly kind: 'status' }
  | { readonly kind: 'proof'; readonly challenge: string }
  | ({ readonly kind: 'refused' } & Refusal);

/** The paths of an endpoint: for managed identity clients, for its own post step, for old az. */
export function pathsOf({ nonce, legacySecret }: Pick<Identity, 'nonce' | 'legacySecret'>) {
  return {
    token: `${PATH_PREFIX}${nonce}/msi/token`,
    status: `${PATH_PREFIX}${nonce}/status`,
    proof: `${PATH_PREFIX}${nonce}/proof`,
    legacy: legacySecret === null ? null : `${PATH_PREFIX}${nonce}/${legacySecret}`,
  };
}

const LONGEST_RESOURCE = 600;

/** Headers that browsers and proxies add. */
const NOT_OF_CLIENTS = [
  ...['origin', 'via', 'forwarded'],
  ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'],
];

function isOfBrowser(headers: Asked['headers']): boolean {
  return (headers['sec-fetch-site'] ?? 'none') !== 'none';
}

/**
 * Reads a request of the App Service managed identity protocol ("App Service managed identity REST endpoint"), or
 * refuses it: only loopback clients that know the secret are served, whatever else a page in a browser or a proxy may
 * send. Parameters that are not known are tolerated; an identity other than our own is not.
 */
export function readDemand(asked: Asked, identity: Identity): Demand {
  const { method, headers } = asked;
  const path = pathOf(asked);
  if (headers['host'] !== `127.0.0.1:${identity.port}`)
    return refused(403, 'forbidden', 'The Host header does not name this endpoint.');
  if (NOT_OF_CLIENTS.some((name) => headers[name] !== undefined) || isOfBrowser(headers))
    return refused(403, 'forbidden', 'Requests from browsers and through proxies are not served.');
  const paths = pathsOf(identity);
  if (paths.legacy !== null && isSame(path, paths.legacy))
    return method === 'POST'
      ? tokenDemand(new URLSearchParams(asked.form), identity)
      : refused(405, 'method_not_allowed', 'Only POST is served here.', 'POST');
  if (method !== 'GET') return refused(405, 'method_not_allowed', 'Only GET is served here.', 'GET');
  if (path === paths.proof)
    return { kind: 'proof', challenge: new URLSearchParams(queryOf(asked)).get('challenge') ?? '' };
  if (path !== paths.token && path !== paths.status) return refused(404, 'not_found', 'Nothing is here.');
  const secret = headers['x-identity-header'];
  if (typeof secret !== 'string' || !isSame(secret, identity.secret))
    return refused(401, 'unauthorized', 'X-IDENTITY-HEADER is missing or not the value of IDENTITY_HEADER.');
  if (path === paths.status) return { kind: 'status' };
  return tokenDemand(new URLSearchParams(queryOf(asked)), identity);
}

/**
 * Whether the body of a request is to be read: only of whoever knows the secret in the path. Anybody else could keep a
 * connection for as long as a body takes.
 */
export function wantsForm(asked: Omit<Asked, 'form'>, identity: Identity): boolean {
  const demand = readDemand({ ...asked, form: '' }, identity);
  return asked.method === 'POST' && (demand.kind !== 'refused' || demand.status === 400);
}

const OTHER_SELECTORS = ['object_id', 'principal_id', 'mi_res_id', 'msi_res_id'];

function tokenDemand(parameters: URLSearchParams, identity: Identity): Demand {
  const other = OTHER_SELECTORS.find((name) => parameters.has(name));
  if (other !== undefined)
    return refused(
      400,
      'invalid_request',
      `The identity was named by ${other}; this endpoint knows its own by client_id only: ${identity.clientId}.`,
    );
  const named = parameters.get('client_id') ?? parameters.get('clientid') ?? identity.clientId;
  if (named.toLowerCase() !== identity.clientId)
    return refused(
      400,
      'invalid_request',
      `Another identity was asked for. This endpoint serves the client ${identity.clientId} only: name that, or none.`,
    );
  const resource = (parameters.get('resource') ?? '').trim();
  if (!/^[\x21-\x7e]+$/.test(resource) || resource.length > LONGEST_RESOURCE)
    return refused(400, 'invalid_resource', 'The parameter `resource` is missing or not a resource.');
  if (!isAllowed(resource, identity.resources))
    return refused(400, 'invalid_resource', 'The resource is not among `keep-alive-resources`.');
  return { kind: 'token', resource };
}

/** The same resource is written with and without a slash at its end, and in any case. */
function isAllowed(resource: string, allowed: readonly string[]): boolean {
  const normal = (text: string) => text.toLowerCase().replace(/\/+$/, '');
  return allowed.length === 0 || allowed.some((one) => normal(one) === normal(resource));
}

// Java and JavaScript put slashes together; some clients end with one.
function pathOf({ target }: Pick<Asked, 'target'>): string {
  const [path = ''] = target.split('?', 1);
  return path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
}

function queryOf({ target }: Pick<Asked, 'target'>): string {
  const at = target.indexOf('?');
  return at < 0 ? '' : target.slice(at + 1);
}

/** Compares in a time that tells nothing of either text. */
function isSame(presented: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(presented), digest(expected));
}

function refused(
  status: Refusal['status'],
  error: string,
  description: string,
  allow?: Refusal['allow'],
): Demand {
  return { kind: 'refused', status, error, description, ...(allow ? { allow } : {}) };
}

/** What an endpoint answers to a challenge: that it knows the secret, without a word of it (RFC 2104). */
export function proofOf(secret: string, challenge: string): string {
  return createHmac('sha256', secret).update(challenge).digest('base64url');
}

/** A token as it is kept: `expiresAt` in seconds since the epoch. */
export interface ServedToken {
  readonly token: string;
  readonly expiresAt: number;
}

/**
 * The body that every client reads, in this order, numbers as text: Rust wants `expires_on` as text, `token_type` and
 * `resource`; .NET takes whichever of `expires_in` and `expires_on` comes last. `now` in seconds since the epoch.
 */
export function tokenBody(
  { token, expiresAt }: ServedToken,
  clientId: string,
  resource: string,
  now: number,
): string {
  return JSON.stringify({
    access_token: token,
    client_id: clientId,
    expires_in: String(Math.max(0, expiresAt - now)),
    expires_on: String(expiresAt),
    resource,
    token_type: 'Bearer',
  });
}

/** A refusal in the words of both managed identity protocols: of IMDS and of App Service. */
export function refusalBody({ status, error, description }: Refusal): string {
  return JSON.stringify({ error, error_description: description, statusCode: status, message: description });
}
