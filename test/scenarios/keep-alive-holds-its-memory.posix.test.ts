import { Agent } from 'node:http';
import { expect, onTestFinished } from 'vitest';
import { ask, HAS_PROC, keepAliveScenario } from '../harness/keep-alive.ts';
import { residentMb } from '../harness/memory.ts';

const WARM_UP = 10_000;
const REQUESTS = 20_000;

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
      const before = residentMb(endpoint.pid);
      const exchanged = emulator.requests().length;
      await askTimes(REQUESTS);
      expect(residentMb(endpoint.pid) - before).toBeLessThan(10);
      expect(residentMb(endpoint.pid)).toBeLessThan(100);
      expect(emulator.requests()).toHaveLength(exchanged);
    },
  );
