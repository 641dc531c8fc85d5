import { nowSeconds } from './clock.ts';
import type { Cloud, Tenant } from './entities.ts';
import { entraKey } from './entra/access-token.ts';
import type { JsonObject } from './json-object.ts';
import { decodeJwt, verifyJwt } from './jwt.ts';
import type { State } from './state.ts';

/** Whom an access token speaks for. */
export interface Caller {
  tenant: Tenant;
  appId: string;
  objectId: string;
  /** App roles for the resource, as the token carries them. */
  roles: string[];
}

/** Why a bearer token is not taken. */
export type BearerProblem = 'missing' | 'malformed' | 'signature' | 'audience' | 'expired' | 'tenant';

export type BearerResult =
  | { kind: 'caller'; caller: Caller }
  | { kind: 'problem'; problem: BearerProblem; claims: JsonObject };

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isMeant(aud: string, audiences: readonly string[]): boolean {
  return audiences.includes(aud.endsWith('/') ? aud.slice(0, -1) : aud);
}

/**
 * The caller behind a request's bearer token, which this emulator's Entra must have issued for one of `audiences`
 * (written without a trailing slash; tokens may have one) in a tenant of the cloud. RFC 6750.
 */
export async function readBearer(
  request: Request,
  state: State,
  cloud: Cloud,
  audiences: readonly string[],
): Promise<BearerResult> {
  const [, token] = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  const refuse = (problem: BearerProblem, claims: JsonObject = {}): BearerResult => ({
    kind: 'problem',
    problem,
    claims,
  });
  if (token === undefined) return refuse('missing');
  const jwt = decodeJwt(token);
  if (jwt === null) return refuse('malformed');
  const { jwk } = await entraKey();
  const claims = jwt.payload;
  if (!verifyJwt(jwt, jwk)) return refuse('signature', claims);
  if (!isMeant(text(claims['aud']), audiences)) return refuse('audience', claims);
  if (Number(claims['exp']) <= nowSeconds(state.clockOffsetSeconds.entra)) return refuse('expired', claims);
  const tenant = state.tenants.find((one) => one.id === claims['tid'] && one.cloud === cloud);
  if (!tenant) return refuse('tenant', claims);
  const caller = {
    tenant,
    appId: text(claims['appid'] ?? claims['azp']),
    objectId: text(claims['oid']),
    roles: texts(claims['roles']),
  };
  return { kind: 'caller', caller };
}
