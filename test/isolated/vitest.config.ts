import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// The tests of real clients, on what is in dist already: inside the namespace nothing is built.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: [
      'test/clients/az-chooses-*.test.ts',
      'test/clients/az-finds-*.test.ts',
      'test/clients/az-is-*.test.ts',
      'test/clients/azurite-*.test.ts',
      'test/clients/sdks-*.test.ts',
      'test/clients/azure-identity-*.test.ts',
      'test/clients/aws-*.test.ts',
      'test/scenarios/keep-alive-*.test.ts',
      'test/scenarios/every-source-*.test.ts',
      'test/scenarios/presents-a-managed-identity.test.ts',
      'test/scenarios/says-why-a-source-*.test.ts',
      'test/scenarios/signs-in-as-the-machine-*.test.ts',
    ],
    // They have nothing to do with where requests go, and take long.
    exclude: ['**/keep-alive-holds-*', '**/keep-alive-signals-*', '**/keep-alive-stands-*'],
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    slowTestThreshold: 30_000,
  },
});
