import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { Job } from '../../src/emulator/runner/job.ts';
import { residentMb } from '../harness/memory.ts';
import { DIST } from './processes.ts';

// A job whose processes all live in the same accelerated time: clients ask its endpoint all the while, and Entra throttles
// again and again. Prints what came of it as one JSON document.
const MINUTE_MS = 60_000;
const minutes = Number(process.argv[2]);
const CLIENTS = 8;
const PAUSE_MS = 2_000;
const THROTTLED = { every: 15, for: 8 };
const RESOURCES = ['https://management.azure.com', 'https://vault.azure.net', 'https://graph.microsoft.com'];

const emulator = await createEmulator();
const { AZURE_CLIENT_ID = '', AZURE_TENANT_ID = '', AZURE_SUBSCRIPTION_ID: _, ...connection } = emulator.env;
// What makes time run goes on in the processes of the job.
const time = Object.entries(process.env).filter(([name]) => /^(LD_PRELOAD|FAKETIME)/.test(name));
const job = new Job({
  node: process.execPath,
  dist: DIST,
  path: '/nowhere',
  connection: { ...connection, ...(Object.fromEntries(time) as Record<string, string>) },
});
const identity = { 'client-id': AZURE_CLIENT_ID, 'tenant-id': AZURE_TENANT_ID };
const step = await job.run('main', {
  inputs: { ...identity, 'keep-alive': 'true', sessions: 'none', timeout: '3600' },
});
if (step.code !== 0) throw new Error(step.stdout);
const { pid } = JSON.parse(step.state['endpoint'] ?? '{}') as { pid: number };
const { 'identity-endpoint': url = '', 'identity-header': header = '' } = step.outputs;

const startedAt = Date.now();
const end = startedAt + minutes * MINUTE_MS;
const came: Record<string, number> = {};
const memory: number[] = [];

function ask(resource: string): Promise<string> {
  const query = new URLSearchParams({ 'api-version': '2019-08-01', resource });
  return new Promise((resolve) => {
    // A connection of its own: those that are kept idle end by clocks that run too fast for either side.
    get(`${url}?${query}`, { agent: false, headers: { 'x-identity-header': header } }, (answer) => {
      answer.resume().once('end', () => resolve(String(answer.statusCode)));
    }).once('error', ({ message }) => resolve(message));
  });
}

async function client(index: number): Promise<void> {
  for (let turn = index; Date.now() < end; turn++) {
    const answer = await ask(RESOURCES[turn % RESOURCES.length] ?? '');
    came[answer] = (came[answer] ?? 0) + 1;
    await sleep(PAUSE_MS);
  }
}

async function throttle(): Promise<void> {
  for (let minute = THROTTLED.every; minute < minutes; minute += THROTTLED.every) {
    await sleep(startedAt + minute * MINUTE_MS - Date.now());
    emulator.fault({ service: 'entra-token', kind: 'throttled', retryAfter: '10', times: null });
    await sleep(THROTTLED.for * MINUTE_MS);
    emulator.clearFaults();
  }
}

async function watchMemory(): Promise<void> {
  while (Date.now() < end) {
    memory.push(Math.round(residentMb(pid)));
    await sleep(10 * MINUTE_MS);
  }
}

await Promise.all([
  ...Array.from({ length: CLIENTS }, (_, index) => client(index)),
  throttle(),
  watchMemory(),
]);
const post = await job.post(step);
const exchanges = emulator.requests().filter(({ service }) => service === 'entra-token');
process.stdout.write(
  `${JSON.stringify({
    minutes: Math.round((Date.now() - startedAt) / MINUTE_MS),
    answers: came,
    exchanges: exchanges.filter(({ status }) => status === 200).length,
    throttled: exchanges.filter(({ status }) => status === 429).length,
    megabytes: memory,
    post: post.log[0],
  })}\n`,
);
job.dispose();
await emulator.close();
process.exit(0);
