import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Has a server listen on loopback until the test ends; gives its `host:port`. */
export async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Somebody on loopback who answers every request with 200, and remembers what came. */
export async function listener(body = 'x'): Promise<{ url: string; host: string; heard: string[] }> {
  const heard: string[] = [];
  const host = await listen(
    createServer((request, response) => {
      heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
      response.end(body);
    }),
  );
  return { url: `http://${host}`, host, heard };
}
