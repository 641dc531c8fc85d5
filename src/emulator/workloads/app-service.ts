import { randomUUID } from 'node:crypto';
import { Refusal } from '../entra/refusal.ts';
import { json } from '../responses.ts';
import type { State } from '../state.ts';
import { type Selector, selectIdentity, tokenOfIdentity } from './managed-identity.ts';

/** What IDENTITY_ENDPOINT's path is in an app. */
export const APP_SERVICE_PATH = '/msi/token';
const VERSION = '2019-08-01';

const SELECTORS: readonly [string, Selector['by']][] = [
  ['client_id', 'clientId'],
  ['principal_id', 'principalId'],
  ['object_id', 'principalId'],
  ['mi_res_id', 'resourceId'],
];

function refuse(status: number, message: string): Response {
  return json(status, { statusCode: status, message, correlationId: randomUUID() });
}

function problemOf(request: Request, secret: string): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname !== APP_SERVICE_PATH) return refuse(404, 'Not found');
  if (request.method !== 'GET') return refuse(405, 'Method not allowed');
  if (request.headers.get('x-identity-header') !== secret)
    return refuse(401, 'The X-IDENTITY-HEADER header is missing or wrong.');
  if (searchParams.get('api-version') !== VERSION)
    return refuse(400, 'The api-version is missing or not supported.');
  if (!searchParams.get('resource')) return refuse(400, 'The resource is missing.');
  return null;
}

function selectorOf(query: URLSearchParams): Selector | 'several' | null {
  const [first = null, second] = SELECTORS.flatMap(([name, by]) => {
    const value = query.get(name);
    return value ? [{ by, value }] : [];
  });
  return second ? 'several' : first;
}

async function answer(url: URL, state: State): Promise<Response> {
  const selector = selectorOf(url.searchParams);
  if (selector === 'several') return refuse(400, 'Only one identity may be specified.');
  const host = state.workloads.azure.appService;
  // Without a selector the app's own identity is meant, even where it has none and just one other.
  const ownless = selector === null && host.systemAssigned === null;
  const identity = ownless ? 'none-assigned' : selectIdentity(host, selector, state);
  if (typeof identity === 'string')
    return refuse(
      400,
      selector === null
        ? 'Unable to load the proper Managed Identity.'
        : 'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
    );
  const resource = url.searchParams.get('resource') ?? '';
  const { accessToken, expiresOn, notBefore } = await tokenOfIdentity(host, identity, resource, state);
  return json(200, {
    access_token: accessToken,
    client_id: identity.clientId,
    expires_on: String(expiresOn),
    not_before: String(notBefore),
    resource,
    token_type: 'Bearer',
  });
}

/**
 * The identity endpoint of App Service and Functions; `secret` is what IDENTITY_HEADER holds.
 * Source: Azure, "Use managed identities for App Service and Azure Functions", REST endpoint reference.
 */
export async function handleAppService(request: Request, state: State, secret: string): Promise<Response> {
  const problem = problemOf(request, secret);
  if (problem) return problem;
  try {
    return await answer(new URL(request.url), state);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse(500, 'An unexpected error occured while fetching the AAD Token.');
  }
}
