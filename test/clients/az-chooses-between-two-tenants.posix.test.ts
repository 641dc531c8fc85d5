import { expect } from 'vitest';
import type { StepResult } from '../../src/emulator/runner/job.ts';
import { MSAL_AZ } from './az-machines.ts';
import { azScenario } from './az-session.ts';

const CONTOSO = '11111111-1111-4111-8111-111111111111';
const FABRIKAM = '22222222-2222-4222-8222-222222222222';
const KEPT = { sessions: 'az', 'keep-alive': 'true' };

// The recipe "Several tenants and identities". Older versions of az find their endpoint by MSI_ENDPOINT, which has no output.
azScenario(
  'a job that signs in to two tenants chooses by the outputs of either, and one may have no subscription',
  async ({ az, emulator, job, signIn }) => {
    const fabrikam = emulator.state.tenants.find(({ id }) => id === FABRIKAM);
    if (fabrikam) fabrikam.policies = {};
    const source = await signIn({ inputs: KEPT });
    const inputs = { ...KEPT, 'client-id': 'aaaaaaaa-0000-4000-8000-000000000021', 'tenant-id': FABRIKAM };
    const target = await signIn({ inputs });
    expect(target.warnings.join()).toContain('Signed in, but no subscription is visible');
    const choose = ({ outputs }: StepResult) =>
      Object.assign(job.exported, {
        AZURE_CONFIG_DIR: outputs['azure-config-dir'],
        IDENTITY_ENDPOINT: outputs['identity-endpoint'],
        IDENTITY_HEADER: outputs['identity-header'],
      });
    for (const [step, tenant] of [
      [source, CONTOSO],
      [target, FABRIKAM],
      [source, CONTOSO],
    ] as const) {
      choose(step);
      expect(await az('account', 'show', '--query', 'tenantId')).toBe(tenant);
      const token = String(await az('account', 'get-access-token', '--query', 'accessToken'));
      const [, claims = ''] = token.split('.');
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ tid: tenant });
    }
    choose(source);
    expect(await az('group', 'list', '--query', '[].name')).toEqual(['octo-rg', 'octo-network']);
  },
  {},
  MSAL_AZ,
);
