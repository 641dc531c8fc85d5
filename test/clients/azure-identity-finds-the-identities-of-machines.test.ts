import { expect } from 'vitest';
import { arcKeysCanBeWritten } from '../../src/emulator/workloads/arc.ts';
import { leaveOut } from '../harness/left-out.ts';
import { scenario } from '../harness/scenario.ts';
import { runProgram } from './program.ts';

const SCOPE = 'https://management.azure.com/.default';
const GROUP = '/subscriptions/99999999-9999-4999-8999-999999999991/resourceGroups/octo-rg';
const NAMED = {
  'client id': { CLIENT: 'dddddddd-0000-4000-8000-000000000001' },
  'object id': { OBJECT: 'eeeeeeee-0000-4000-8000-000000000001' },
  'resource id': {
    RESOURCE: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/octo-identity`,
  },
};

const WORKLOADS = [
  { on: 'azure-vm', service: 'imds', own: 'eeeeeeee-0000-4000-8000-000000000051' },
  { on: 'app-service', service: 'app-service', own: 'eeeeeeee-0000-4000-8000-000000000052' },
] as const;

for (const { on, service, own } of WORKLOADS) {
  scenario(
    `ManagedIdentityCredential is the machine's own identity: ${on}`,
    async ({ emulator, job }) => {
      const outcome = await runProgram(job, 'managed-identity', { SCOPE });
      expect(outcome).toMatchObject({ claims: { oid: own, aud: 'https://management.azure.com' } });
      const { claims, expires } = outcome as { claims: { exp: number }; expires: number };
      expect(Math.abs(claims.exp - expires)).toBeLessThan(10);
      expect(emulator.requests().map((request) => [request.service, request.status])).toEqual([
        [service, 200],
      ]);
    },
    { on },
  );

  for (const [by, variables] of Object.entries(NAMED)) {
    scenario(
      `ManagedIdentityCredential finds an identity by its ${by}: ${on}`,
      async ({ job }) => {
        const outcome = await runProgram(job, 'managed-identity', { SCOPE, ...variables });
        expect(outcome).toMatchObject({ claims: { oid: 'eeeeeeee-0000-4000-8000-000000000001' } });
      },
      { on },
    );
  }

  scenario(
    `ManagedIdentityCredential tells of an identity that is not assigned: ${on}`,
    async ({ job }) => {
      const CLIENT = 'dddddddd-0000-4000-8000-000000000099';
      const outcome = await runProgram(job, 'managed-identity', { SCOPE, CLIENT });
      expect(outcome).toMatchObject({
        error: { message: expect.stringMatching(/not found|No User Assigned/i) },
      });
    },
    { on },
  );
}

scenario(
  'DefaultAzureCredential finds the identity of a virtual machine',
  async ({ job }) => {
    const CREDENTIAL = 'DefaultAzureCredential';
    const outcome = await runProgram(job, 'managed-identity', { SCOPE, CREDENTIAL });
    expect(outcome).toMatchObject({ claims: { oid: 'eeeeeeee-0000-4000-8000-000000000051' } });
  },
  { on: 'azure-vm' },
);

const OWN_OF_ARC = 'ManagedIdentityCredential reads the key of a connected server';
const OTHER_OF_ARC =
  'ManagedIdentityCredential does not take the identity of a connected server for another one';

if (await arcKeysCanBeWritten()) {
  scenario(
    OWN_OF_ARC,
    async ({ emulator, job }) => {
      const outcome = await runProgram(job, 'managed-identity', { SCOPE });
      expect(outcome).toMatchObject({ claims: { oid: 'eeeeeeee-0000-4000-8000-000000000053' } });
      expect(emulator.requests().map(({ status }) => status)).toEqual([401, 200]);
    },
    { on: 'arc' },
  );

  scenario(
    OTHER_OF_ARC,
    async ({ emulator, job }) => {
      const CLIENT = 'dddddddd-0000-4000-8000-000000000001';
      const refused = await runProgram(job, 'managed-identity', { SCOPE, CLIENT });
      expect(refused).toMatchObject({ error: { message: expect.any(String) } });
      emulator.state.workloads.azure.arc.userAssigned = [CLIENT];
      const outcome = await runProgram(job, 'managed-identity', { SCOPE, CLIENT });
      expect(outcome).toMatchObject({ claims: { oid: 'eeeeeeee-0000-4000-8000-000000000001' } });
    },
    { on: 'arc' },
  );
} else {
  for (const sentence of [OWN_OF_ARC, OTHER_OF_ARC])
    leaveOut(sentence, 'the keys of Azure Arc cannot be written (they need root, on Linux)');
}
