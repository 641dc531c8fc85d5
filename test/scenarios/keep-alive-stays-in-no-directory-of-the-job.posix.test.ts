import { readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { ask, HAS_PROC, keepAliveScenario } from '../harness/keep-alive.ts';

keepAliveScenario(
  'the endpoint stands where its program lies, and finds what the step found from elsewhere',
  async ({ job, keepAlive }) => {
    const ca = relative(process.cwd(), job.environment()['NODE_EXTRA_CA_CERTS'] ?? '');
    const { endpoint } = await keepAlive({ env: { NODE_EXTRA_CA_CERTS: ca } });
    if (HAS_PROC)
      expect(readlinkSync(`/proc/${endpoint.pid}/cwd`)).toBe(join(import.meta.dirname, '../../dist'));
    expect((await ask(endpoint)).status).toBe(200);
  },
);
