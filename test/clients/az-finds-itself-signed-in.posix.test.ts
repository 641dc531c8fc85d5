import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { SUBSCRIPTION } from '../../src/emulator/seed.ts';
import { ACCESS_TOKEN, ID_TOKEN } from '../harness/scenario.ts';
import { application } from '../harness/validation.ts';
import { writeExtension } from './az-extension.ts';
import { azScenario } from './az-session.ts';

const GROUPS = `GET management.azure.com/subscriptions/${SUBSCRIPTION}/resourcegroups → 200`;
const SUBSCRIPTIONS = 'GET management.azure.com → 200';

/** All files below a directory, with their contents. */
function snapshot(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(directory, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

azScenario('shows the account and lists groups, with one request each', async (scene) => {
  const { az, asked, signIn, traffic } = scene;
  const step = await signIn();

  expect(step.warnings).toEqual([]);
  expect(traffic()).toEqual([ID_TOKEN, ACCESS_TOKEN, SUBSCRIPTIONS]);
  expect(await az('account', 'show')).toMatchObject({
    id: SUBSCRIPTION,
    name: 'Octo production',
    environmentName: 'AzureCloud',
    isDefault: true,
    user: { name: application(1), type: 'servicePrincipal' },
  });
  expect(asked()).toEqual([]);
  expect(await az('group', 'list', '--query', '[].name')).toEqual(['octo-rg', 'octo-network']);
  // MSAL reads the metadata of its tenant once; the token is the one that the step obtained.
  expect(asked().at(-1)).toBe(GROUPS);
  expect(asked().join()).not.toContain('/token');
});

azScenario('gives out the tokens of the step, in either spelling of the resource', async (scene) => {
  const { az, asked, signIn } = scene;
  const { outputs } = await signIn({ inputs: { tokens: 'graph\nvault=keyvault', sessions: 'az' } });
  const tokens = JSON.parse(outputs['tokens'] ?? '');

  for (const [name, resource] of [
    ['graph', 'https://graph.microsoft.com/'],
    ['graph', 'https://graph.microsoft.com'],
    ['vault', 'https://vault.azure.net'],
  ]) {
    const given = await az('account', 'get-access-token', '--resource', resource ?? '');
    expect(given).toMatchObject({ accessToken: tokens[name ?? ''], tenant: expect.any(String) });
  }
  expect(asked().join()).not.toContain('/token');
});

azScenario('gets a token for another audience while the ID token lives', async ({ az, asked, signIn }) => {
  await signIn();
  const given = await az('account', 'get-access-token', '--resource', 'https://storage.azure.com');
  expect(given).toMatchObject({ tokenType: 'Bearer' });
  expect(asked().join()).toContain('/oauth2/v2.0/token → 200');
});

azScenario("takes over the user's config and extensions, and changes nothing of them", async (scene) => {
  const { az, job, signIn } = scene;
  const own = join(job.home, '.azure');
  writeExtension(own);
  const config = '[defaults]\ngroup = octo-network\n\n[cloud]\nname = AzureChinaCloud\n';
  writeFileSync(join(own, 'config'), config);
  mkdirSync(join(own, 'bin'));
  writeFileSync(join(own, 'bin', 'bicep'), '#!/bin/sh\necho bicep of the user\n', { mode: 0o755 });
  const before = snapshot(own);
  const step = await signIn();

  expect(step.warnings).toEqual([]);
  expect(await az('greet')).toBe('good morning');
  expect(await az('account', 'show', '--query', 'environmentName')).toBe('AzureCloud');
  expect(await az('group', 'show', '--query', 'name')).toBe('octo-network');
  const directory = step.outputs['azure-config-dir'] ?? '';
  expect(readFileSync(join(directory, 'bin', 'bicep'), 'utf8')).toContain('bicep of the user');
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  await job.post(step);
  expect(snapshot(own)).toEqual(before);
});

azScenario('keeps two sign-ins of one job apart', async ({ az, emulator, job, signIn }) => {
  const first = await signIn({ inputs: { sessions: 'az' } });
  const second = await signIn({ inputs: { sessions: 'az', 'client-id': application(16) } });
  const name = async (step: typeof first) => {
    job.exported['AZURE_CONFIG_DIR'] = step.outputs['azure-config-dir'] ?? '';
    return az('account', 'show', '--query', 'user.name');
  };

  expect(second.notices).toEqual([
    expect.stringContaining('replaces what this job had set in AZURE_CONFIG_DIR'),
  ]);
  expect([await name(first), await name(second)]).toEqual([application(1), application(16)]);
  await job.post(second);
  expect(await name(first)).toBe(application(1));
  expect(emulator.refusals()).toEqual([]);
});

for (const { cloud, tenant, client, host } of [
  {
    cloud: 'AzureUSGovernment',
    tenant: '33333333-3333-4333-8333-333333333333',
    client: application(31),
    host: 'usgovcloudapi.net',
  },
  {
    cloud: 'AzureChinaCloud',
    tenant: '44444444-4444-4444-8444-444444444444',
    client: application(41),
    host: 'chinacloudapi.cn',
  },
])
  azScenario(`is signed in to ${cloud}, with the token of the step`, async ({ az, asked, signIn }) => {
    await signIn({ inputs: { cloud, 'tenant-id': tenant, 'client-id': client } });
    expect(await az('account', 'show', '--query', 'environmentName')).toBe(cloud);
    expect(await az('cloud', 'show', '--query', 'endpoints.resourceManager')).toContain(host);
    expect(await az('account', 'get-access-token', '--query', 'tokenType')).toBe('Bearer');
    expect(asked().join()).not.toContain('/token');
  });

for (const [form, inputs] of [
  ['as a service principal', { sessions: 'az' }],
  ['by the endpoint', { sessions: 'az', 'keep-alive': 'true' }],
] as const)
  azScenario(`${form}: is signed in to the cloud of the step, whatever the job had named`, async (scene) => {
    scene.job.exported['AZURE_CLOUD_NAME'] = 'AzureUSGovernment';
    await scene.signIn({ inputs });
    expect(await scene.az('account', 'show', '--query', 'environmentName')).toBe('AzureCloud');
  });

const STACK = 'https://management.local.azurestack.external';
const AIRGAP = {
  cloud: 'https://management.airgap.octo.example',
  'tenant-id': '55555555-5555-4555-8555-555555555555',
  'client-id': application(81),
  audience: 'api://OctoTokenExchange',
};

azScenario('is signed in to Azure Stack Hub, and finds its services', async ({ az, asked, signIn }) => {
  await signIn({ inputs: { cloud: STACK } });
  expect(await az('account', 'show', '--query', 'environmentName')).toBe('CustomCloud');
  expect(await az('cloud', 'show', '--query', 'endpoints.resourceManager')).toBe(STACK);
  expect(await az('group', 'list', '--query', '[].name')).toEqual(['octo-rg', 'octo-network']);
  expect(asked().join()).not.toContain('/token');
});

azScenario('in a custom cloud keep-alive serves az, too', async ({ az, signIn }) => {
  await signIn({ inputs: { cloud: STACK, 'keep-alive': 'true' } });
  expect(await az('group', 'list', '--query', '[].name')).toEqual(['octo-rg', 'octo-network']);
});

azScenario(
  'in a cloud with an authority of its own it has to know of such',
  async ({ az, signIn, start }) => {
    await signIn({ inputs: AIRGAP });
    expect(await az('cloud', 'show', '--query', 'name')).toBe('OctoAirgap');
    const { code, stderr } = await start('account', 'get-access-token');
    // Debian's has no `core.instance_discovery` yet: it asks for more than the files can say.
    if (String(await az('version', '--query', '"azure-cli"')).startsWith('2.45.'))
      expect(stderr).toContain('is not whitelisted');
    else expect(code, stderr).toBe(0);
    await signIn({ inputs: { ...AIRGAP, 'keep-alive': 'true', sessions: 'az' } });
    expect(await az('account', 'get-access-token', '--query', 'tokenType')).toBe('Bearer');
  },
);

azScenario('asks an endpoint for every token with keep-alive', async (scene) => {
  const { az, asked, job, signIn } = scene;
  const step = await signIn({ inputs: { 'keep-alive': 'true' } });

  expect(await az('account', 'show', '--query', 'user.assignedIdentityInfo')).toBe(
    `MSIClient-${application(1)}`,
  );
  expect(await az('group', 'list', '--query', '[].name')).toEqual(['octo-rg', 'octo-network']);
  expect(asked()).toEqual([GROUPS]);
  const given = await az('account', 'get-access-token', '--resource', 'https://vault.azure.net');
  expect(given).toMatchObject({ tokenType: 'Bearer' });
  // No secret of az's lies on the disk.
  const directory = step.outputs['azure-config-dir'] ?? '';
  expect(readdirSync(directory).filter((name) => /service_principal|msal_token_cache/.test(name))).toEqual(
    [],
  );
  const post = await job.post(step);
  expect(post.log[0]).toMatch(/^Keep-alive: [2-9] tokens served in .*, 1 exchange, none failed\.$/);
});
