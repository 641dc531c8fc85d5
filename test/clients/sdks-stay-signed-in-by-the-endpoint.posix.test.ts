import { createServer } from 'node:http';
import { afterAll, beforeAll, expect } from 'vitest';
import { SUBSCRIPTION } from '../../src/emulator/seed.ts';
import { leaveOut } from '../harness/left-out.ts';
import { listen } from '../harness/listener.ts';
import { scenario } from '../harness/scenario.ts';
import { application } from '../harness/validation.ts';
import { azMachines, pathWith } from './az-machines.ts';
import { type Azurite, startAzurite } from './azurite.ts';
import { runProgram } from './program.ts';
import { hasPythonAzure, runPython } from './python.ts';

const GRAPH = 'https://graph.microsoft.com';
const SCOPE = `${GRAPH}/.default`;
const WHO = { aud: GRAPH, appid: application(1) };

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
}, 60_000);
afterAll(() => azurite?.stop());

for (const CREDENTIAL of ['ManagedIdentityCredential', 'DefaultAzureCredential'])
  scenario(`${CREDENTIAL} asks the endpoint, and nobody else`, async ({ emulator, job, signIn }) => {
    await signIn({ inputs: { 'keep-alive': 'true' } });
    const before = emulator.requests().length;

    expect(await runProgram(job, 'session', { CREDENTIAL, SCOPE })).toMatchObject({ claims: WHO });
    // The endpoint's own exchange; nothing of the client's.
    expect(emulator.requests().slice(before)).toMatchObject([
      { method: 'GET', status: 200 },
      { method: 'POST', host: 'login.microsoftonline.com', status: 200, form: { scope: SCOPE } },
    ]);
  });

scenario('WorkloadIdentityCredential has no file that could hijack the others', async ({ job, signIn }) => {
  await signIn({ inputs: { sessions: 'sdk' } });
  await signIn({ inputs: { sessions: 'sdk', 'keep-alive': 'true' } });
  const env = { CREDENTIAL: 'WorkloadIdentityCredential', SCOPE };
  expect(job.environment()['AZURE_FEDERATED_TOKEN_FILE']).toBe('');
  expect(await runProgram(job, 'session', env)).toHaveProperty('error');
});

scenario('a blob is written and read through the endpoint', async ({ job, signIn }) => {
  await signIn({ inputs: { 'keep-alive': 'true' } });
  const trusted = await azurite.trustedBeside(job.environment()['NODE_EXTRA_CA_CERTS'] ?? '');
  const env = {
    BLOB_SERVICE: azurite.account,
    CONTAINER: 'by-endpoint',
    GREETING: 'renewed',
    NODE_EXTRA_CA_CERTS: trusted,
  };
  expect(await runProgram(job, 'blob', env)).toEqual({ read: 'renewed' });
});

const python = hasPythonAzure();
for (const keepAlive of ['false', 'true']) {
  const sentence = `DefaultAzureCredential of Python lists resource groups, keep-alive: ${keepAlive}`;
  if (!python) leaveOut(sentence, "Debian's python3-azure is not installed");
  else
    scenario(sentence, async ({ job, signIn }) => {
      await signIn({ inputs: { 'keep-alive': keepAlive, sessions: 'sdk' } });
      expect(await runPython(job, { SCOPE, AZURE_SUBSCRIPTION_ID: SUBSCRIPTION })).toEqual({
        groups: ['octo-rg', 'octo-network'],
        ...WHO,
      });
    });
}

/** What Azure's metadata service says on a machine to which the identity that was asked for is not assigned. */
async function startImds(): Promise<string> {
  const body = JSON.stringify({ error: 'invalid_request', error_description: 'Identity not found' });
  return `http://${await listen(createServer((_, response) => response.writeHead(400).end(body)))}`;
}

for (const [name, found] of azMachines()) {
  const sentence = `under auto, DefaultAzureCredential goes on to ${name}`;
  if ('reason' in found) leaveOut(sentence, found.reason);
  else
    scenario(
      sentence,
      async ({ job, signIn }) => {
        await signIn({ inputs: { tokens: 'graph' } });
        const env = {
          CREDENTIAL: 'DefaultAzureCredential',
          SCOPE,
          AZURE_POD_IDENTITY_AUTHORITY_HOST: await startImds(),
          AZURE_CORE_COLLECT_TELEMETRY: '0',
        };
        expect(await runProgram(job, 'session', env)).toMatchObject({ claims: WHO });
      },
      { path: pathWith(found.program), timeoutMs: 120_000 },
    );
}
