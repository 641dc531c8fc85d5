import { join } from 'node:path';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { Job } from '../../src/emulator/runner/job.ts';

/** What came of sign-ins that began at once. */
export interface Load {
  readonly succeeded: number;
  /** The first words of the error of each that failed. */
  readonly failures: readonly string[];
  /** Requests in each second from the first on, by service. */
  readonly curves: Readonly<Record<string, readonly number[]>>;
  readonly throttled: number;
  readonly seconds: number;
}

const SERVICES = ['github-id-token', 'entra-token'] as const;

/**
 * As many steps of one job at once, each a process of its own, where GitHub and Entra refuse as many requests as there
 * are processes, every other one with Retry-After.
 */
export async function signInAtOnce(processes: number, dist: string): Promise<Load> {
  const emulator = await createEmulator();
  const {
    AZURE_CLIENT_ID = '',
    AZURE_TENANT_ID = '',
    AZURE_SUBSCRIPTION_ID: _,
    ...connection
  } = emulator.env;
  const job = new Job({ node: process.execPath, dist, path: '/nowhere', connection });
  try {
    for (const service of SERVICES) {
      for (let count = 0; count < processes; count++)
        emulator.fault({ service, kind: 'throttled', ...(count % 2 === 0 ? { retryAfter: '1' } : {}) });
    }
    const inputs = { 'client-id': AZURE_CLIENT_ID, 'tenant-id': AZURE_TENANT_ID, sessions: 'none' };
    const started = Date.now();
    const steps = await Promise.all(Array.from({ length: processes }, () => job.run('main', { inputs })));
    const ended = Date.now();
    const requests = emulator.requests();
    return {
      succeeded: steps.filter(({ code, outputs }) => code === 0 && outputs['access-token']).length,
      failures: steps.filter(({ code }) => code !== 0).map((step) => step.error().split(':')[0] ?? ''),
      curves: Object.fromEntries(
        SERVICES.map((service) => [
          service,
          perSecond(requests.filter((each) => each.service === service).map(({ at }) => Date.parse(at))),
        ]),
      ),
      throttled: requests.filter(({ status }) => status === 429).length,
      seconds: (ended - started) / 1000,
    };
  } finally {
    job.dispose();
    await emulator.close();
  }
}

export const DIST = join(import.meta.dirname, '../../dist');

function perSecond(moments: readonly number[]): number[] {
  const first = Math.min(...moments);
  const times = moments.map((at) => at - first);
  const curve = Array.from({ length: Math.ceil((Math.max(0, ...times) + 1) / 1000) }, () => 0);
  for (const at of times) curve[Math.floor(at / 1000)] = (curve[Math.floor(at / 1000)] ?? 0) + 1;
  return curve;
}
