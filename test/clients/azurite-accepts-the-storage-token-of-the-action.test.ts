import { afterAll, beforeAll, expect } from 'vitest';
import type { Job } from '../../src/emulator/runner/job.ts';
import { scenario } from '../harness/scenario.ts';
import { type Azurite, startAzurite } from './azurite.ts';
import { runProgram } from './program.ts';
import type { Outcome } from './programs/outcome.ts';

const GREETING = 'written without any stored secret';

let azurite: Azurite;
// It loads for a second, and for many on a machine whose disk is cold.
beforeAll(async () => {
  azurite = await startAzurite();
}, 60_000);
afterAll(() => azurite?.stop());

/** Writes a blob to a new container, and reads it. */
async function writeAndRead(job: Job, env: Record<string, string>): Promise<Outcome> {
  const trusted = await azurite.trustedBeside(job.environment()['NODE_EXTRA_CA_CERTS'] ?? '');
  const service = { BLOB_SERVICE: azurite.account, NODE_EXTRA_CA_CERTS: trusted };
  return runProgram(job, 'blob', { ...service, GREETING, ...env });
}

scenario('a blob is written and read with the token of the outputs', async ({ job, signIn, traffic }) => {
  const step = await signIn({ inputs: { tokens: 'storage', sessions: 'none' } });
  const before = traffic();
  const STORAGE_TOKEN = step.outputs['access-token'] ?? '';

  expect(await writeAndRead(job, { CONTAINER: 'by-token', STORAGE_TOKEN })).toEqual({ read: GREETING });
  expect(traffic()).toEqual(before);
});

scenario('a blob is written and read in the session for SDKs', async ({ emulator, job, signIn }) => {
  await signIn();

  expect(await writeAndRead(job, { CONTAINER: 'by-session' })).toEqual({ read: GREETING });
  expect(emulator.requests().at(-1)).toMatchObject({
    host: 'login.microsoftonline.com',
    form: { scope: 'https://storage.azure.com/.default' },
    status: 200,
  });
});

scenario('Azurite refuses a token for Resource Manager', async ({ job, signIn }) => {
  const step = await signIn({ inputs: { tokens: 'arm' } });
  const STORAGE_TOKEN = step.outputs['access-token'] ?? '';

  expect(await writeAndRead(job, { CONTAINER: 'refused', STORAGE_TOKEN })).toMatchObject({
    error: { name: 'RestError', code: 'AuthenticationFailed' },
  });
});
