import { createServer, type RequestListener } from 'node:http';
import { expect } from 'vitest';
import type { StepOptions } from '../../src/emulator/runner/job.ts';
import { ask, HAS_PROC, isAlive, keepAliveScenario, until } from '../harness/keep-alive.ts';
import { listen } from '../harness/listener.ts';

const ON = { 'keep-alive': 'true' };
const NONCE = 'A'.repeat(43);

/** A server on loopback that is none of ours; gives its address. */
async function foreign(answer: RequestListener): Promise<string> {
  return `http://${await listen(createServer(answer))}`;
}

const says = (body: unknown, status = 200): RequestListener => {
  return (_, response) => void response.writeHead(status).end(JSON.stringify(body));
};

const AZURE = 'http://169.254.129.2:8081/msi/token';
const PATH = `/entra-federate/${NONCE}/msi/token`;
const FOREIGN: [string, () => Promise<string>][] = [
  ['of an Azure machine', async () => AZURE],
  ['that is not a URL', async () => 'none'],
  ['with a path that is like ours', async () => `${await foreign(says({}))}/entra-federate/short/msi/token`],
  ['with our path on another host', async () => `http://169.254.129.2:8081${PATH}`],
  ['with our path behind localhost', async () => `http://localhost:1${PATH}`],
];

for (const [what, start] of FOREIGN)
  keepAliveScenario(`an endpoint ${what} stops keep-alive before anything is sent`, async (scene) => {
    const { signIn, traffic, left } = scene;
    const env = { IDENTITY_ENDPOINT: await start(), IDENTITY_HEADER: 'theirs' };
    const step = await signIn({ inputs: ON, env });
    expect(step.code).toBe(1);
    expect(step.error()).toMatch(/^endpoint-foreign: IDENTITY_ENDPOINT is set in this job /);
    expect(step.error()).toContain('keep-alive: override');
    expect([step.outputs, step.variables, traffic()]).toEqual([{}, {}, []]);
    if (HAS_PROC) expect(left()).toEqual([]);
  });

const LATER: [string, RequestListener][] = [
  ['says 404', says({}, 404)],
  ['says no JSON', (_, response) => void response.end('hi')],
  ['says null', says(null)],
  ['gives a proof that is none', says({ clientId: 'x', proof: 'x' })],
  ['closes', ({ socket }) => void socket.destroy()],
  ['says nothing', () => undefined],
];

for (const [what, answer] of LATER)
  keepAliveScenario(
    `where a program that ${what} was given the port of an endpoint that has died, keep-alive replaces that`,
    async ({ job, keepAlive, signIn }) => {
      const dead = { IDENTITY_ENDPOINT: (await foreign(answer)) + PATH, IDENTITY_HEADER: 'h'.repeat(43) };
      const { step, endpoint } = await keepAlive({ env: dead });
      expect(step.warnings).toEqual([]);
      expect((await ask(endpoint)).status).toBe(200);
      Object.assign(job.exported, dead);
      expect((await signIn({ inputs: { sessions: 'sdk' } })).code).toBe(0);
      expect(job.environment()).toMatchObject({ IDENTITY_ENDPOINT: '', IDENTITY_HEADER: '' });
    },
  );

keepAliveScenario(
  'a header of others is not sent to where the path is not ours, even on loopback',
  async ({ signIn }) => {
    const seen: unknown[] = [];
    const listener: RequestListener = ({ headers }, response) => {
      seen.push(headers['x-identity-header']);
      response.end('{}');
    };
    const url = await foreign(listener);
    const env = { IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: 'theirs' };
    const step = await signIn({ inputs: ON, env });
    expect(step.error()).toMatch(/^endpoint-foreign: /);
    expect(seen).toEqual([]);
  },
);

const foreignEnv: StepOptions['env'] = { IDENTITY_ENDPOINT: AZURE, IDENTITY_HEADER: 'theirs' };

keepAliveScenario(
  'keep-alive: override takes the place of a foreign endpoint',
  async ({ job, keepAlive }) => {
    const { endpoint } = await keepAlive({ inputs: { 'keep-alive': 'override' }, env: foreignEnv });
    expect(job.environment()).toMatchObject({
      IDENTITY_ENDPOINT: endpoint.url,
      IDENTITY_HEADER: endpoint.header,
    });
    expect((await ask(endpoint)).status).toBe(200);
  },
);

keepAliveScenario(
  'sessions: none gives the endpoint as outputs beside a foreign one, and leaves the environment alone',
  async ({ keepAlive }) => {
    const { step, endpoint } = await keepAlive({ inputs: { sessions: 'none' }, env: foreignEnv });
    expect((await ask(endpoint)).status).toBe(200);
    expect(step.outputs['identity-header']).toBe(endpoint.header);
    expect(step.variables).toEqual({});
    expect([step.warnings, step.notices]).toEqual([[], []]);
  },
);

keepAliveScenario('a dead endpoint of our own is replaced', async ({ job, keepAlive }) => {
  const first = await keepAlive();
  process.kill(first.endpoint.pid, 'SIGKILL');
  await until('the first has ended', () => !isAlive(first.endpoint.pid));
  const second = await keepAlive();
  expect(second.step.warnings).toEqual([]);
  expect(job.environment()['IDENTITY_ENDPOINT']).toBe(second.endpoint.url);
  expect((await ask(second.endpoint)).status).toBe(200);
});

const PROXIED: [string, Record<string, string | undefined>, Record<string, string>][] = [
  ['added where there is none', { NO_PROXY: undefined }, { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' }],
  [
    'merged with what is set in one spelling',
    { NO_PROXY: 'corp.example, .internal' },
    { NO_PROXY: 'corp.example,.internal,127.0.0.1' },
  ],
  [
    'merged with each of two spellings',
    { NO_PROXY: 'upper.example', no_proxy: 'lower.example' },
    { NO_PROXY: 'upper.example,127.0.0.1', no_proxy: 'lower.example,127.0.0.1' },
  ],
  [
    'not added twice',
    { NO_PROXY: '127.0.0.1,localhost', no_proxy: '127.0.0.1' },
    { NO_PROXY: '127.0.0.1,localhost', no_proxy: '127.0.0.1' },
  ],
  [
    // The spelling that this action's own client reads first must not exempt the emulator.
    'kept where every host is exempt',
    { NO_PROXY: '*', no_proxy: 'corp.example' },
    { NO_PROXY: '*', no_proxy: 'corp.example,127.0.0.1' },
  ],
];

for (const [how, env, expected] of PROXIED)
  keepAliveScenario(`behind a proxy loopback is exempt from it: ${how}`, async ({ keepAlive }) => {
    const { step } = await keepAlive({ env });
    const { NO_PROXY, no_proxy } = step.variables;
    expect({ ...(NO_PROXY && { NO_PROXY }), ...(no_proxy && { no_proxy }) }).toEqual(expected);
  });
