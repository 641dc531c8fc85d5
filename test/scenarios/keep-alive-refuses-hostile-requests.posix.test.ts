import { expect } from 'vitest';
import { ask, keepAliveScenario, type Question } from '../harness/keep-alive.ts';

const REFUSED: [string, Question, number][] = [
  ['no secret', { headers: { 'x-identity-header': undefined } }, 401],
  ['a wrong secret', { headers: { 'x-identity-header': 'wrong' } }, 401],
  ['another Host', { headers: { host: 'evil.example' } }, 403],
  ['localhost as Host', { headers: { host: 'localhost' } }, 403],
  ['an Origin', { headers: { origin: 'https://evil.example' } }, 403],
  ['X-Forwarded-For', { headers: { 'x-forwarded-for': '10.0.0.1' } }, 403],
  ['a POST', { method: 'POST', body: 'resource=https://vault.azure.net' }, 405],
  ['a preflight', { method: 'OPTIONS' }, 405],
  ['another path', { path: '/' }, 404],
  ['headers over 16 kB', { headers: { 'x-much': 'x'.repeat(17 * 1024) } }, 431],
];

for (const [what, question, status] of REFUSED)
  keepAliveScenario(`a request with ${what} is answered ${status}`, async ({ emulator, keepAlive }) => {
    const { endpoint } = await keepAlive();
    const before = emulator.requests().length;
    const { headers, ...answer } = await ask(endpoint, question);
    expect(answer.status).toBe(status);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(emulator.requests(), 'nothing was exchanged').toHaveLength(before);
    expect((await ask(endpoint)).status).toBe(200);
  });

keepAliveScenario('a body that nobody asked for is not read, however large', async ({ keepAlive }) => {
  const { endpoint } = await keepAlive();
  const outcome = await ask(endpoint, { method: 'POST', body: 'x'.repeat(8 * 1024 * 1024) }).then(
    ({ status }) => status,
    (error: Error) => error.message,
  );
  expect(outcome).toSatisfy((one) => [400, 405].includes(one) || /EPIPE|ECONNRESET|hang up/.test(one));
  expect((await ask(endpoint)).status).toBe(200);
});
