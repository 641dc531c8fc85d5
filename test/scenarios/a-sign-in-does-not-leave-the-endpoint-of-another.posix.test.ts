import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { ask, isAlive, keepAliveScenario, until } from '../harness/keep-alive.ts';

// An az that is never started: its package metadata are all that is looked at.
const machine = mkdtempSync(join(tmpdir(), 'entra-federate-machine-'));
const path = join(machine, 'bin');
beforeAll(() => {
  mkdirSync(path);
  mkdirSync(join(machine, 'lib/python3.12/site-packages/azure_cli-2.91.0.dist-info'), { recursive: true });
  writeFileSync(join(path, 'az'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
});
afterAll(() => rmSync(machine, { recursive: true }));

const OTHER = 'aaaaaaaa-0000-4000-8000-000000000016';
const THEIRS = { 'client-id': OTHER };
const GONE = { IDENTITY_ENDPOINT: '', IDENTITY_HEADER: '' };

for (const sessions of ['sdk', 'powershell', 'azcopy'])
  keepAliveScenario(
    `clients that ask a managed identity are not signed in as the former client: ${sessions}`,
    async ({ job, keepAlive, signIn }) => {
      const former = await keepAlive({ inputs: { sessions: 'sdk' } });
      const step = await signIn({ inputs: { ...THEIRS, sessions } });
      expect(step.code, step.stdout).toBe(0);
      expect(job.environment()).toMatchObject({ ...GONE, AZURE_CLIENT_ID: OTHER });
      expect(step.notices.join()).toContain('IDENTITY_ENDPOINT, IDENTITY_HEADER');
      expect((await ask(former.endpoint)).status, 'a step may still choose it by its outputs').toBe(200);
    },
  );

keepAliveScenario(
  'an endpoint that has died stands in the way of nobody',
  async ({ job, keepAlive, signIn }) => {
    const { endpoint } = await keepAlive();
    process.kill(endpoint.pid, 'SIGKILL');
    await until('it has ended', () => !isAlive(endpoint.pid));
    await signIn({ inputs: { sessions: 'sdk' } });
    expect(job.environment()).toMatchObject(GONE);
  },
);

keepAliveScenario('the same client goes on being renewed', async ({ job, keepAlive, signIn }) => {
  const { endpoint } = await keepAlive();
  for (const sessions of ['sdk', 'powershell', 'azcopy']) {
    const step = await signIn({ inputs: { sessions } });
    expect(step.code).toBe(0);
    expect(step.log.join()).toContain('goes on serving this client: no token file is written');
  }
  const environment = job.environment();
  expect(environment).toMatchObject({ IDENTITY_ENDPOINT: endpoint.url, IDENTITY_HEADER: endpoint.header });
  // JavaScript and .NET would take the file before the endpoint, and be signed out with it.
  expect(environment).not.toHaveProperty('AZURE_FEDERATED_TOKEN_FILE');
  expect(environment).toMatchObject({ AZCOPY_AUTO_LOGIN_TYPE: 'MSI' });
});

keepAliveScenario(
  'another tenant of the same client is signed in to by the file',
  async ({ job, keepAlive, signIn }) => {
    await keepAlive();
    Object.assign(job.exported, { AZURE_TENANT_ID: 'another' });
    await signIn({ inputs: { sessions: 'sdk' } });
    expect(job.environment()['AZURE_FEDERATED_TOKEN_FILE']).toContain('federated-token');
  },
);

keepAliveScenario(
  'az that is named is not said to be signed in as the machine where it would stumble on an empty variable',
  async ({ job, keepAlive, signIn, traffic }) => {
    await keepAlive({ inputs: { sessions: 'sdk' } });
    const before = traffic().length;
    const machine = { 'identity-source': 'direct-managed-identity', 'client-id': '', 'tenant-id': '' };
    const step = await signIn({ inputs: { ...machine, sessions: 'az' } });
    expect(step.error()).toMatch(
      /^input-invalid: input `sessions` names `az`, which cannot ask this machine/,
    );
    expect(step.error()).toContain('has set IDENTITY_ENDPOINT');
    expect(traffic()).toHaveLength(before);
    expect(job.environment()['IDENTITY_ENDPOINT']).not.toBe('');
  },
  { path },
);

keepAliveScenario(
  'auto leaves such an az out, with a warning',
  async ({ keepAlive, signIn }) => {
    await keepAlive({ inputs: { sessions: 'none' } });
    const machine = { 'identity-source': 'direct-managed-identity', 'client-id': '', 'tenant-id': '' };
    const emptied = { IDENTITY_ENDPOINT: '', IDENTITY_HEADER: '' };
    const step = await signIn({ inputs: machine, env: emptied });
    expect(step.code, step.stdout).toBe(0);
    expect(step.warnings).toEqual([expect.stringMatching(/^No session was set up for az, which cannot ask/)]);
    expect(step.variables).not.toHaveProperty('AZURE_CONFIG_DIR');
  },
  { path, on: 'azure-vm' },
);

for (const sessions of ['auto', 'none', 'terraform'])
  keepAliveScenario(
    `sessions: ${sessions} leaves the managed identity clients to the former client`,
    async ({ job, keepAlive, signIn }) => {
      await keepAlive({ inputs: { sessions: 'sdk' } });
      const { AZURE_CLIENT_ID, IDENTITY_ENDPOINT, IDENTITY_HEADER } = job.environment();
      expect((await signIn({ inputs: { ...THEIRS, sessions } })).code).toBe(0);
      expect(job.environment()).toMatchObject({ AZURE_CLIENT_ID, IDENTITY_ENDPOINT, IDENTITY_HEADER });
    },
  );

keepAliveScenario('an endpoint that is not proven to be ours stays', async ({ job, signIn }) => {
  const foreign = {
    IDENTITY_ENDPOINT: 'http://169.254.129.2:8081/entra-federate/n/msi/token',
    IDENTITY_HEADER: 'x',
  };
  Object.assign(job.exported, foreign);
  const step = await signIn({ inputs: { sessions: 'sdk' } });
  expect(step.code).toBe(0);
  expect(job.environment()).toMatchObject(foreign);
});

keepAliveScenario(
  'who depends on the endpoint that goes is named, with the way to it',
  async ({ keepAlive, signIn }) => {
    const { step } = await keepAlive({ inputs: { sessions: 'az, sdk' } });
    const second = await signIn({ inputs: { ...THEIRS, sessions: 'sdk' } });
    expect(second.variables).toMatchObject(GONE);
    expect(second.warnings.join()).toContain(
      `az stays signed in as ${step.outputs['client-id']}, whose endpoint IDENTITY_ENDPOINT no longer names`,
    );
    const third = await signIn({ inputs: { ...THEIRS, sessions: 'az, sdk' } });
    expect(third.warnings).toEqual([]);
  },
  { path },
);
