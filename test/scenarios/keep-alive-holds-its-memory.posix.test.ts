import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { expect, onTestFinished } from 'vitest';
import { ask, type Endpoint, HAS_PROC, keepAliveScenario } from '../harness/keep-alive.ts';

const WARM_UP = 10_000;
const REQUESTS = 20_000;
const MB = 1024;

/** Resident memory in kB. */
function memoryOf({ pid }: Endpoint): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

if (HAS_PROC)
  keepAliveScenario(
    `${REQUESTS} requests over kept connections leave the endpoint no larger than it was`,
    async ({ emulator, keepAlive }) => {
      const { endpoint } = await keepAlive();
      const agent = new Agent({ keepAlive: true });
      onTestFinished(() => agent.destroy());
      const askTimes = async (times: number) => {
        for (let count = 0; count < times; count++) {
          const { status } = await ask(endpoint, { agent });
          if (status !== 200) throw new Error(`request ${count} was answered ${status}`);
        }
      };
      await askTimes(WARM_UP);
      const before = memoryOf(endpoint);
      const exchanged = emulator.requests().length;
      await askTimes(REQUESTS);
      expect(memoryOf(endpoint) - before).toBeLessThan(10 * MB);
      expect(memoryOf(endpoint)).toBeLessThan(100 * MB);
      expect(emulator.requests()).toHaveLength(exchanged);
    },
  );
