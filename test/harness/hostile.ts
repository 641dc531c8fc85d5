import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { ask, type Endpoint, isAlive, keepAliveScenario } from './keep-alive.ts';

const FLOOD = join(import.meta.dirname, 'flood.ts');
const COUNT = Math.min(10_000, filesAllowed() - 500);
/** The endpoint says itself how many it keeps that ask for nothing; what matters is that it is not most of them. */
const MOST_KEPT = 700;
/** As many files as a process may open on many machines. */
const FEW_FILES = 1_024;

/** How many files a process may have open. */
function filesAllowed(): number {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = Number(report.userLimits?.open_files?.soft);
  return Number.isNaN(soft) ? Number.POSITIVE_INFINITY : soft;
}

/**
 * Thousands of connections that each say the same and then no more; a client asks all the while. `atOnce` of them are
 * opened at a time: so few that the endpoint keeps up, for TCP makes what a listener has no room for wait for seconds.
 */
export function standsFlood(
  what: string,
  text: string,
  atOnce: number,
  options: { readonly fewFiles?: boolean } = {},
): void {
  const where = options.fewFiles ? ` where ${FEW_FILES} files may be open` : '';
  keepAliveScenario(
    `${COUNT} connections ${what} keep no client from its token${where}, and are not kept`,
    async ({ keepAlive, job }) => {
      const { endpoint } = await keepAlive(options.fewFiles ? { node: withFewFiles(job.root) } : {});
      const { done, end } = flood(endpoint, text, atOnce);
      const came = await askDuring(endpoint, done);
      const { opened, kept } = await end();
      expect(isAlive(endpoint.pid), 'the endpoint').toBe(true);
      expect(came.length).toBeGreaterThan(20);
      expect(new Set(came), `of ${came.length} requests`).toEqual(new Set([200]));
      expect(opened).toBe(COUNT);
      expect(kept, 'connections that are kept').toBeLessThanOrEqual(MOST_KEPT);
    },
  );
}

/** Node for a step, and what it starts, that may not open many files; Node would raise a limit that it may raise. */
function withFewFiles(directory: string): string {
  const path = join(directory, 'node');
  writeFileSync(path, `#!/bin/bash\nulimit -n ${FEW_FILES}\nexec '${process.execPath}' "$@"\n`, {
    mode: 0o755,
  });
  return path;
}

/** A process that opens connections in waves and holds them; `end` tells how many it had and still has. */
function flood({ port }: Endpoint, text: string, atOnce: number) {
  const args = [FLOOD, `${port}`, `${COUNT}`, `${atOnce}`, text];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
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

/**
 * Asks again and again, each time over a new connection, until the work is done; gives what came: statuses, and what
 * went wrong with connections.
 */
export async function askDuring(
  endpoint: Endpoint,
  work: () => Promise<unknown>,
): Promise<(number | string)[]> {
  const came: (number | string)[] = [];
  let working = true;
  const asking = (async () => {
    while (working) {
      came.push(
        await ask(endpoint).then(
          ({ status }) => status,
          (error: Error) => error.message,
        ),
      );
      await sleep(1);
    }
  })();
  await work();
  working = false;
  await asking;
  return came;
}
