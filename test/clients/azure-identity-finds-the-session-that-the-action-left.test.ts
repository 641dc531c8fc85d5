import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';
import { runProgram } from './program.ts';

const CLOUDS = [
  {
    cloud: 'AzureCloud',
    tenant: '11111111-1111-4111-8111-111111111111',
    client: 'aaaaaaaa-0000-4000-8000-000000000001',
    host: 'login.microsoftonline.com',
    issuer: 'https://sts.windows.net',
    resource: 'https://graph.microsoft.com',
  },
  {
    cloud: 'AzureUSGovernment',
    tenant: '33333333-3333-4333-8333-333333333333',
    client: 'aaaaaaaa-0000-4000-8000-000000000031',
    host: 'login.microsoftonline.us',
    issuer: 'https://sts.windows.net',
    resource: 'https://graph.microsoft.us',
  },
  {
    cloud: 'AzureChinaCloud',
    tenant: '44444444-4444-4444-8444-444444444444',
    client: 'aaaaaaaa-0000-4000-8000-000000000041',
    host: 'login.partner.microsoftonline.cn',
    issuer: 'https://sts.chinacloudapi.cn',
    resource: 'https://microsoftgraph.chinacloudapi.cn',
  },
];

for (const { cloud, tenant, client, host, issuer, resource } of CLOUDS) {
  for (const CREDENTIAL of ['WorkloadIdentityCredential', 'DefaultAzureCredential']) {
    scenario(`${CREDENTIAL} is signed in to ${cloud}`, async ({ emulator, job, signIn }) => {
      const step = await signIn({ inputs: { cloud, 'tenant-id': tenant, 'client-id': client } });
      const before = emulator.requests().length;
      const outcome = await runProgram(job, 'session', { CREDENTIAL, SCOPE: `${resource}/.default` });

      expect(outcome).toMatchObject({
        claims: { aud: resource, iss: `${issuer}/${tenant}/`, tid: tenant, appid: client },
      });
      const requests = emulator.requests().slice(before);
      const assertion = readFileSync(step.outputs['federated-token-file'] ?? '', 'utf8');
      expect(requests).toHaveLength(1);
      expect(requests).toMatchObject([{ method: 'POST', host, form: { client_assertion: assertion } }]);
    });
  }
}

scenario(
  'WorkloadIdentityCredential has nothing to present after the post step',
  async ({ emulator, job, signIn }) => {
    await job.post(await signIn());
    const before = emulator.requests().length;
    const outcome = await runProgram(job, 'session', {
      CREDENTIAL: 'WorkloadIdentityCredential',
      SCOPE: 'https://graph.microsoft.com/.default',
    });

    expect(outcome).toMatchObject({ error: { message: expect.stringContaining('ENOENT') } });
    expect(emulator.requests()).toHaveLength(before);
  },
);
