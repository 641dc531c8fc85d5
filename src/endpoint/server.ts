import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Note, TokenCache } from './cache.ts';
import {
  type Identity,
  proofOf,
  type Refusal,
  readDemand,
  refusalBody,
  type ServedToken,
  tokenBody,
  wantsForm,
} from './protocol.ts';

/** The endpoint at work. */
export interface EndpointServer {
  readonly port: number;
  /** Tokens given out. */
  served(): number;
  close(): void;
}

const LARGEST_BODY = 8 * 1024;
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};
/**
 * More connections than this that ask for nothing are not kept: the oldest of them goes. It is more than the system lets
 * wait to be accepted (511), so that one that has just come is not among the oldest; and it leaves a third of 1,024
 * files, which is all that a process may open on many machines, to those who ask.
 */
const MOST_IDLE = 640;

/**
 * Serves on loopback, at a port of the system's choice. Whoever opens connections without asking, asks slowly or too
 * much, loses them; who asks is served. `identityAt` gives the identity once the port is known; `status` is what the
 * post step is told; `note` is told why connections cannot be taken. Fails where it cannot listen.
 */
export async function serveEndpoint(
  identityAt: (port: number) => Identity,
  cache: TokenCache,
  status: () => object,
  nowSeconds: () => number,
  note: Note,
): Promise<EndpointServer> {
  let identity: Identity | null = null;
  let served = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (identity === null) return void response.destroy();
    const { method = '', url: target = '', headers } = request;
    const asked = { method, target, headers };
    const form = wantsForm(asked, identity) ? await bodyOf(request) : '';
    if (form === null) return refuse(response, TOO_LARGE);
    const demand = readDemand({ ...asked, form }, identity);
    if (demand.kind === 'refused') return refuse(response, demand);
    if (demand.kind === 'proof') return send(response, 200, proofBody(identity, demand.challenge));
    if (demand.kind === 'status') return send(response, 200, JSON.stringify(status()));
    const { resource } = demand;
    const outcome = await cache.get(resource);
    if (isRefusal(outcome)) return refuse(response, outcome);
    served++;
    send(response, 200, tokenBody(outcome, identity.clientId, resource, nowSeconds()));
  };
  const server = createServer(LIMITS, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const idle = watchIdle();
  server.on('connection', idle.watch);
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    idle.busy(socket);
    response.once('close', () => idle.free(socket));
  });
  await listen(server, note);
  const { port } = server.address() as AddressInfo;
  identity = identityAt(port);
  return {
    port,
    served: () => served,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Listens, and goes on whatever goes wrong with a connection after that: each kind is told once. */
function listen(server: Server, note: Note): Promise<void> {
  const told = new Set<string>();
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      const { code = error.name } = error;
      if (server.listening && !told.has(code)) note(`a connection could not be taken: ${code}`);
      told.add(code);
      reject(error);
    });
    server.listen(0, '127.0.0.1', resolve);
  });
}

/** Keeps the number of connections that ask for nothing bounded. */
function watchIdle() {
  const waiting = new Set<Socket>();
  const free = (socket: Socket) => {
    if (socket.destroyed) return;
    waiting.add(socket);
    const [oldest] = waiting;
    if (waiting.size > MOST_IDLE) oldest?.destroy();
  };
  return {
    watch(socket: Socket) {
      socket.once('close', () => waiting.delete(socket));
      free(socket);
    },
    free,
    busy: (socket: Socket) => waiting.delete(socket),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const SERVED = [400, 503];

const TOO_LARGE: Refusal = { status: 400, error: 'invalid_request', description: 'The body is too large.' };

function proofBody({ clientId, secret }: Identity, challenge: string): string {
  return JSON.stringify({ clientId, proof: proofOf(secret, challenge) });
}

function isRefusal(outcome: ServedToken | Refusal): outcome is Refusal {
  return 'status' in outcome;
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  if (refusal.allow) response.setHeader('allow', refusal.allow);
  // Who is not served keeps no connection either, whatever it still has to send.
  if (!SERVED.includes(refusal.status)) response.setHeader('connection', 'close');
  if (refusal.status === 503) response.setHeader('retry-after', '2');
  send(response, refusal.status, refusalBody(refusal));
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
