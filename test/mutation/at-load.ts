import { createVitest } from 'vitest/node';
import { killedIn } from './reached.ts';

/** A mutant that works while modules load, and the files of tests that load it, the likeliest to notice first. */
export interface AtLoad {
  readonly id: string;
  readonly files: readonly string[];
}

// A process of its own: everything is loaded anew for each mutant.
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
    pool: 'threads',
    isolate: false,
    reporters: [{}],
  });
  const passes = async (id: string, files: readonly string[]) => {
    if (files.length === 0) return true;
    vitest.provide('mutant', id);
    vitest.state.filesMap.clear();
    const { testModules, unhandledErrors } = await vitest.start([...files]);
    return unhandledErrors.length === 0 && testModules.every((module) => module.ok());
  };
  if (!(await passes('none', [...new Set(mutants.flatMap(({ files }) => files))])))
    throw new Error('the tests fail without any mutant');
  for (const { id, files } of mutants) {
    const [likeliest, others] = [files.slice(0, 1), files.slice(1)];
    if (!(await passes(id, likeliest)) || !(await passes(id, others))) killed.add(id);
    process.send?.(id);
  }
  await vitest.close();
  // Vitest had set it for the tests that failed.
  process.exitCode = 0;
  process.disconnect();
});
