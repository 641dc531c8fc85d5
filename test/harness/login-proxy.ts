import { createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import { listen } from './listener.ts';

/**
 * A proxy on loopback that wants a login (RFC 9110, section 11.7; RFC 7617) and hands on to another proxy what has it.
 * Gives its `host:port`.
 */
export async function loginProxy(upstream: string, user: string, password: string): Promise<string> {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const { hostname, port } = new URL(upstream);
  const server = createServer();
  server.on('connect', (incoming, client: Socket) => {
    client.on('error', () => client.destroy());
    if (incoming.headers['proxy-authorization'] !== expected) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corp"\r\nContent-Length: 0\r\n\r\n',
      );
      return;
    }
    const onward = request({ host: hostname, port, method: 'CONNECT', path: incoming.url ?? '' });
    onward.once('connect', ({ statusCode }, server: Socket) => {
      server.on('error', () => client.destroy());
      client.write(`HTTP/1.1 ${statusCode} From the other proxy\r\n\r\n`);
      server.pipe(client).pipe(server);
    });
    onward.on('error', () => client.destroy());
    onward.end();
  });
  return listen(server);
}
