import { nowMilliseconds } from '../clock.ts';
import type { IssuedToken } from '../entra/access-token.ts';
import { Refusal, refusalResponse } from '../entra/refusal.ts';
import { json } from '../responses.ts';
import type { State } from '../state.ts';
import {
  type AssignedIdentity,
  type SelectionProblem,
  type Selector,
  selectIdentity,
  tokenOfIdentity,
} from './managed-identity.ts';

// msal-node sends a slash behind it, which the services take.
const IDENTITY_PATH = /^\/metadata\/identity\/oauth2\/token\/?$/;
const VERSIONS: readonly string[] = ['2018-02-01', '2019-08-01', '2020-06-01'];
const HEADERS = { server: 'IMDS/150.870.65.1854' };

const SELECTORS: readonly [string, Selector['by']][] = [
  ['client_id', 'clientId'],
  ['object_id', 'principalId'],
  ['msi_res_id', 'resourceId'],
];

const PROBLEMS: Readonly<Record<SelectionProblem, string>> = {
  'none-assigned': 'Identity not found',
  'not-assigned': 'Identity not found',
  ambiguous:
    'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
};

/** A refusal in IMDS's own shape. */
export function imdsError(status: number, error: string, description: string): Response {
  return json(status, { error, error_description: description }, HEADERS);
}

function invalid(description: string): Response {
  return imdsError(400, 'invalid_request', description);
}

/** The identity's selectors in a query, those that are empty left out. */
export function selectorsOf(query: URLSearchParams): Selector[] {
  return SELECTORS.flatMap(([name, by]) => {
    const value = query.get(name);
    return value ? [{ by, value }] : [];
  });
}

/** What is wrong with a metadata request before its identity is looked for; null for a sound one. */
export function metadataProblem(request: Request, versions: readonly string[]): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  if (!IDENTITY_PATH.test(pathname)) return imdsError(404, 'not_found', 'Not found');
  if (request.method !== 'GET') return imdsError(405, 'method_not_allowed', 'Method not allowed');
  if (request.headers.get('metadata')?.toLowerCase() !== 'true')
    return imdsError(400, 'bad_request_102', 'Required metadata header not specified');
  // Proxies add it: such a request did not begin on the machine.
  if (request.headers.has('x-forwarded-for'))
    return invalid('A request with the header X-Forwarded-For is not served');
  const version = searchParams.get('api-version');
  if (!version) return invalid("Required query variable 'api-version' is missing");
  if (!versions.includes(version)) return invalid(`The api-version '${version}' is not supported`);
  if (!searchParams.get('resource')) return invalid("Required query variable 'resource' is missing");
  return null;
}

/** The answer with a token; every number in it is a string. `extra` are members beside the usual ones. */
export function tokenAnswer(
  identity: AssignedIdentity,
  resource: string,
  issued: IssuedToken,
  extra: Readonly<Record<string, string>> = {},
): Response {
  const { accessToken, expiresIn, expiresOn, notBefore } = issued;
  const body = {
    access_token: accessToken,
    client_id: identity.clientId,
    expires_in: String(expiresIn),
    expires_on: String(expiresOn),
    ext_expires_in: String(expiresIn),
    not_before: String(notBefore),
    resource,
    token_type: 'Bearer',
    ...extra,
  };
  return json(200, body, HEADERS);
}

/** Runs `work`; a refusal of Entra passes through with IMDS's header. */
export async function passingRefusals(
  request: Request,
  state: State,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusalResponse(error, request, nowMilliseconds(state.clockOffsetSeconds.entra));
  }
}

/**
 * The instance metadata service of a virtual machine, its identity tokens only.
 * Source: Entra, "How to use managed identities on a virtual machine to acquire an access token"; the text for several
 * identities is a recorded one.
 */
export async function handleImds(request: Request, state: State): Promise<Response> {
  const url = new URL(request.url);
  const problem = metadataProblem(request, VERSIONS);
  if (problem) return problem;
  const [selector = null, second] = selectorsOf(url.searchParams);
  if (second) return invalid('Only one of client_id, object_id and msi_res_id may be specified');
  const host = state.workloads.azure.vm;
  const selected = selectIdentity(host, selector, state);
  if (typeof selected === 'string') return invalid(PROBLEMS[selected]);
  const resource = url.searchParams.get('resource') ?? '';
  return passingRefusals(request, state, async () =>
    tokenAnswer(selected, resource, await tokenOfIdentity(host, selected, resource, state)),
  );
}
