import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario('takes back its outputs when the environment cannot be written', async ({ job, signIn }) => {
  const unwritable = join(job.root, 'a-directory');
  mkdirSync(unwritable);
  const step = await signIn({ env: { GITHUB_ENV: unwritable } });

  expect(step.code).toBe(1);
  expect(step.error()).toMatch(
    /^export-failed: the tokens were obtained, but could not be handed on \(EISDIR\); nothing was exported\.$/m,
  );
  expect(step.outputs).toEqual({});
  await job.post(step);
  expect(readdirSync(job.temp)).toEqual([]);
});

for (const name of ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'RUNNER_TEMP']) {
  scenario(
    `refuses to start without ${name}, where tokens would go to the log`,
    async ({ signIn, traffic }) => {
      const step = await signIn({ env: { [name]: undefined } });
      expect(step.error()).toMatch(
        new RegExp(`^runner-incomplete: the runner gave this step no usable ${name}\\.`),
      );
      expect(traffic()).toEqual([]);
    },
  );
}

scenario('signs in without a job summary to write to', async ({ signIn }) => {
  const step = await signIn({ env: { GITHUB_STEP_SUMMARY: undefined } });
  expect(step.code, step.stdout).toBe(0);
});

scenario('says so when RUNNER_TEMP is gone', async ({ job, signIn, traffic }) => {
  rmSync(job.temp, { recursive: true });
  const step = await signIn();
  mkdirSync(job.temp);
  expect(step.error()).toMatch(/^runner-incomplete: .* RUNNER_TEMP\./);
  expect(traffic()).toEqual([]);
});
