import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { askGoogle, GOOGLE_IDENTITY } from '../emulator/local.ts';
import { scenario } from '../harness/scenario.ts';
import { FETCH_USES_PROXY, runProgram } from './program.ts';

const AUDIENCE = 'api://AzureADTokenExchange';

for (const cluster of ['aks', 'eks', 'gke', 'self-managed']) {
  scenario(
    `jose verifies the token of a service account: ${cluster}`,
    async ({ emulator, job, projected }) => {
      const { issuer = '' } = emulator.state.workloads.clusters.find(({ name }) => name === cluster) ?? {};
      const TOKEN = readFileSync(await projected({ cluster }), 'utf8');
      const env = { ...FETCH_USES_PROXY, ISSUER: issuer, AUDIENCE, TOKEN };
      const outcome = await runProgram(job, 'verify', env);
      expect(outcome).toMatchObject({ claims: { sub: 'system:serviceaccount:octo:deployer' } });
    },
  );
}

scenario(
  'jose verifies the token of a Google instance, which says no time before which',
  async ({ emulator, job }) => {
    const { text: TOKEN } = await askGoogle(emulator, `${GOOGLE_IDENTITY}?audience=${AUDIENCE}&format=full`);
    const env = { ...FETCH_USES_PROXY, ISSUER: 'https://accounts.google.com', AUDIENCE, TOKEN };
    const outcome = await runProgram(job, 'verify', { ...env, REQUIRED: 'iat exp sub' });
    expect(outcome).toMatchObject({ claims: { sub: '104920480235981234567' } });
  },
);

scenario(
  'WorkloadIdentityCredential presents the token of its pod',
  async ({ job, traffic }) => {
    const outcome = await runProgram(job, 'session', {
      CREDENTIAL: 'WorkloadIdentityCredential',
      SCOPE: 'https://management.azure.com/.default',
    });
    expect(outcome).toMatchObject({ claims: { app_displayname: 'octo-from-kubernetes' } });
    expect(traffic()).toEqual(['POST login.microsoftonline.com → 200']);
  },
  { on: 'kubernetes' },
);
