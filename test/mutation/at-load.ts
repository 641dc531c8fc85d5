import { createVitest } from 'vitest/node';
import { killedIn } from './reached.ts';

/** A mutant that works while modules load, and the files of tests that load it, the likeliest to notice first. */
export interface AtLoad {
  readonly id: string;
  readonly files: readonly string[];
}

// A process of its own: everything is loaded anew for each mutant, file by file, until a test fails.
process.on('message', async (mutants: readonly AtLoad[]) => {
  const killed = killedIn(process.env['MUTANTS_KILLED'] ?? '');
  const vitest = await createVitest('test', {
    config: false,
    include: ['test/rules/trust/**/*.test.ts'],
    setupFiles: ['test/mutation/at-load.setup.ts'],
    watch: false,
    testTimeout: 600_000,
    bail: 1,
    maxWorkers: 1,
    reporters: [{}],
  });
  const passes = async (id: string, file: string) => {
    vitest.provide('mutant', id);
    vitest.state.filesMap.clear();
    const { testModules, unhandledErrors } = await vitest.start([file]);
    return unhandledErrors.length === 0 && testModules.every((module) => module.ok());
  };
  for (const file of new Set(mutants.flatMap(({ files }) => files)))
    if (!(await passes('none', file))) throw new Error(`${file} fails without any mutant`);
  for (const { id, files } of mutants) {
    for (const file of files) {
      if (await passes(id, file)) continue;
      killed.add(id);
      break;
    }
    process.send?.(id);
  }
  await vitest.close();
  // Vitest had set it for the tests that failed.
  process.exitCode = 0;
  process.disconnect();
});
