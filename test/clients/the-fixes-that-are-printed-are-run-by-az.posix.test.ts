import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { Job } from '../../src/emulator/runner/job.ts';
import { JOB_TOKEN } from '../../src/emulator/seed-github.ts';
import { scriptUnder } from '../harness/summary.ts';
import { ADMIN, application } from '../harness/validation.ts';
import { type Az, azTest } from './az.ts';

const DIST = join(import.meta.dirname, '../../dist');
const IDENTITY = 'dddddddd-0000-4000-8000-000000000002';

function openJob({ desk }: Az): Job {
  const {
    AZURE_CLIENT_ID: _,
    AZURE_TENANT_ID: __,
    AZURE_SUBSCRIPTION_ID: ___,
    ...connection
  } = desk.emulator.env;
  const job = new Job({ node: process.execPath, dist: DIST, path: process.env['PATH'] ?? '', connection });
  onTestFinished(() => job.dispose());
  return job;
}

const login = (job: Job, { desk }: Az, client: string) =>
  job.run('main', {
    inputs: { 'client-id': client, 'tenant-id': desk.env['AZURE_TENANT_ID'] ?? '', sessions: 'none' },
  });

/** The text for az in the report of a validation that the admin reads. */
async function fixFor(job: Job, { desk }: Az, client: string): Promise<string> {
  const reportFile = join(job.root, `${client}.json`);
  const inputs = {
    mode: 'validate',
    'client-id': client,
    'tenant-id': desk.env['AZURE_TENANT_ID'] ?? '',
    'reader-client-id': ADMIN,
    'github-token': JOB_TOKEN,
    'report-file': reportFile,
  };
  const step = await job.run('main', { inputs });
  expect(step.outputs['result'], step.stdout).toBe('fail');
  const { fix } = JSON.parse(readFileSync(reportFile, 'utf8')) as { fix: { az: string } };
  return fix.az;
}

const BROKEN: [string, string][] = [
  ['a credential for a branch', application(2)],
  ['a credential in another case', application(3)],
  ['an issuer with a slash', application(4)],
  ['another audience', application(5)],
  ['no credential', application(6)],
  ['no service principal', application(7)],
  ['a disabled service principal', application(8)],
  ['a managed identity without a credential', IDENTITY],
];

azTest('the fix that a validation prints makes the login succeed that failed', 'octo-admin', async (az) => {
  const job = openJob(az);
  for (const [what, client] of BROKEN) {
    expect((await login(job, az, client)).code, what).toBe(1);
    const script = await fixFor(job, az, client);
    await az.script(script);
    const after = await login(job, az, client);
    expect(after.code, `${what}\n${script}\n${after.stdout}`).toBe(0);
  }
});

azTest('so does the one that a failed login prints', 'octo-admin', async (az) => {
  const job = openJob(az);
  const cases = [
    [application(6), 'If it is an app registration'],
    [IDENTITY, 'If it is a user-assigned managed identity'],
  ] as const;
  for (const [client, title] of cases) {
    const { summary } = await login(job, az, client);
    const script = scriptUnder(title, summary);
    await az.script(script);
    expect((await login(job, az, client)).code, script).toBe(0);
  }
});
