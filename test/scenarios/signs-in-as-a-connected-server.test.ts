import { expect } from 'vitest';
import { arcKeysCanBeWritten } from '../../src/emulator/workloads/arc.ts';
import { leaveOut } from '../harness/left-out.ts';
import { scenario } from '../harness/scenario.ts';

const inputs = { 'client-id': '', 'tenant-id': '', sessions: 'none' };
const OWN = "a server of Azure Arc signs in by its own identity, with the agent's key";
const OTHER = 'an agent that gives its own identity whichever is asked for is not believed';

if (await arcKeysCanBeWritten()) {
  scenario(
    OWN,
    async ({ signIn }) => {
      const step = await signIn({ inputs: { ...inputs, 'identity-source': 'direct-managed-identity' } });
      expect(step.code, step.stdout).toBe(0);
      expect(step.outputs['client-id']).toBe('dddddddd-0000-4000-8000-000000000053');
    },
    { on: 'arc' },
  );

  scenario(
    OTHER,
    async ({ signIn }) => {
      const source = 'direct-managed-identity:dddddddd-0000-4000-8000-000000000001';
      const step = await signIn({ inputs: { ...inputs, 'identity-source': source } });
      expect(step.error()).toMatch(
        /^identity-not-assigned: a machine of Azure Arc has its system-assigned identity only/,
      );
      expect(step.outputs).toEqual({});
    },
    { on: 'arc' },
  );
} else {
  for (const sentence of [OWN, OTHER])
    leaveOut(sentence, 'the keys of Azure Arc cannot be written (they need root, on Linux)');
}
