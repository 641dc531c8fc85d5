import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario(
  'masks client, tenant and subscription ids when asked, and prints none',
  async ({ emulator, signIn }) => {
    const { AZURE_CLIENT_ID = '', AZURE_TENANT_ID = '', AZURE_SUBSCRIPTION_ID = '' } = emulator.env;
    const step = await signIn({ inputs: { 'mask-ids': 'true', 'subscription-id': AZURE_SUBSCRIPTION_ID } });

    expect(step.code).toBe(0);
    for (const id of [AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_SUBSCRIPTION_ID]) {
      expect(step.masks).toContain(id);
      expect(step.log.join() + step.summary).not.toContain(id);
    }
  },
);

scenario(
  'masks ids as they were written, and the tenant that a domain stands for',
  async ({ emulator, signIn }) => {
    const client = (emulator.env['AZURE_CLIENT_ID'] ?? '').toUpperCase();
    const step = await signIn({
      inputs: { 'mask-ids': 'true', 'client-id': client, 'tenant-id': 'Contoso.com' },
    });

    expect(step.code, step.stdout).toBe(0);
    const tenant = '11111111-1111-4111-8111-111111111111';
    for (const id of [client, client.toLowerCase(), 'Contoso.com', tenant]) expect(step.masks).toContain(id);
    expect(step.log.join() + step.summary).not.toContain(tenant);
  },
);
