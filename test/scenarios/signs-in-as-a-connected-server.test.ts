import { expect } from 'vitest';
import { leaveOut } from '../harness/left-out.ts';
import { scenario } from '../harness/scenario.ts';

const inputs = { 'client-id': '', 'tenant-id': '', sessions: 'none' };
// Where the agent keeps its keys, which only root can make.
const canKeepKeys = process.platform === 'linux' && process.getuid?.() === 0;

if (canKeepKeys) {
  scenario(
    "a server of Azure Arc signs in by its own identity, with the agent's key",
    async ({ signIn }) => {
      const step = await signIn({ inputs: { ...inputs, 'identity-source': 'direct-managed-identity' } });
      expect(step.code, step.stdout).toBe(0);
      expect(step.outputs['client-id']).toBe('dddddddd-0000-4000-8000-000000000053');
    },
    { on: 'arc' },
  );

  scenario(
    'an agent that gives its own identity whichever is asked for is not believed',
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
  leaveOut(
    'a server of Azure Arc signs in',
    'the keys of Azure Arc cannot be written (they need root, on Linux)',
  );
}
