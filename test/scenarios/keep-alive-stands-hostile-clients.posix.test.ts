import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { type Answer, ask, type Endpoint, keepAliveScenario } from '../harness/keep-alive.ts';

/** A connection that says only what it is told to. Being cut off is what it is here for. */
function open({ port }: Endpoint, text = ''): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  if (text !== '') socket.write(text);
  return socket;
}

/** Asks again and again, each time over a new connection, until the work is done; gives what came. */
async function askDuring(endpoint: Endpoint, work: () => Promise<unknown>): Promise<(number | string)[]> {
  const came: (number | string)[] = [];
  const statusOf = ({ status }: Answer) => status;
  let working = true;
  const asking = (async () => {
    while (working) {
      came.push(await ask(endpoint).then(statusOf, (error: Error) => error.message));
      await sleep(1);
    }
  })();
  await work();
  working = false;
  await asking;
  return came;
}

const others = (came: readonly (number | string)[]) => came.filter((one) => one !== 200);

const HALF_OPEN = 10_000;
/** Within what a listening socket lets wait, so that no connection is made to come again. */
const AT_ONCE = 400;
const FLOOD = join(import.meta.dirname, '../harness/flood.ts');

/** A process that opens connections in waves and holds them; `end` tells how many it had and still has. */
function flood({ port }: Endpoint, text: string) {
  const child = spawn(process.execPath, [FLOOD, `${port}`, `${HALF_OPEN}`, `${AT_ONCE}`, text], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    done: () => lines.next(),
    async end(): Promise<{ opened: number; kept: number }> {
      child.stdin.end();
      return JSON.parse((await lines.next()).value ?? '{}');
    },
  };
}

const FLOODS: [string, string][] = [
  ['that say nothing', ''],
  ['that stop amid their headers', 'GET / HTTP/1.1\r\nHost: 127'],
  ['that were answered', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['whose body never comes', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n'],
];

for (const [what, text] of FLOODS)
  keepAliveScenario(
    `${HALF_OPEN} connections ${what} keep no client from its token, and are not kept`,
    async ({ keepAlive }) => {
      const { endpoint } = await keepAlive();
      const { done, end } = flood(endpoint, text);
      const came = await askDuring(endpoint, done);
      const { opened, kept } = await end();
      expect(opened).toBe(HALF_OPEN);
      expect(kept, 'connections that are kept').toBeLessThanOrEqual(300);
      expect(others(came), `of ${came.length} requests`).toEqual([]);
      expect(came.length).toBeGreaterThan(20);
    },
  );

keepAliveScenario(
  'a client that sends its headers byte by byte is cut off, others are served',
  async (scene) => {
    const { endpoint } = await scene.keepAlive();
    const slow = Array.from({ length: 50 }, () => open(endpoint, 'GET / HTTP/1.1\r\nX: ').resume());
    const closed = Promise.all(slow.map((socket) => once(socket, 'close')));
    const drip = setInterval(() => {
      for (const socket of slow) if (!socket.destroyed) socket.write('x');
    }, 100);
    const came = await askDuring(endpoint, () => Promise.race([closed, sleep(8_000)]));
    clearInterval(drip);
    expect(slow.filter((socket) => !socket.destroyed)).toEqual([]);
    expect(others(came)).toEqual([]);
  },
);

keepAliveScenario('64 clients at once are served with one exchange', async ({ emulator, keepAlive }) => {
  const { endpoint } = await keepAlive();
  const before = emulator.requests().length;
  const answers = await Promise.all(Array.from({ length: 64 }, () => ask(endpoint)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => body['access_token'])).size).toBe(1);
  expect(emulator.requests()).toHaveLength(before + 2);
});

keepAliveScenario(
  'a client that keeps its connection is not cut off by others that are idle',
  async (scene) => {
    const { endpoint } = await scene.keepAlive();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    for (let count = 0; count < 200; count++) open(endpoint);
    for (let count = 0; count < 20; count++) {
      expect((await ask(endpoint, { agent })).status).toBe(200);
      await sleep(20);
    }
  },
);
