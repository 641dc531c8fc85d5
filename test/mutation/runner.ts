import { appendFileSync } from 'node:fs';
import { type RunnerTestCase, type RunnerTestFile, TestRunner } from 'vitest';
import { killedIn, type Reached } from './reached.ts';
import { switches } from './switches.ts';

// With every mutant such a test would run for hours. Without it the score is lower.
const LONGEST_MILLISECONDS = 400;

const { MUTANTS_KILLED = '', MUTANTS_REACHED = '' } = process.env;
const killed = killedIn(MUTANTS_KILLED);

/**
 * Runs each test as it is, and then once for each mutant that it reached and that still lives: in the same process,
 * with that mutant's switch on. Mutants that work while modules load are only noted.
 */
export default class MutationRunner extends TestRunner {
  readonly #reached = new Set<string>();

  async runTask(test: RunnerTestCase): Promise<void> {
    const run = TestRunner.getTestFn(test);
    const state = switches();
    state.currentTestId = test.id;
    const start = performance.now();
    await run();
    const milliseconds = performance.now() - start;
    state.currentTestId = 'with a mutant';
    const hits = Object.entries(state.mutantCoverage.perTest[test.id] ?? {});
    for (const [id] of hits) this.#reached.add(id);
    if (milliseconds > LONGEST_MILLISECONDS) return;
    const dead = killed.all();
    for (const [id, count] of hits) {
      if (dead.has(id)) continue;
      Object.assign(state, { activeMutant: id, hitCount: 0, hitLimit: count * 10 + 1000 });
      try {
        await run();
      } catch {
        killed.add(id);
      }
    }
    Object.assign(state, { activeMutant: undefined, hitCount: undefined });
  }

  override onAfterRunFiles(files: RunnerTestFile[]): void {
    const atLoad = Object.keys(switches().mutantCoverage.static);
    const reached: Reached = { file: files[0]?.filepath ?? '', atLoad, byTests: [...this.#reached] };
    appendFileSync(MUTANTS_REACHED, `${JSON.stringify(reached)}\n`);
  }
}
