import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { type CertificateAuthority, createAuthority } from './certificates.ts';
import { deliver } from './deliver.ts';
import type { FaultQueue } from './faults.ts';
import { crash, readBody, toRequest } from './http-message.ts';
import type { Journal } from './journal.ts';
import { pageOf } from './paging.ts';
import { notFound, type Router } from './services.ts';

/** Terminates TLS for every emulated host on sockets that are handed to it; it listens nowhere itself. */
export interface Gateway {
  /** The certificate that clients must trust, in PEM. */
  caPem: string;
  /** Serves HTTPS on a tunnelled socket; an untrusted one is served with a certificate of an unknown authority. */
  accept(socket: Socket, trust: 'trusted' | 'untrusted'): void;
  close(): void;
}

/** The emulated host that the TLS client named; null when its Host header says another (RFC 9110, section 15.5.20). */
function hostOf(incoming: IncomingMessage): string | null {
  const { socket } = incoming;
  const named = socket instanceof TLSSocket ? socket.servername : null;
  const asked = incoming.headers.host?.replace(/:443$/, '').toLowerCase();
  return named && named === asked ? named : null;
}

function httpsServer(authority: CertificateAuthority, router: Router): Server {
  return createServer({
    SNICallback: (name, done) => {
      if (router.servicesAt(name).length === 0) return done(new Error(`No certificate for ${name}`));
      authority.leaf(name).then((pair) => done(null, createSecureContext(pair)), done);
    },
  });
}

/** A gateway with two fresh authorities: one to be trusted, one for the fault `tls-untrusted`. */
export async function createGateway(router: Router, faults: FaultQueue, journal: Journal): Promise<Gateway> {
  const [trusted, untrusted] = await Promise.all([
    createAuthority('Entra Federate emulator'),
    createAuthority('Nobody trusts this authority'),
  ]);
  // A TLS socket cannot be reset itself; the raw one below it can, and shares its remote port.
  const raw = new Map<number, Socket>();

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = hostOf(incoming);
    const body = await readBody(incoming);
    if (host === null || body === null) {
      response.writeHead(host === null ? 421 : 413).end();
      return;
    }
    const request = toRequest(incoming, `https://${host}`, body);
    const service = router.find(request.url);
    const entry = await journal.record(service?.name ?? null, request);
    const fault = service && faults.takeForRequest(service.name, pageOf(request.url));
    const reset = (): void => void raw.get(incoming.socket.remotePort ?? 0)?.resetAndDestroy();
    const answer = async (): Promise<Response> => service?.handle(request) ?? notFound();
    await deliver({ request, response, entry, answer, reset }, fault);
  };
  const onRequest = (incoming: IncomingMessage, response: ServerResponse): void => {
    serve(incoming, response).catch((error: unknown) => crash(response, error));
  };
  const servers = { trusted: httpsServer(trusted, router), untrusted: httpsServer(untrusted, router) };
  for (const server of Object.values(servers)) server.on('request', onRequest);

  return {
    caPem: trusted.pem,
    accept(socket, trust) {
      const port = socket.remotePort ?? 0;
      raw.set(port, socket);
      socket.once('close', () => raw.delete(port));
      servers[trust].emit('connection', socket);
    },
    close() {
      for (const socket of raw.values()) socket.destroy();
    },
  };
}
