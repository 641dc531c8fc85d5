import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

const THROWN = {
  'an exception': 'setTimeout(() => { throw new Error(`at ${secret}`, { cause: secret }) }, 60)',
  'a rejection': 'setTimeout(() => Promise.reject(new TypeError(secret)), 60)',
  'a thrown text': 'setTimeout(() => { throw secret }, 60)',
};

for (const [what, code] of Object.entries(THROWN)) {
  scenario(
    `tells of ${what} that nothing foresaw without what it says`,
    async ({ emulator, job, signIn }) => {
      const planted = join(job.root, 'planted.mjs');
      writeFileSync(planted, `const secret = process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN;\n${code};\n`);
      emulator.fault({ service: 'entra-token', kind: 'latency', ms: 2_000 });
      const step = await signIn({ env: { NODE_OPTIONS: `--import=${pathToFileURL(planted)}` } });

      expect(step.code).toBe(1);
      expect(step.error()).toMatch(/^internal: this action met an error that it did not foresee \(\w+\)\./);
      expect(step.stderr).toBe('');
      expect(step.outputs).toEqual({});
    },
  );
}
