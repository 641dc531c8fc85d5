import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario('signs in a user-assigned managed identity, whose tokens live for a day', async ({ signIn }) => {
  const step = await signIn({ inputs: { 'client-id': 'dddddddd-0000-4000-8000-000000000001' } });

  expect(step.code, step.stdout).toBe(0);
  expect(step.outputs['principal-id']).toBe('eeeeeeee-0000-4000-8000-000000000001');
  const hours = (Date.parse(step.outputs['expires-on'] ?? '') - Date.now()) / 3_600_000;
  expect(Math.round(hours)).toBe(24);
});
