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
