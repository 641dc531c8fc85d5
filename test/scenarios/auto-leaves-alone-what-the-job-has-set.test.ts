import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

const FOREIGN = { AZURE_CLIENT_ID: 'ffffffff-0000-4000-8000-00000000000f', ARM_TENANT_ID: 'other.example' };

scenario(
  'sessions: auto leaves a client alone whose variables the job has set, and warns',
  async ({ emulator, signIn }) => {
    const step = await signIn({ env: FOREIGN });

    expect(step.code, step.stdout).toBe(0);
    expect(step.variables).toEqual({});
    expect(emulator.issued()).toContain(step.outputs['access-token']);
    expect(step.warnings).toEqual([
      expect.stringContaining('terraform was not set up: this job has set ARM_TENANT_ID'),
      expect.stringContaining('sdk was not set up: this job has set AZURE_CLIENT_ID'),
    ]);
  },
);

scenario('a client that is named is set over what the job has set, with a notice', async ({ signIn }) => {
  const step = await signIn({ inputs: { sessions: 'sdk' }, env: FOREIGN });

  expect(step.code, step.stdout).toBe(0);
  expect(step.variables['AZURE_CLIENT_ID']).toBe('aaaaaaaa-0000-4000-8000-000000000001');
  expect(Object.keys(step.variables).some((name) => name.startsWith('ARM_'))).toBe(false);
  expect(step.notices).toEqual([
    expect.stringContaining('replaces what this job had set in AZURE_CLIENT_ID'),
  ]);
});

scenario('warns of a secret in the environment that a client prefers to the sign-in', async ({ signIn }) => {
  const step = await signIn({ env: { AZURE_CLIENT_SECRET: 'x', ARM_OIDC_TOKEN: 'y' } });

  expect(step.code).toBe(0);
  expect(step.warnings).toEqual([
    'ARM_OIDC_TOKEN is set in this job, and terraform prefers it to this sign-in.',
    'AZURE_CLIENT_SECRET is set in this job, and sdk prefers it to this sign-in.',
  ]);
});

scenario('says that a subscription of another sign-in stays in force', async ({ signIn }) => {
  const env = {
    ARM_CLIENT_ID: 'ffffffff-0000-4000-8000-00000000000f',
    ARM_SUBSCRIPTION_ID: '99999999-9999-4999-8999-999999999999',
  };
  const step = await signIn({ inputs: { sessions: 'terraform' }, env });
  expect(step.warnings).toEqual([
    expect.stringContaining('ARM_SUBSCRIPTION_ID stays as this job has set it'),
  ]);
});

scenario('takes the same value in another spelling for the same', async ({ signIn }) => {
  const env = { AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com', ARM_USE_OIDC: 'True' };
  const step = await signIn({ env });
  expect(step.warnings).toEqual([]);
  expect(Object.keys(step.variables)).toContain('AZURE_CLIENT_ID');
});
