import { createHash, timingSafeEqual } from 'node:crypto';
import { nowSeconds } from '../clock.ts';
import { signJwt } from '../jwt.ts';
import { json } from '../responses.ts';
import type { State } from '../state.ts';
import { idTokenClaims } from './claims.ts';
import { deploymentOf } from './deployment.ts';
import { githubKey } from './discovery.ts';

function sameSecret(presented: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(presented), digest(expected));
}

function refuse(status: number, message: string): Response {
  return json(status, { message });
}

function lacksEnvironment(state: State): boolean {
  return state.run.environment === null && (state.run.subject.claimKeys?.includes('environment') ?? false);
}

function problem(request: Request, state: State): Response | null {
  const url = new URL(request.url);
  if (request.method !== 'GET') return refuse(405, 'Method not allowed');
  const bearer = request.headers.get('authorization') ?? '';
  if (!sameSecret(bearer, `Bearer ${state.run.requestToken}`)) return refuse(401, 'Unauthorized');
  if (url.pathname !== deploymentOf(state.run).requestPath) return refuse(404, 'Not found');
  if (url.searchParams.get('api-version') !== '2.0') return refuse(400, 'No api-version was supplied');
  if (url.searchParams.getAll('audience').length > 1)
    return refuse(400, 'More than one audience was supplied');
  // GitHub: a template that includes `environment` makes an environment mandatory for the job.
  if (lacksEnvironment(state)) return refuse(400, 'The subject template requires an environment');
  return null;
}

/**
 * The endpoint behind ACTIONS_ID_TOKEN_REQUEST_URL: a new RS256 token on every call.
 * Refuses another method (405), bearer (401), path (404) or query (400). Source: GitHub, "OpenID Connect reference".
 */
export async function handleIdToken(request: Request, state: State): Promise<Response> {
  const refused = problem(request, state);
  if (refused) return refused;
  const { jwk, privateKey } = await githubKey(deploymentOf(state.run), state);
  const audience = new URL(request.url).searchParams.get('audience');
  const claims = idTokenClaims(state.run, audience || null, nowSeconds(state.clockOffsetSeconds.github));
  const value = signJwt({ typ: 'JWT', alg: 'RS256', x5t: jwk.x5t, kid: jwk.kid }, claims, privateKey);
  return json(200, { count: value.length, value });
}
