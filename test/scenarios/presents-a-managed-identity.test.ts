import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

const CONTOSO = '11111111-1111-4111-8111-111111111111';
const FABRIKAM = '22222222-2222-4222-8222-222222222222';
const APPLICATION = 'aaaaaaaa-0000-4000-8000-000000000051';
const PRINCIPAL = 'eeeeeeee-0000-4000-8000-000000000051';
const ISSUER = `https://login.microsoftonline.com/${CONTOSO}/v2.0`;
const inputs = { 'identity-source': 'managed-identity', 'client-id': APPLICATION, 'tenant-id': CONTOSO };

for (const on of ['azure-vm', 'app-service'] as const)
  scenario(
    `the identity of the machine (${on}) stands for an application`,
    async ({ emulator, signIn }) => {
      const step = await signIn({ inputs });
      expect(step.code, step.stdout).toBe(0);
      expect(step.outputs).toMatchObject({ 'client-id': APPLICATION, issuer: ISSUER });
      expect(step.summary).toContain('managed identity');
      const [asked] = emulator.requests();
      expect(asked?.query['resource']).toBe('api://AzureADTokenExchange');
      // The file for the SDKs holds the assertion, and lives as long as that.
      expect(step.variables).toHaveProperty('AZURE_FEDERATED_TOKEN_FILE');
      expect(step.variables['ARM_OIDC_TOKEN_FILE_PATH']).toBe(step.variables['AZURE_FEDERATED_TOKEN_FILE']);
    },
    { on },
  );

scenario(
  'an application of the same tenant signs in to another one',
  async ({ signIn }) => {
    const step = await signIn({ inputs: { ...inputs, 'tenant-id': FABRIKAM } });
    expect(step.code, step.stdout).toBe(0);
    expect(step.outputs['tenant-id']).toBe(FABRIKAM);
  },
  { on: 'azure-vm' },
);

scenario(
  'require-claims is checked on the assertion before it goes anywhere',
  async ({ signIn, traffic }) => {
    const step = await signIn({ inputs: { ...inputs, 'require-claims': `sub!=${PRINCIPAL}` } });
    expect(step.error()).toMatch(/^guard-claim: /);
    expect(traffic().filter((line) => line.includes('POST'))).toEqual([]);
  },
  { on: 'azure-vm' },
);

scenario(
  'an application that trusts another identity refuses, and what was presented is said',
  async ({ emulator, signIn }) => {
    emulator.state.workloads.azure.vm.systemAssigned = null;
    const source = 'managed-identity:dddddddd-0000-4000-8000-000000000002';
    const step = await signIn({ inputs: { ...inputs, 'identity-source': source } });
    expect(step.error()).toMatch(/^AADSTS700213: /);
    expect(step.error()).toContain('eeeeeeee-0000-4000-8000-000000000002');
    expect(step.error()).not.toMatch(/repository|environment:/);
  },
  { on: 'azure-vm' },
);
