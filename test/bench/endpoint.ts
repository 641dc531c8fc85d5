import { Agent, request } from 'node:http';
import { residentMb } from '../harness/memory.ts';
import { median, row } from './figures.ts';

interface Saved {
  readonly status: string;
  readonly header: string;
  readonly pid: number;
}

const RESOURCE = 'https://management.core.windows.net/';
const CLIENTS = 16;

/** What the step saved of its endpoint: the value of the entry `endpoint`. */
function savedIn(state: string): Saved {
  const [, value] = /^endpoint<<\S+\r?\n(.*)$/m.exec(state) ?? [];
  if (!value) throw new Error('the step started no endpoint');
  return JSON.parse(value) as Saved;
}

/** Ends the endpoint of a run. */
export function stopEndpoint(state: string): void {
  process.kill(savedIn(state).pid, 'SIGTERM');
}

/** Asks for a token that is at hand; gives the milliseconds that took. */
function ask({ status, header }: Saved, agent: Agent): Promise<number> {
  const url = new URL(status.replace(/\/status$/, '/msi/token'));
  url.search = new URLSearchParams({ 'api-version': '2019-08-01', resource: RESOURCE }).toString();
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent, headers: { 'x-identity-header': header } }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - started);
        else reject(new Error(`the endpoint answered ${response.statusCode}`));
      });
    });
    asking.once('error', reject).end();
  });
}

/** Many requests from clients that keep their connections; gives requests per second. */
async function load(saved: Saved, requests: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const started = performance.now();
  const client = async () => {
    for (let turn = 0; turn < requests / CLIENTS; turn++) await ask(saved, agent);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  agent.destroy();
  return requests / ((performance.now() - started) / 1000);
}

/** Measures an endpoint with a token at hand: this process and the endpoint have a core each. */
export async function benchEndpoint(state: string): Promise<void> {
  const saved = savedIn(state);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const idleMb = residentMb(saved.pid);
  await load(saved, 2_000);
  const latencies: number[] = [];
  for (let turn = 0; turn < 2_000; turn++) latencies.push(await ask(saved, agent));
  agent.destroy();
  const perSecond = await load(saved, 46_000);
  const at50Mb = residentMb(saved.pid);
  await load(saved, 150_000);
  const at200Mb = residentMb(saved.pid);
  row('endpoint: cached token, ms', '', median(latencies).toFixed(2));
  row('endpoint: requests a second', '', perSecond.toFixed(0));
  row('endpoint: memory idle', `${idleMb.toFixed(1)} MB`);
  row('endpoint: after 50,000 requests', `${at50Mb.toFixed(1)} MB`);
  row('endpoint: after 200,000 requests', `${at200Mb.toFixed(1)} MB`);
  stopEndpoint(state);
}
