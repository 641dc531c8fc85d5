import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario(
  'leaves what the SDKs and Terraform read, with the ID token in a private file',
  async ({ emulator, signIn }) => {
    const subscription = '99999999-9999-4999-8999-999999999991';
    const step = await signIn({ inputs: { 'subscription-id': subscription } });

    expect(step.code, step.stdout).toBe(0);
    const file = step.outputs['federated-token-file'] ?? '';
    expect(step.variables).toEqual({
      AZURE_CLIENT_ID: 'aaaaaaaa-0000-4000-8000-000000000001',
      AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
      AZURE_FEDERATED_TOKEN_FILE: file,
      ARM_USE_OIDC: 'true',
      ARM_CLIENT_ID: 'aaaaaaaa-0000-4000-8000-000000000001',
      ARM_TENANT_ID: '11111111-1111-4111-8111-111111111111',
      ARM_SUBSCRIPTION_ID: subscription,
      ARM_ENVIRONMENT: 'public',
    });
    const presented = emulator.requests()[1]?.form?.['client_assertion'];
    expect(readFileSync(file, 'utf8')).toBe(presented);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(file))).toEqual(['federated-token']);
  },
);
