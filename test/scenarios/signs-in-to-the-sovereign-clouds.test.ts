import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

const CLOUDS = [
  {
    cloud: 'AzureUSGovernment',
    tenant: '33333333-3333-4333-8333-333333333333',
    client: 'aaaaaaaa-0000-4000-8000-000000000031',
    host: 'login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
    scope: 'https://management.core.usgovcloudapi.net//.default',
    terraform: 'usgovernment',
  },
  {
    cloud: 'AzureChinaCloud',
    tenant: '44444444-4444-4444-8444-444444444444',
    client: 'aaaaaaaa-0000-4000-8000-000000000041',
    host: 'login.partner.microsoftonline.cn',
    audience: 'api://AzureADTokenExchangeChina',
    scope: 'https://management.core.chinacloudapi.cn//.default',
    terraform: 'china',
  },
];

for (const { cloud, tenant, client, host, audience, scope, terraform } of CLOUDS) {
  scenario(`signs in to ${cloud} with its own audience and hosts`, async ({ emulator, signIn }) => {
    const step = await signIn({ inputs: { cloud, 'tenant-id': tenant, 'client-id': client } });

    expect(step.code, step.stdout).toBe(0);
    const [idToken, token] = emulator.requests();
    expect(idToken?.query['audience']).toBe(audience);
    expect(token).toMatchObject({ host, form: { scope } });
    expect(step.variables).toMatchObject({
      AZURE_AUTHORITY_HOST: `https://${host}/`,
      ARM_ENVIRONMENT: terraform,
    });
  });
}
