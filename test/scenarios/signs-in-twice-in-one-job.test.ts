import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario('two sign-ins in one job clean up their own files only', async ({ job, signIn }) => {
  const first = await signIn();
  const again = await signIn();
  expect([first.code, again.code]).toEqual([0, 0]);
  const [one, two] = [first, again].map((step) => step.outputs['federated-token-file'] ?? '');
  expect(one).not.toBe(two);
  // The file of the first was ours, so the renewed session takes its place without a word.
  expect(again.warnings).toEqual([]);
  expect(job.exported['AZURE_FEDERATED_TOKEN_FILE']).toBe(two);

  expect((await job.post(again)).code).toBe(0);
  expect([one, two].map((file) => existsSync(file ?? ''))).toEqual([true, false]);
  expect((await job.post(first)).code).toBe(0);
  expect(existsSync(one ?? '')).toBe(false);
});
