import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Those need a POSIX shell, signals or file modes.
    exclude: process.platform === 'win32' ? ['**/*.posix.test.ts'] : [],
    globalSetup: ['test/harness/build.ts'],
    // Many tests wait for processes, or for time that is made to run fast: one more than there are cores.
    maxWorkers: availableParallelism() + 1,
    // A worker of its own for each of some 290 files would take a fifth of the time. No test keeps state in a module.
    isolate: false,
    // It imports JSON without saying so, which Node refuses.
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    testTimeout: 30_000,
    // Scenarios wait for processes of their own: what is slow for a rule is not for them.
    slowTestThreshold: 10_000,
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/test-results.json' }]],
  },
});
