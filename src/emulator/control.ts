import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Emulator } from './api.ts';
import {
  ControlError,
  parseChanges,
  parseClientPatch,
  parseCredential,
  parseFault,
  parseJson,
  parseOffsets,
} from './control-input.ts';
import { workloadRoutes } from './control-workloads.ts';
import type { Application, ManagedIdentity } from './entities.ts';
import { listenOnLoopback } from './listen.ts';

export interface Control {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  close(): Promise<void>;
}

/** What the control server changes and shows. */
export type Controlled = Omit<Emulator, 'control' | 'close'>;

/** One call, routed. */
export interface Call {
  /** What the route's groups captured. */
  names: string[];
  body: unknown;
}

/** What a call does. */
export interface Route {
  method: string;
  path: RegExp;
  run(core: Controlled, call: Call): unknown;
}

const CLIENT = '/tenants/([^/]+)/clients/([^/]+)';

function clientEntity({ state }: Controlled, [tenantId, clientId]: string[]): Application | ManagedIdentity {
  const tenant = state.tenants.find(({ id }) => id === tenantId);
  if (!tenant) throw new ControlError(404, `No tenant ${tenantId}`);
  const entity =
    tenant.applications.find(({ appId }) => appId === clientId) ??
    tenant.managedIdentities.find((identity) => identity.clientId === clientId);
  if (!entity) throw new ControlError(404, `No client ${clientId} in tenant ${tenantId}`);
  return entity;
}

function addCredential(core: Controlled, { names, body }: Call): unknown {
  const credential = parseCredential(body);
  const { federatedIdentityCredentials: all } = clientEntity(core, names);
  if (all.some(({ name }) => name === credential.name))
    throw new ControlError(409, `A credential ${credential.name} exists`);
  all.push(credential);
  return credential;
}

function removeCredential(core: Controlled, { names }: Call): unknown {
  const entity = clientEntity(core, names);
  const rest = entity.federatedIdentityCredentials.filter(({ name }) => name !== names[2]);
  if (rest.length === entity.federatedIdentityCredentials.length)
    throw new ControlError(404, `No credential ${names[2]}`);
  entity.federatedIdentityCredentials = rest;
  return rest;
}

/** A call that changes something answers with what changed. */
const ROUTES: readonly Route[] = [
  ...workloadRoutes,
  { method: 'GET', path: /^\/state$/, run: ({ state }) => state },
  { method: 'GET', path: /^\/env$/, run: ({ env, requestEnv }) => ({ ...env, ...requestEnv() }) },
  { method: 'GET', path: /^\/requests$/, run: ({ requests }) => requests() },
  { method: 'GET', path: /^\/refusals$/, run: ({ refusals }) => refusals() },
  {
    method: 'POST',
    path: /^\/faults$/,
    run: ({ fault }, { body }) => {
      const parsed = parseFault(body);
      fault(parsed);
      return parsed;
    },
  },
  { method: 'DELETE', path: /^\/faults$/, run: ({ clearFaults }) => clearFaults() },
  {
    method: 'POST',
    path: /^\/run$/,
    run: ({ state, requestEnv }, { body }) => {
      Object.assign(state.run, parseChanges(body, state.run));
      return requestEnv();
    },
  },
  {
    method: 'POST',
    path: /^\/clock$/,
    run: ({ state }, { body }) => Object.assign(state.clockOffsetSeconds, parseOffsets(body)),
  },
  {
    method: 'POST',
    path: /^\/unreachable-issuers$/,
    run: ({ state }, { body }) => {
      if (!Array.isArray(body)) throw new ControlError(400, 'An array of issuers is expected');
      state.unreachableIssuers = body.map(String);
      return state.unreachableIssuers;
    },
  },
  { method: 'POST', path: /^\/github\/rotate-keys$/, run: ({ rotateGitHubKeys }) => rotateGitHubKeys() },
  { method: 'POST', path: /^\/entra\/forget-keys$/, run: ({ forgetIssuerKeys }) => forgetIssuerKeys() },
  { method: 'POST', path: /^\/reset$/, run: ({ reset }) => reset() },
  {
    method: 'PATCH',
    path: new RegExp(`^${CLIENT}$`),
    run: (core, { names, body }) => Object.assign(clientEntity(core, names), parseClientPatch(body)),
  },
  { method: 'POST', path: new RegExp(`^${CLIENT}/federatedIdentityCredentials$`), run: addCredential },
  {
    method: 'DELETE',
    path: new RegExp(`^${CLIENT}/federatedIdentityCredentials/([^/]+)$`),
    run: removeCredential,
  },
];

async function readText(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding('utf8');
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text;
}

async function runCall(core: Controlled, incoming: IncomingMessage): Promise<unknown> {
  const { method = 'GET', headers, url = '/' } = incoming;
  const host = /^(?:127\.0\.0\.1|localhost):\d+$/.exec(headers.host ?? '')?.[0];
  const local = host?.endsWith(`:${incoming.socket.localPort}`) ?? false;
  // A page in a browser must not reach the emulator, neither by a rebound name nor by a cross-site request.
  if (!local || headers.origin !== undefined) throw new ControlError(403, 'Loopback clients only');
  const { pathname } = new URL(url, 'http://127.0.0.1');
  const routes = ROUTES.filter(({ path }) => path.test(pathname));
  const route = routes.find((candidate) => candidate.method === method);
  if (!route) throw new ControlError(routes.length > 0 ? 405 : 404, `No ${method} ${pathname}`);
  const names = route.path.exec(pathname)?.slice(1).map(decodeURIComponent) ?? [];
  return route.run(core, { names, body: parseJson(await readText(incoming)) }) ?? {};
}

async function answer(core: Controlled, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const [status, body] = await runCall(core, incoming).then(
    (result): [number, unknown] => [200, result],
    (error: unknown): [number, unknown] => [
      error instanceof ControlError ? error.status : 500,
      { error: error instanceof Error ? error.message : String(error) },
    ],
  );
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/**
 * The control server: plain HTTP on loopback, JSON in and out, 4xx with `{"error"}` for a bad call.
 * It shows secrets as they were sent, for it serves tests only. Throws when the port is taken.
 */
export async function createControl(core: Controlled, port: number): Promise<Control> {
  const server = createServer((incoming, response) => void answer(core, incoming, response));
  const bound = await listenOnLoopback(server, port);
  return {
    url: `http://127.0.0.1:${bound}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
