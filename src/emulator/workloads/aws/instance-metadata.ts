import { randomBytes } from 'node:crypto';
import { json } from '../../responses.ts';
import type { State } from '../../state.ts';
import type { AwsKey } from '../entities.ts';

const TTL = 'x-aws-ec2-metadata-token-ttl-seconds';
const TOKEN = 'x-aws-ec2-metadata-token';
const CREDENTIALS = '/latest/meta-data/iam/security-credentials/';
const MAX_TTL_SECONDS = 21_600;
const KEY_LIFETIME_MS = 6 * 3_600_000;

function text(status: number, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': 'text/plain', server: 'EC2ws', ...headers },
  });
}

function credentials(key: AwsKey): Response {
  const expiration = key.expiresAt === null ? Date.now() + KEY_LIFETIME_MS : key.expiresAt * 1000;
  const time = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d+/, '');
  return json(200, {
    Code: 'Success',
    LastUpdated: time(Date.now()),
    Type: 'AWS-HMAC',
    AccessKeyId: key.accessKeyId,
    SecretAccessKey: key.secretAccessKey,
    Token: key.sessionToken,
    Expiration: time(expiration),
  });
}

function metadata(path: string, { workloads }: State): Response {
  const { region, keys, instanceRole } = workloads.aws;
  const key = keys.find(({ principalArn }) => principalArn.endsWith(`:role/${instanceRole}`));
  if (path === '/latest/meta-data/placement/region') return text(200, region);
  if (instanceRole !== null && path === CREDENTIALS) return text(200, instanceRole);
  if (key && path === `${CREDENTIALS}${instanceRole}`) return credentials(key);
  return text(404, 'Not Found');
}

/** A session of the asked length, whose token is put into `sessions`. */
function openSession(request: Request, sessions: Map<string, number>): Response {
  if (request.method !== 'PUT') return text(405, 'Method Not Allowed');
  const ttl = Number(request.headers.get(TTL) ?? Number.NaN);
  if (!Number.isInteger(ttl) || ttl < 1 || ttl > MAX_TTL_SECONDS) return text(400, 'Bad Request');
  const token = `${randomBytes(40).toString('base64')}==`;
  sessions.set(token, Date.now() + ttl * 1000);
  return text(200, token, { [TTL]: String(ttl) });
}

/**
 * The metadata service of an EC2 instance, version 2 only: a session token first, then the keys of its role.
 * Source: AWS EC2, "Use the Instance Metadata Service to access instance metadata".
 */
export function createInstanceMetadata(state: State): (request: Request) => Promise<Response> {
  const sessions = new Map<string, number>();
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (request.headers.has('x-forwarded-for')) return text(403, 'Forbidden');
    if (pathname === '/latest/api/token') return openSession(request, sessions);
    if (request.method !== 'GET') return text(405, 'Method Not Allowed');
    const until = sessions.get(request.headers.get(TOKEN) ?? '') ?? 0;
    return until > Date.now() ? metadata(pathname, state) : text(401, 'Unauthorized');
  };
}
