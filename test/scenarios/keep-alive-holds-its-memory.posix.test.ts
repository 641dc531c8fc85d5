import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { type Endpoint, HAS_PROC, keepAliveScenario } from '../harness/keep-alive.ts';
import { residentMb } from '../harness/memory.ts';

const WARM_UP = 20_000;
const REQUESTS = 100_000;
const AT_ONCE = 100;
const ARM = encodeURIComponent('https://management.core.windows.net/');

/** Asks so many times over one connection, a number of requests at once: the time is to be the endpoint's. */
async function askTimes({ url, header, port }: Endpoint, times: number): Promise<void> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  onTestFinished(() => void socket.destroy());
  const { host, pathname } = new URL(url);
  const request = `GET ${pathname}?resource=${ARM} HTTP/1.1\r\nHost: ${host}\r\nX-IDENTITY-HEADER: ${header}\r\n\r\n`;
  for (let sent = 0; sent < times; sent += AT_ONCE) {
    socket.write(request.repeat(AT_ONCE));
    let served = 0;
    // A token ends its answer: each holds one brace at its end, and no other.
    for (let text = ''; served < AT_ONCE; served = text.split('}').length - 1) {
      text += (await once(socket, 'data'))[0];
      if (/HTTP\/1\.1 (?!200)/.test(text)) throw new Error(`not served: ${text.slice(0, 200)}`);
    }
  }
  socket.end();
}

if (HAS_PROC)
  keepAliveScenario(
    `${REQUESTS} requests over kept connections leave the endpoint no larger than it was`,
    async ({ emulator, job, keepAlive }) => {
      const { step, endpoint } = await keepAlive();
      await askTimes(endpoint, WARM_UP);
      const before = residentMb(endpoint.pid);
      const exchanged = emulator.requests().length;
      await askTimes(endpoint, REQUESTS);
      expect(residentMb(endpoint.pid) - before).toBeLessThan(10);
      expect(residentMb(endpoint.pid)).toBeLessThan(100);
      expect(emulator.requests()).toHaveLength(exchanged);
      expect((await job.post(step)).log[0]).toMatch(/^Keep-alive: 120000 tokens served /);
    },
    { timeoutMs: 180_000 },
  );
