import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { expect } from 'vitest';
import { ask, keepAliveScenario } from '../harness/keep-alive.ts';
import { listen } from '../harness/listener.ts';

const SECRET = 'SECRET-OF-APP-SERVICE-0123456789012345678901';
const NONCE = 'n'.repeat(43);

/** A server that answers whatever it is asked with what it was asked, and keeps the headers. */
async function startEcho(): Promise<{ url: string; seen: IncomingHttpHeaders[] }> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const challenge = url.searchParams.get('challenge');
    response.end(JSON.stringify({ nonce: NONCE, clientId: 'x', proof: challenge }));
  });
  return { url: `http://${await listen(server)}/entra-federate/${NONCE}/msi/token`, seen };
}

keepAliveScenario('a header that may be of somebody else is sent to nobody', async ({ signIn, traffic }) => {
  const echo = await startEcho();
  const withHeader = (IDENTITY_HEADER: string) =>
    signIn({ inputs: { 'keep-alive': 'true' }, env: { IDENTITY_ENDPOINT: echo.url, IDENTITY_HEADER } });
  expect((await withHeader(SECRET)).error()).toMatch(/^endpoint-foreign: /);
  expect(traffic()).toEqual([]);
  expect((await withHeader('h'.repeat(43))).code).toBe(0);
  expect(JSON.stringify(echo.seen)).not.toContain(SECRET);
  expect(JSON.stringify(echo.seen)).not.toContain('h'.repeat(43));
});

keepAliveScenario('a listener that drips holds the step up for seconds only', async ({ signIn }) => {
  const server = createServer((_, response) => {
    const timer = setInterval(() => response.write(' '), 200);
    response.once('close', () => clearInterval(timer));
  });
  const IDENTITY_ENDPOINT = `http://${await listen(server)}/entra-federate/${NONCE}/msi/token`;
  const env = { IDENTITY_ENDPOINT, IDENTITY_HEADER: 'h'.repeat(43) };
  const started = performance.now();
  const step = await signIn({ inputs: { 'keep-alive': 'true' }, env });
  expect(performance.now() - started).toBeLessThan(15_000);
  expect(step.code, step.stdout).toBe(0);
});

keepAliveScenario('it opens no debugger to the users of its machine', async ({ keepAlive, job }) => {
  const { step, endpoint } = await keepAlive({ env: { NODE_OPTIONS: '--no-warnings' } });
  process.kill(endpoint.pid, 'SIGUSR1');
  await ask(endpoint);
  // Node tells of a debugger where the endpoint writes its log.
  expect(readFileSync(endpoint.log, 'utf8')).not.toContain('Debugger');
  expect((await job.post(step)).log[0]).toMatch(/^Keep-alive: 1 token served/);
});

keepAliveScenario('a managed identity of the older kind stops the step, too', async ({ signIn, traffic }) => {
  const env = { MSI_ENDPOINT: 'http://127.0.0.1:9/msi/token' };
  const step = await signIn({ inputs: { 'keep-alive': 'true' }, env });
  expect(step.error()).toMatch(/^endpoint-foreign: MSI_ENDPOINT is set in this job/);
  expect(traffic()).toEqual([]);
});
