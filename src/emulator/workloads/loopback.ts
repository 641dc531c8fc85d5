import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { deliver } from '../deliver.ts';
import type { FaultQueue, ServiceName } from '../faults.ts';
import { crash, readBody, toRequest } from '../http-message.ts';
import type { Journal } from '../journal.ts';
import { listenOnLoopback } from '../listen.ts';

/** A service that a machine reaches without TLS, at an address of its own. */
export interface LocalService {
  name: ServiceName;
  handle(request: Request): Promise<Response>;
  /** Removes what it left on the machine. */
  close?(): Promise<void>;
}

/** The local services of a machine, each at a port of its own on loopback. */
export interface Loopback {
  /** `127.0.0.1:<port>` of a service. */
  at(name: ServiceName): string;
  close(): Promise<void>;
}

async function serve(
  service: LocalService,
  [incoming, response]: readonly [IncomingMessage, ServerResponse],
  faults: FaultQueue,
  journal: Journal,
): Promise<void> {
  const body = await readBody(incoming);
  if (body === null) {
    response.writeHead(413).end();
    return;
  }
  const reset = (): void => void incoming.socket.resetAndDestroy();
  // Without TLS and proxy every connection fault is the same; here, so that kept connections meet it too.
  if (faults.takeForConnection([service.name])) return reset();
  const { localPort } = incoming.socket;
  const request = toRequest(incoming, `http://127.0.0.1:${localPort}`, body);
  const entry = await journal.record(service.name, request);
  const answer = (): Promise<Response> => service.handle(request);
  await deliver({ request, response, entry, answer, reset }, faults.takeForRequest(service.name, 1));
}

function serverOf(service: LocalService, faults: FaultQueue, journal: Journal): Server {
  return createServer((incoming, response) => {
    serve(service, [incoming, response], faults, journal).catch((error: unknown) => crash(response, error));
  });
}

/** Starts the local services: plain HTTP, on loopback and nowhere else. */
export async function createLoopback(
  services: readonly LocalService[],
  faults: FaultQueue,
  journal: Journal,
): Promise<Loopback> {
  const servers = new Map(services.map((one) => [one.name, serverOf(one, faults, journal)]));
  const all = [...servers.values()];
  const listening = [...servers].map(
    async ([name, server]) => [name, await listenOnLoopback(server)] as const,
  );
  const ports = new Map(await Promise.all(listening));
  return {
    at(name) {
      const port = ports.get(name);
      if (port === undefined) throw new Error(`${name} is no local service`);
      return `127.0.0.1:${port}`;
    },
    async close() {
      for (const server of all) server.closeAllConnections();
      await Promise.all(all.map((server) => new Promise((done) => server.close(done))));
      await Promise.all(services.map((service) => service.close?.()));
    },
  };
}
