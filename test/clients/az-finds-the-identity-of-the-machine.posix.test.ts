import { expect } from 'vitest';
import { MSAL_AZ } from './az-machines.ts';
import { azScenario } from './az-session.ts';

const SYSTEM = 'dddddddd-0000-4000-8000-000000000052';
const ONE = 'dddddddd-0000-4000-8000-000000000001';
const inputs = { 'identity-source': 'direct-managed-identity', 'client-id': '', 'tenant-id': '' };

// Older ones ask the metadata service of Azure at its own address alone, where no test may go.
azScenario(
  'asks for the system-assigned identity by naming none',
  async ({ az, emulator, signIn }) => {
    const step = await signIn({ inputs });
    expect(step.code, step.stdout).toBe(0);
    expect(step.outputs['client-id']).toBe(SYSTEM);
    expect(await az('account', 'show', '--query', 'user')).toMatchObject({
      name: 'systemAssignedIdentity',
      assignedIdentityInfo: 'MSI',
    });
    const given = await az(
      'account',
      'get-access-token',
      '--resource',
      'https://vault.azure.net',
      '--query',
      'accessToken',
    );
    expect(emulator.issued()).toContain(given);
  },
  { on: 'app-service' },
  MSAL_AZ,
);

azScenario(
  'asks for a user-assigned identity by its client id, however it was named',
  async ({ az, emulator, signIn }) => {
    const source = 'direct-managed-identity:object-id=eeeeeeee-0000-4000-8000-000000000001';
    const step = await signIn({ inputs: { ...inputs, 'identity-source': source } });
    expect(step.code, step.stdout).toBe(0);
    expect(await az('account', 'show', '--query', 'user.assignedIdentityInfo')).toBe(`MSIClient-${ONE}`);
    const given = await az('account', 'get-access-token', '--query', 'accessToken');
    expect(emulator.issued()).toContain(given);
  },
  { on: 'app-service' },
  MSAL_AZ,
);
