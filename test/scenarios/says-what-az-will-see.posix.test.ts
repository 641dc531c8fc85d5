import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { SUBSCRIPTION } from '../../src/emulator/seed.ts';
import { applicationOf, spreadAfter } from '../harness/application.ts';
import { scenario } from '../harness/scenario.ts';
import { application } from '../harness/validation.ts';

// An az that must not be started: its package metadata are all that is looked at.
const machine = mkdtempSync(join(tmpdir(), 'entra-federate-machine-'));
const path = join(machine, 'bin');
beforeAll(() => {
  mkdirSync(path);
  mkdirSync(join(machine, 'lib/python3.12/site-packages/azure_cli-2.91.0.dist-info'), { recursive: true });
  writeFileSync(join(path, 'az'), `#!/bin/sh\n: > ${machine}/started\n`, { mode: 0o755 });
});
afterAll(() => rmSync(machine, { recursive: true }));
const notStarted = () => expect(existsSync(join(machine, 'started'))).toBe(false);

const ROLELESS = application(15);
const PRINCIPAL = 'cccccccc-0000-4000-8000-000000000015';

scenario(
  'signed in without a role: says whose, and how to give one, and signs az in to the tenant',
  async ({ signIn }) => {
    const step = await signIn({ inputs: { 'client-id': ROLELESS } });

    expect(step.code, step.stdout).toBe(0);
    expect(step.warnings).toEqual([
      `Signed in, but no subscription is visible: the principal '${PRINCIPAL}' has no role in any. az is signed in to the tenant alone. To give it a role: az role assignment create --assignee-object-id ${PRINCIPAL} --assignee-principal-type ServicePrincipal --role Reader --scope /subscriptions/SUBSCRIPTION_ID`,
    ]);
    const profile = readFileSync(join(step.outputs['azure-config-dir'] ?? '', 'azureProfile.json'), 'utf8');
    expect(profile).toContain('N/A(tenant level account)');
    notStarted();
  },
  { path },
);

scenario(
  'a subscription that was asked for and is not visible stops the step',
  async ({ signIn }) => {
    const step = await signIn({ inputs: { 'client-id': ROLELESS, 'subscription-id': SUBSCRIPTION } });

    expect(step.code).toBe(1);
    expect(step.error().split('\n')[0]).toBe(
      `subscription-not-visible: signed in, but the subscription '${SUBSCRIPTION}' is not visible: the principal '${PRINCIPAL}' has no role in it, or \`subscription-id\` names another one than was meant.`,
    );
    expect(step.summary).toContain('az role assignment create');
    expect([step.outputs, step.variables]).toEqual([{}, {}]);
  },
  { path },
);

scenario(
  'waits for a role that was just assigned beyond timeout, for as long as wait-for-trust says',
  async ({ emulator, signIn }) => {
    const [first] = emulator.state.roleAssignments;
    if (!first) throw new Error('the seed has no role assignment');
    setTimeout(
      () =>
        emulator.state.roleAssignments.push({
          ...first,
          principalId: PRINCIPAL,
          scope: `/subscriptions/${SUBSCRIPTION}`,
        }),
      3_000,
    );
    const step = await signIn({
      inputs: {
        'client-id': ROLELESS,
        'subscription-id': SUBSCRIPTION,
        timeout: '2',
        'wait-for-trust': '20',
      },
    });
    expect(step.code, step.stdout).toBe(0);
    const profile = readFileSync(join(step.outputs['azure-config-dir'] ?? '', 'azureProfile.json'), 'utf8');
    expect(profile).toContain(SUBSCRIPTION);
  },
  { path },
);

scenario(
  'signs az in after a wait for the trust that outlasted timeout',
  async ({ emulator, signIn }) => {
    spreadAfter(applicationOf(emulator), 4_000);
    const step = await signIn({ inputs: { sessions: 'az', timeout: '2', 'wait-for-trust': '60' } });

    expect(step.code, step.stdout).toBe(0);
    const profile = readFileSync(join(step.outputs['azure-config-dir'] ?? '', 'azureProfile.json'), 'utf8');
    expect(profile).toContain(SUBSCRIPTION);
    notStarted();
  },
  { path },
);

scenario(
  'under auto, subscriptions that cannot be read cost az its session and nobody else theirs',
  async ({ emulator, signIn }) => {
    emulator.fault({ service: 'arm', kind: 'status', status: 403, times: null });
    const step = await signIn();

    expect(step.code, step.stdout).toBe(0);
    expect(step.warnings).toEqual([
      expect.stringContaining('The session for az was not set up: subscriptions-unavailable: '),
    ]);
    expect(step.outputs['azure-config-dir']).toBeUndefined();
    // az cannot stand in for it now.
    expect(existsSync(step.outputs['federated-token-file'] ?? '')).toBe(true);
  },
  { path },
);

scenario(
  'az that was named and whose subscriptions cannot be read stops the step',
  async ({ emulator, signIn }) => {
    emulator.fault({ service: 'arm', kind: 'status', status: 403, times: null });
    const step = await signIn({ inputs: { sessions: 'az' } });
    expect(step.error()).toMatch(/^subscriptions-unavailable: .* Resource Manager answered 403/);
    expect([step.outputs, step.variables]).toEqual([{}, {}]);
  },
  { path },
);

scenario('az that was named and is not installed is an input error', async ({ signIn, traffic }) => {
  const step = await signIn({ inputs: { sessions: 'az' } });
  expect(step.error()).toMatch(/^input-invalid: input `sessions` names `az`, and there is no az on PATH/);
  expect(traffic()).toEqual([]);
});

scenario(
  'auto takes over a directory of az in which nobody is signed in, or the same client, and leaves a foreign account alone',
  async ({ job, signIn }) => {
    const own = join(job.home, 'az');
    mkdirSync(own);
    const env = { AZURE_CONFIG_DIR: own };
    const first = await signIn({ env });
    expect(first.warnings).toEqual([]);
    expect(first.variables['AZURE_CONFIG_DIR']).toBe(first.outputs['azure-config-dir']);

    const again = await signIn({ env: { AZURE_CONFIG_DIR: first.outputs['azure-config-dir'] ?? '' } });
    expect(again.warnings).toEqual([]);
    expect(again.variables['AZURE_CONFIG_DIR']).toBe(again.outputs['azure-config-dir']);
    expect(again.variables['AZURE_CONFIG_DIR']).not.toBe(first.outputs['azure-config-dir']);

    const foreign = { isDefault: true, tenantId: 't', user: { name: 'somebody', type: 'user' } };
    writeFileSync(join(own, 'azureProfile.json'), `\uFEFF${JSON.stringify({ subscriptions: [foreign] })}`);
    const second = await signIn({ env });
    expect(second.warnings).toEqual([
      expect.stringContaining('The session for az was not set up: this job has set AZURE_CONFIG_DIR'),
    ]);
    notStarted();
  },
  { path },
);

scenario(
  'az that is told by a variable to encrypt its session is started, for its files are not known then',
  async ({ signIn }) => {
    const plain = await signIn({ env: { AZURE_CORE_ENCRYPT_TOKEN_CACHE: 'false' } });
    expect(plain.code, plain.stdout).toBe(0);
    notStarted();
    const encrypted = await signIn({ env: { AZURE_CORE_ENCRYPT_TOKEN_CACHE: 'true' } });
    expect(encrypted.code, encrypted.stdout).toBe(0);
    expect(existsSync(join(machine, 'started'))).toBe(true);
    rmSync(join(machine, 'started'));
  },
  { path },
);

scenario(
  'a cloud that the job names by a variable, which az heeds first, is replaced only if az was named',
  async ({ signIn }) => {
    const same = await signIn({ env: { AZURE_CLOUD_NAME: 'azurecloud' } });
    expect([same.warnings, same.variables['AZURE_CLOUD_NAME']]).toEqual([[], 'AzureCloud']);
    const without = await signIn({ env: { AZURE_CLOUD_NAME: undefined } });
    expect([without.warnings, without.variables['AZURE_CLOUD_NAME']]).toEqual([[], undefined]);

    const env = { AZURE_CLOUD_NAME: 'AzureUSGovernment' };
    const left = await signIn({ env });
    expect(left.warnings).toEqual([
      'The session for az was not set up: this job has set AZURE_CLOUD_NAME to something else. To replace that, name az in `sessions`.',
    ]);
    expect(left.outputs['azure-config-dir']).toBeUndefined();

    const named = await signIn({ env, inputs: { sessions: 'az' } });
    expect(named.notices).toEqual(['The session for az replaces what this job had set in AZURE_CLOUD_NAME.']);
    expect(named.variables['AZURE_CLOUD_NAME']).toBe('AzureCloud');
    notStarted();
  },
  { path },
);
