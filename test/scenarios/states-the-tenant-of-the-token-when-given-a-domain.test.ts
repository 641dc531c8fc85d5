import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario('states the tenant id of the token when the tenant was given as a domain', async ({ signIn }) => {
  const step = await signIn({ inputs: { 'tenant-id': 'Contoso.com' } });

  expect(step.code, step.stdout).toBe(0);
  expect(step.outputs['tenant-id']).toBe('11111111-1111-4111-8111-111111111111');
  expect(step.variables['AZURE_TENANT_ID']).toBe('11111111-1111-4111-8111-111111111111');
});
