import { nowMilliseconds } from '../clock.ts';
import { json } from '../responses.ts';
import type { State } from '../state.ts';
import { createApplication, getApplication, listApplications } from './applications.ts';
import { answerBatch } from './batch.ts';
import { type Answer, type Call, readBody } from './call.ts';
import { graphCaller } from './caller.ts';
import {
  createCredential,
  deleteCredential,
  getCredential,
  listCredentials,
  updateCredential,
} from './credentials.ts';
import { badRequest, GraphError, graphErrorResponse, graphHeaders } from './errors.ts';
import {
  createPrincipal,
  getByIds,
  getPrincipal,
  listGranted,
  listGrantees,
  listPrincipals,
  updatePrincipal,
} from './principals.ts';

interface Route {
  path: RegExp;
  methods: Readonly<Record<string, (call: Call) => Answer>>;
}

const KEY = String.raw`(?:/([^/()]+)|\(appId='([^']*)'\))`;
const APPLICATION = `/applications${KEY}`;
const PRINCIPAL = `/servicePrincipals${KEY}`;
const CREDENTIALS = `${APPLICATION}/federatedIdentityCredentials`;

function route(path: string, methods: Route['methods']): Route {
  return { path: new RegExp(`^${path}$`), methods };
}

function me(): never {
  throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
}

const ROUTES: readonly Route[] = [
  route('/applications', { GET: listApplications, POST: createApplication }),
  route(APPLICATION, { GET: getApplication }),
  route(CREDENTIALS, { GET: listCredentials, POST: createCredential }),
  route(String.raw`${CREDENTIALS}(?:/([^/()]+)|\(name='([^']*)'\))`, {
    GET: getCredential,
    PATCH: updateCredential,
    DELETE: deleteCredential,
  }),
  route('/servicePrincipals', { GET: listPrincipals, POST: createPrincipal }),
  route(PRINCIPAL, { GET: getPrincipal, PATCH: updatePrincipal }),
  route(`${PRINCIPAL}/appRoleAssignments`, { GET: listGranted }),
  route(`${PRINCIPAL}/appRoleAssignedTo`, { GET: listGrantees }),
  route('/directoryObjects/getByIds', { POST: getByIds }),
  route('/me(?:/.*)?', { GET: me }),
];

const PATH = /^\/(v1\.0|beta)(\/.*)$/;

function dispatch(call: Call, path: string): Answer {
  const found = ROUTES.find((candidate) => candidate.path.test(path));
  if (!found)
    throw new GraphError(400, 'BadRequest', `Resource not found for the segment '${path.split('/')[1]}'.`);
  const handler = found.methods[call.request.method];
  if (!handler)
    throw new GraphError(
      405,
      'Request_BadRequest',
      'Specified HTTP method is not allowed for the request target.',
    );
  const names = found.path.exec(path)?.slice(1) ?? [];
  return handler({ ...call, names: names.map((name) => name ?? '') });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw badRequest('The path is not encoded properly.');
  }
}

async function answer(request: Request, state: State): Promise<Answer> {
  const url = new URL(request.url);
  const [, version, path = ''] = PATH.exec(url.pathname) ?? [];
  if (version !== 'v1.0' && version !== 'beta') throw badRequest('Invalid version.');
  const caller = await graphCaller(request, state);
  const call: Call = {
    request,
    url,
    version,
    names: [],
    body: readBody(await request.text()),
    caller,
    state,
  };
  if (path !== '/$batch') return dispatch(call, decoded(path));
  if (request.method !== 'POST') throw badRequest('A batch is posted.');
  return answerBatch(call, (item) => handleGraph(item, state));
}

/**
 * Microsoft Graph, v1.0 and beta: applications, service principals and their credentials, for app-only tokens that
 * this emulator's Entra issued. Refusals come back as responses in Graph's shape.
 */
export async function handleGraph(request: Request, state: State): Promise<Response> {
  try {
    const { status, body } = await answer(request.clone(), state);
    const headers = graphHeaders(request);
    return body === null ? new Response(null, { status, headers }) : json(status, body, headers);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return graphErrorResponse(error, request, nowMilliseconds(state.clockOffsetSeconds.entra));
  }
}
