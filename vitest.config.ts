import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/harness/build.ts'],
    testTimeout: 20_000,
    // Scenario tests start processes: on two cores, more workers only make them wait for each other.
    maxWorkers: 2,
  },
});
