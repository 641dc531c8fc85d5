import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProcess } from '../../src/emulator/runner/process.ts';
import { leaveOut } from '../harness/left-out.ts';
import { azMachines } from './az-machines.ts';
import { FAKETIME, hasFaketime } from './faketime.ts';
import { hasPythonAzure } from './python.ts';

/**
 * How many times as fast as the clock on the wall: at more, the machine is too slow for the deadlines of the programs,
 * and the ID token dead before a client has started.
 */
const RATE = { keepAlive: 90, alone: 35 };
const DRIVER = join(import.meta.dirname, 'long-job/job.ts');

const python = hasPythonAzure();

interface Result {
  readonly minutes: number;
  readonly outcomes: readonly { minute: number; command: string; code: number; error: string }[];
  readonly turns: readonly {
    name: string;
    minute: number;
    groups?: number;
    second?: boolean;
    failure?: string;
  }[];
  readonly post: readonly string[];
  readonly warnings: readonly string[];
  readonly refusals: readonly string[];
  readonly refused: number;
  readonly exchanges: number;
}

interface LongJob {
  readonly az: string;
  readonly keepAlive: boolean;
  readonly lastMinute: number;
}

/** The whole job in accelerated time, every process of it (Debian's libfaketime). */
async function longJob({ az, keepAlive, lastMinute }: LongJob): Promise<Result> {
  const { code, stdout, stderr } = await runProcess(
    FAKETIME,
    ['-f', `+0 x${keepAlive ? RATE.keepAlive : RATE.alone}`, process.execPath, DRIVER],
    {
      PATH: process.env['PATH'],
      AZ_PROGRAM: az,
      KEEP_ALIVE: String(keepAlive),
      // Named: what is tried under auto has seconds only.
      SESSIONS: 'az,sdk',
      LAST_MINUTE: String(lastMinute),
      CREDENTIALS: `DefaultAzureCredential,${keepAlive ? 'ManagedIdentityCredential' : 'WorkloadIdentityCredential'}`,
      PYTHON: String(python),
      // What one process starts goes on in its time.
      FAKETIME_DONT_RESET: '1',
    },
  );
  if (code !== 0) throw new Error(`the job ended with ${code}:\n${stdout}${stderr}`);
  return JSON.parse(stdout);
}

function longTest(sentence: string, body: (az: string) => Promise<void>): void {
  for (const [name, az] of azMachines()) {
    const whole = `${name}, ${sentence}`;
    if ('reason' in az) leaveOut(whole, az.reason);
    else if (!hasFaketime()) leaveOut(whole, 'libfaketime is not installed');
    else test.concurrent(whole, { timeout: 400_000 }, () => body(az.program));
  }
}

longTest(
  'with keep-alive: for five hours no client fails, though Entra is down half of the time',
  async (az) => {
    const result = await longJob({ az, keepAlive: true, lastMinute: 300 });

    expect(result.minutes).toBeGreaterThanOrEqual(300);
    expect(result.outcomes.filter(({ code }) => code !== 0)).toEqual([]);
    expect(result.turns.filter(({ groups }) => groups !== 200)).toEqual([]);
    for (const credential of ['DefaultAzureCredential', 'ManagedIdentityCredential']) {
      const turns = result.turns.filter(({ name }) => name === credential);
      expect(turns.length).toBeGreaterThan(55);
      expect(turns.filter(({ second }) => second).length).toBeGreaterThan(50);
    }
    expect(result.refused, 'exchanges that met Entra when it was down').toBeGreaterThan(0);
    // Two audiences of some three quarters of an hour each, a third at the start.
    expect(result.exchanges).toBeLessThan(40);
    expect(result.post[0]).toMatch(/^Keep-alive: \d+ tokens served in 1[789]\d{3} seconds/);
    expect([result.warnings, result.refusals]).toEqual([[], []]);
  },
);

longTest('without keep-alive: what was obtained works for its life, and nothing after it', async (az) => {
  const { outcomes, turns, refusals } = await longJob({ az, keepAlive: false, lastMinute: 97 });

  const groups = outcomes.filter(({ command }) => command === 'group list');
  const second = outcomes.filter(({ command }) => command === 'account get-access-token');
  expect(groups.map(({ minute, error }) => [minute > 60, error])).toEqual([
    [false, ''],
    [false, ''],
    [false, ''],
    [true, 'AADSTS700024'],
  ]);
  const [early, ...late] = outcomes.filter(({ command }) => command === 'python');
  expect([early?.error ?? '', ...new Set(late.map(({ error }) => error))]).toEqual(
    python ? ['', 'AADSTS700024'] : [''],
  );
  expect(second.map(({ error }) => error)).toEqual(second.map(() => 'AADSTS700024'));
  for (const credential of ['DefaultAzureCredential', 'WorkloadIdentityCredential']) {
    const [first, ...more] = turns.filter(({ name }) => name === credential);
    expect(first).toEqual({ name: credential, minute: 0, groups: 200, second: false });
    expect(more.find(({ minute }) => minute >= 10)?.failure).toBe('AADSTS700024');
  }
  expect(refusals).toEqual([]);
});
