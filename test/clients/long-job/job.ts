import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmulator } from '../../../src/emulator/emulator.ts';
import { Job } from '../../../src/emulator/runner/job.ts';
import { runProcess } from '../../../src/emulator/runner/process.ts';
import { pathWith } from '../az-machines.ts';
import { variable } from '../programs/outcome.ts';
import { runPython } from '../python.ts';

// A job of hours in which every process lives in the same accelerated time: this one with emulator and runner in it, the
// endpoint, az, and a client that goes on all the while. It prints what came of it as one JSON document.
const MINUTE_MS = 60_000;
const az = process.env['AZ_PROGRAM'] ?? null;
const keepAlive = variable('KEEP_ALIVE');
const lastMinute = Number(variable('LAST_MINUTE'));
/** From then on Entra is down for three minutes of every six. */
const OUTAGES_FROM = 12;
const OUTAGE = 3;

const emulator = await createEmulator();
const {
  AZURE_CLIENT_ID = '',
  AZURE_TENANT_ID = '',
  AZURE_SUBSCRIPTION_ID = '',
  ...connection
} = emulator.env;
// What makes time run, in this process and in those that it starts.
const time = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^(LD_PRELOAD|FAKETIME)/.test(name)),
);
const job = new Job({
  node: process.execPath,
  dist: join(import.meta.dirname, '../../../dist'),
  path: az === null ? '/nowhere' : pathWith(az),
  connection: { ...connection, ...(time as Record<string, string>), RUNNER_TRACKING_ID: 'github_long-job' },
});
const startedAt = Date.now();
const until = (minute: number) => sleep(Math.max(0, startedAt + minute * MINUTE_MS - Date.now()));

interface Outcome {
  readonly minute: number;
  readonly command: string;
  readonly code: number | null;
  readonly error: string;
}
const outcomes: Outcome[] = [];

async function runAz(...args: string[]): Promise<void> {
  if (az === null) return;
  const minute = Math.round((Date.now() - startedAt) / MINUTE_MS);
  const { code, stderr } = await runProcess(az, [...args, '--output', 'none'], {
    ...job.environment(),
    AZURE_CORE_COLLECT_TELEMETRY: '0',
    PYTHONDONTWRITEBYTECODE: '1',
  });
  const error = /AADSTS\d+/.exec(stderr)?.[0] ?? stderr.slice(0, 300);
  outcomes.push({ minute, command: args.slice(0, 2).join(' '), code, error });
}

async function goDownAgainAndAgain(): Promise<void> {
  for (let minute = OUTAGES_FROM; minute < lastMinute; minute += 2 * OUTAGE) {
    await until(minute);
    emulator.fault({ service: 'entra-token', kind: 'status', status: 503, times: null });
    await until(minute + OUTAGE);
    emulator.clearFaults();
  }
}

/** Lists resource groups with Debian's azure-identity, where it is. */
async function runPythonSession(): Promise<void> {
  if (process.env['PYTHON'] !== 'true') return;
  const minute = Math.round((Date.now() - startedAt) / MINUTE_MS);
  const { error = '' } = await runPython(job, {
    SCOPE: 'https://vault.azure.net/.default',
    AZURE_SUBSCRIPTION_ID,
    AZURE_CORE_COLLECT_TELEMETRY: '0',
  });
  const text = /AADSTS\d+/.exec(String(error))?.[0] ?? String(error).slice(0, 300);
  outcomes.push({ minute, command: 'python', code: error === '' ? 0 : 1, error: text });
}

const step = await job.run('main', {
  inputs: {
    'client-id': AZURE_CLIENT_ID,
    'tenant-id': AZURE_TENANT_ID,
    'keep-alive': keepAlive,
    sessions: variable('SESSIONS'),
    // Time runs fast, the machine does not.
    timeout: '3600',
  },
});
if (step.code !== 0) throw new Error(step.stdout);

const client = spawn(process.execPath, [join(import.meta.dirname, 'steady-client.ts')], {
  env: {
    ...job.environment(),
    AZURE_SUBSCRIPTION_ID,
    CREDENTIALS: variable('CREDENTIALS'),
    AZURE_CORE_COLLECT_TELEMETRY: '0',
    NODE_USE_ENV_PROXY: '1',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const turns: unknown[] = [];
createInterface({ input: client.stdout }).on('line', (line) => turns.push(JSON.parse(line)));

await runPythonSession();
await runAz('group', 'list');
await until(8);
await runAz('account', 'get-access-token', '--resource', 'https://vault.azure.net');
await runAz('group', 'list');
const outages = keepAlive === 'true' ? goDownAgainAndAgain() : Promise.resolve();
for (let minute = 45; minute < lastMinute; minute += 50) {
  await until(minute);
  await runAz('group', 'list');
  await runAz('account', 'get-access-token', '--resource', 'https://vault.azure.net');
  await runPythonSession();
}
await outages;
await until(lastMinute);
client.kill();
await once(client, 'exit');
const post = await job.post(step);
const tokenRequests = emulator.requests().filter(({ path }) => path.endsWith('/token'));
const result = {
  minutes: Math.round((Date.now() - startedAt) / MINUTE_MS),
  outcomes,
  turns,
  post: post.log,
  warnings: [...step.warnings, ...post.warnings],
  refusals: emulator.refusals(),
  refused: tokenRequests.filter(({ status }) => status === 503).length,
  exchanges: tokenRequests.filter(({ status }) => status === 200).length,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
job.dispose();
await emulator.close();
process.exit(0);
