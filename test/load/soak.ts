import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

// `npm run soak [-- MINUTES]`: an endpoint under steady load for 75 minutes, which pass in as many seconds.
const FAKETIME = '/usr/bin/faketime';
const RATE = 60;
const MOST_GROWTH_MB = 15;
const minutes = process.argv[2] ?? '75';

if (!existsSync(FAKETIME)) {
  process.stderr.write('Left out, because libfaketime is not installed: the soak of the endpoint\n');
  process.exit(0);
}
const driver = join(import.meta.dirname, 'soak-job.ts');
const { stdout, stderr, status } = spawnSync(
  FAKETIME,
  ['-f', `+0 x${RATE}`, process.execPath, driver, minutes],
  { env: { PATH: process.env['PATH'], FAKETIME_DONT_RESET: '1' }, encoding: 'utf8' },
);
if (status !== 0) throw new Error(`the job ended with ${status}:\n${stdout}${stderr}`);
const result = JSON.parse(stdout) as { answers: Record<string, number>; megabytes: number[] };
process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
const growth = (result.megabytes.at(-1) ?? 0) - (result.megabytes[1] ?? 0);
const steady = Object.keys(result.answers).join() === '200' && growth < MOST_GROWTH_MB;
process.stdout.write(steady ? 'Every client had its token all the while.\n' : 'NOT STEADY\n');
process.exit(steady ? 0 : 1);
