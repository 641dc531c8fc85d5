import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// The tests that judge the trust; not those of time, which mutants that are switched off make longer.
export default defineConfig({
  test: {
    runner: './test/mutation/runner.ts',
    include: ['test/rules/trust/**/*.test.ts'],
    exclude: ['test/rules/trust/lint/time.test.ts'],
    testTimeout: 600_000,
    maxWorkers: availableParallelism(),
  },
});
