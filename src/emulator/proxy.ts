import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { ConnectionFault, FaultQueue } from './faults.ts';
import type { Gateway } from './gateway.ts';
import type { Journal } from './journal.ts';
import { listenOnLoopback } from './listen.ts';
import type { Router } from './services.ts';

export interface Proxy {
  /** `http://127.0.0.1:<port>`, for HTTPS_PROXY. */
  url: string;
  close(): Promise<void>;
}

const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n';

function answer(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

/** Lets the client begin its handshake, then resets the connection. */
function cutHandshake(socket: Socket, head: Buffer): void {
  if (head.length > 0) socket.resetAndDestroy();
  else socket.once('data', () => socket.resetAndDestroy());
}

function targetOf(incoming: IncomingMessage): string {
  const { url = '/', headers } = incoming;
  const absolute = URL.canParse(url) ? new URL(url) : null;
  return absolute ? `${absolute.hostname}:${absolute.port || '80'}` : `${headers.host ?? ''}${url}`;
}

/**
 * A proxy on loopback (RFC 9110, section 9.3.6) that tunnels to the gateway for emulated hosts on port 443.
 * Everything else is refused with 403 and recorded: nothing that goes through it leaves the machine.
 */
export async function createProxy(
  router: Router,
  gateway: Gateway,
  faults: FaultQueue,
  journal: Journal,
): Promise<Proxy> {
  const sockets = new Set<Socket>();

  const open = (socket: Socket, head: Buffer, fault: ConnectionFault | null): void => {
    socket.write(ESTABLISHED);
    if (fault?.kind === 'tls') {
      cutHandshake(socket, head);
      return;
    }
    if (head.length > 0) socket.unshift(head);
    gateway.accept(socket, fault ? 'untrusted' : 'trusted');
  };
  const tunnel = (target: string, socket: Socket, head: Buffer): void => {
    const { hostname, port } = new URL(`tunnel://${target}`);
    const services = port === '443' ? router.servicesAt(hostname.toLowerCase()) : [];
    const fault = faults.takeForConnection(services);
    if (services.length === 0) {
      journal.refuse(target);
      answer(socket, '403 Forbidden');
    } else if (fault?.kind === 'refused') {
      const status = fault.status ?? 502;
      answer(socket, `${status} ${STATUS_CODES[status] ?? 'Refused'}`);
    } else {
      open(socket, head, fault);
    }
  };

  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    journal.refuse(targetOf(incoming));
    response.writeHead(403).end();
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', (incoming: IncomingMessage, socket, head: Buffer) => {
    if (!(socket instanceof Socket)) return;
    // A client that goes away early is its own affair.
    socket.on('error', () => socket.destroy());
    const target = incoming.url ?? '';
    if (URL.canParse(`tunnel://${target}`)) {
      tunnel(target, socket, head);
    } else {
      journal.refuse(target);
      answer(socket, '400 Bad Request');
    }
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
