import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

const TENANTS = {
  AzureCloud: '11111111-1111-4111-8111-111111111111',
  AzureUSGovernment: '33333333-3333-4333-8333-333333333333',
  AzureChinaCloud: '44444444-4444-4444-8444-444444444444',
};
type Cloud = keyof typeof TENANTS;

const WRONG: readonly (readonly [Cloud, Cloud, 90002 | 90038 | 900382 | 900439])[] = [
  ['AzureUSGovernment', 'AzureCloud', 900439],
  ['AzureChinaCloud', 'AzureCloud', 90002],
  ['AzureCloud', 'AzureUSGovernment', 90002],
  ['AzureCloud', 'AzureChinaCloud', 90038],
  ['AzureChinaCloud', 'AzureUSGovernment', 900382],
];

for (const [own, cloud, code] of WRONG)
  scenario(
    `AADSTS${code}: a tenant of ${own} that is asked for in ${cloud}`,
    async ({ emulator, signIn, traffic }) => {
      const tenant = emulator.state.tenants.find(({ id }) => id === TENANTS[own]);
      if (tenant) tenant.policies = { ...tenant.policies, crossCloudCode: code };
      const step = await signIn({ inputs: { cloud, 'tenant-id': TENANTS[own] } });
      expect(step.error()).toMatch(
        new RegExp(
          `^AADSTS${code}: the tenant '${TENANTS[own]}' is one of ${own}, and was asked for in ${cloud}\\.`,
        ),
      );
      expect(step.error()).toContain(`cloud: ${own}`);
      // What goes to the other clouds is a question about a public document, and nothing else.
      const [, exchange, ...lookups] = emulator.requests();
      expect(exchange?.method).toBe('POST');
      expect(lookups.length).toBeGreaterThan(0);
      for (const { method, form, query } of lookups) expect([method, form, query]).toEqual(['GET', null, {}]);
      expect(traffic().filter((line) => line.startsWith('POST'))).toHaveLength(1);
    },
  );

scenario('a tenant that is in no cloud stays unknown', async ({ signIn }) => {
  const step = await signIn({ inputs: { 'tenant-id': '99999999-9999-4999-8999-999999999999' } });
  expect(step.error()).toMatch(/^AADSTS90002: there is no tenant '99999999-9999-4999-8999-999999999999'/);
});

scenario('what cannot be looked up is not guessed', async ({ emulator, signIn }) => {
  emulator.fault({ service: 'entra-discovery', kind: 'status', status: 503, times: 9 });
  const step = await signIn({ inputs: { 'tenant-id': TENANTS.AzureChinaCloud } });
  expect(step.error()).toMatch(/^AADSTS90002: there is no tenant /);
});

scenario("another cloud's audience is called by the name of that cloud", async ({ signIn }) => {
  const step = await signIn({ inputs: { audience: 'api://AzureADTokenExchangeChina' } });
  expect(step.error()).toMatch(/^AADSTS700212: /);
  expect(step.error()).toContain(
    'api://AzureADTokenExchangeChina is the audience of AzureChinaCloud; in AzureCloud credentials name api://AzureADTokenExchange.',
  );
});
