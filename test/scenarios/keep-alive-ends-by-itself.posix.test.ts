import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { OurHandover } from '../../src/bin/handover.ts';
import { GO } from '../../src/endpoint/handover.ts';
import { CLOUDS } from '../../src/trust/clouds.ts';
import { FAKETIME, hasFaketime } from '../clients/faketime.ts';
import { ask, isAlive, keepAliveScenario, until } from '../harness/keep-alive.ts';
import { leaveOut } from '../harness/left-out.ts';
import { unsignedToken } from '../harness/unsigned-token.ts';

keepAliveScenario('it ends with the token that GitHub is asked with', async (scene) => {
  const { emulator, job, keepAlive } = scene;
  const requestToken = unsignedToken({ exp: Math.floor(Date.now() / 1000) + 5 });
  emulator.state.run.requestToken = requestToken;
  const { step, endpoint } = await keepAlive({ env: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } });
  expect((await ask(endpoint)).status).toBe(200);
  await until('the endpoint has ended', () => !isAlive(endpoint.pid), 10_000);

  const stopped = / stopped: the token of this job to ask GitHub for ID tokens has expired, after 1 tokens? /;
  expect(readFileSync(endpoint.log, 'utf8')).toMatch(stopped);
  const { warnings, log } = await job.post(step);
  expect(warnings).toEqual([
    expect.stringContaining('The endpoint of keep-alive had ended before this job did'),
  ]);
  expect(log.join('\n')).toMatch(stopped);
});

/** A day in seconds: nothing is sent in this time, so that no deadline is too short. */
const RATE = 20_000;
const HANDOVER: OurHandover = {
  source: {
    kind: 'github',
    requestUrl: 'https://run.actions.githubusercontent.com/t',
    requestToken: 'says-nothing-of-its-life',
    serverUrl: 'https://github.com',
  },
  clientId: 'c',
  tenantId: 't',
  cloud: CLOUDS.AzureCloud,
  audience: 'a',
  requireClaims: [],
  waitForTrustMs: 0,
  nonce: 'n',
  secret: 's',
  legacySecret: null,
  resources: [],
  tokens: [],
};

const DAY = 'it ends after a day where nothing says how long the job may last';
if (hasFaketime()) test(DAY, endsAfterADay);
else leaveOut(DAY, 'libfaketime is not installed');

async function endsAfterADay(): Promise<void> {
  const file = join(import.meta.dirname, '../../dist/endpoint.js');
  const child = spawn(FAKETIME, ['-f', `+0 x${RATE}`, process.execPath, file], {
    env: { PATH: process.env['PATH'], FAKETIME_DONT_RESET: '1' },
    stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    detached: true,
  });
  // faketime waits for a process of its own.
  onTestFinished(() => endGroup(child.pid ?? 0));
  const [input, output, , listening] = child.stdio as unknown as [Writable, Readable, null, Readable];
  const log = text(output);
  input.write(`${JSON.stringify(HANDOVER)}\n`);
  await Promise.race([once(listening, 'data'), once(child, 'exit')]);
  input.write(`${GO}\n`);
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  const [serving = '', stopped = ''] = (await log).trimEnd().split('\n');
  expect(stopped).toMatch(/ stopped: no job lasts longer, after 0 tokens served$/);
  const hours =
    (Date.parse(stopped.split(' ', 1)[0] ?? '') - Date.parse(serving.split(' ', 1)[0] ?? '')) / 3.6e6;
  expect(hours).toBeGreaterThan(22);
  expect(hours).toBeLessThan(26);
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}
