import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { askDuring } from '../harness/hostile.ts';
import { ask, type Endpoint, keepAliveScenario } from '../harness/keep-alive.ts';

/** A connection that says only what it is told to. Being cut off is what it is here for. */
function open({ port }: Endpoint, text = ''): Socket {
  const socket = connect(port, '127.0.0.1')
    .on('error', () => undefined)
    .resume();
  onTestFinished(() => void socket.destroy());
  if (text !== '') socket.write(text);
  return socket;
}

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

keepAliveScenario(
  'a client that sends its headers byte by byte is cut off, others are served',
  async (scene) => {
    const { endpoint } = await scene.keepAlive();
    const slow = Array.from({ length: 50 }, () => open(endpoint, 'GET / HTTP/1.1\r\nX: '));
    const closed = Promise.all(slow.map((socket) => once(socket, 'close')));
    const drip = setInterval(() => {
      for (const socket of slow) if (!socket.destroyed) socket.write('x');
    }, 100);
    const came = await askDuring(endpoint, () => Promise.race([closed, sleep(8_000)]));
    clearInterval(drip);
    expect(slow.filter((socket) => !socket.destroyed)).toEqual([]);
    expect(new Set(came)).toEqual(new Set([200]));
  },
);
