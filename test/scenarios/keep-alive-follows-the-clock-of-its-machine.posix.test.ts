import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { FAKETIME, hasFaketime } from '../clients/faketime.ts';
import { ask, type Endpoint, keepAliveScenario } from '../harness/keep-alive.ts';
import { leaveOut } from '../harness/left-out.ts';

const HOUR = 3_600;

/** What has a process take its date, and nothing else, from a file that is read each time. */
function datedBy(file: string): Record<string, string> {
  const preload = execFileSync(FAKETIME, ['-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).trim();
  const rules = { FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' };
  return { LD_PRELOAD: preload, FAKETIME_TIMESTAMP_FILE: file, ...rules };
}

/** What a client is told: the token, and how many seconds it is good for, by the clock that is `ahead`. */
async function told(endpoint: Endpoint, ahead: number) {
  const { status, body } = await ask(endpoint);
  expect(status).toBe(200);
  const left = Number(body['expires_on']) - Date.now() / 1000 - ahead;
  expect(Math.abs(left - Number(body['expires_in']))).toBeLessThan(5);
  return { token: body['access_token'], left };
}

for (const hours of [2, -2]) {
  const sentence = `a clock that is set by ${hours} hours makes no dead token live, and no end of a token wrong`;
  if (!hasFaketime()) leaveOut(sentence, 'libfaketime is not installed');
  else
    keepAliveScenario(sentence, async ({ job, keepAlive }) => {
      const clock = join(job.root, 'clock');
      writeFileSync(clock, '+0\n');
      const { endpoint } = await keepAlive({ env: datedBy(clock) });
      const before = await told(endpoint, 0);
      writeFileSync(clock, `${hours > 0 ? '+' : ''}${hours}h\n`);
      const after = await told(endpoint, hours * HOUR);
      expect(after.token === before.token, 'the same token').toBe(hours < 0);
      expect(Math.abs(after.left - before.left)).toBeLessThan(HOUR / 2);
    });
}
