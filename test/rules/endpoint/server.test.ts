import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { request, type Server } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { serveEndpoint } from '../../../src/endpoint/server.ts';
import { createScene } from './cache-scene.ts';

const IDENTITY = { clientId: 'c', nonce: 'n', secret: 's', legacySecret: null, resources: [] };

/** The server behind the endpoint, which Node tells of with each request. */
async function serverOf(port: number): Promise<Server> {
  const found = Promise.withResolvers<Server>();
  const tell = (message: unknown) => found.resolve((message as { server: Server }).server);
  subscribe('http.server.request.start', tell);
  onTestFinished(() => void unsubscribe('http.server.request.start', tell));
  request({ host: '127.0.0.1', port, agent: false }, (response) => response.resume()).end();
  return found.promise;
}

test('connections that cannot be taken do not end it, and each reason is told once', async () => {
  const told: string[] = [];
  const endpoint = await serveEndpoint(
    (port) => ({ ...IDENTITY, port }),
    createScene().cache,
    () => ({}),
    () => 0,
    (line) => told.push(line),
  );
  onTestFinished(() => endpoint.close());
  const server = await serverOf(endpoint.port);
  for (const code of ['EMFILE', 'EMFILE', 'ENFILE'])
    server.emit('error', Object.assign(new Error(), { code }));
  expect(told).toEqual(['EMFILE', 'ENFILE'].map((code) => `a connection could not be taken: ${code}`));
});
