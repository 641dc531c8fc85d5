import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** Has a server listen on loopback, at any free port unless one is given; gives the port. Throws when it is taken. */
export async function listenOnLoopback(server: Server, port = 0): Promise<number> {
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}
