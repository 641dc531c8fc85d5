import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AtLoad } from './at-load.ts';
import { type Mutated, mutate } from './mutants.ts';
import { killedIn, type Reached } from './reached.ts';

/*
 * `npm run mutation [-- GLOB]`: does a test fail for every change of the trust core? Lists the mutants that no test
 * notices, and the score; exits with 1 below the least score. Stryker's own runner would take hours for the same.
 */
const LEAST_SCORE = 85;
const root = join(import.meta.dirname, '../..');
const glob = process.argv[2] ?? 'src/trust/**/*.ts';

const notes = mkdtempSync(join(tmpdir(), 'entra-federate-mutation-'));
const env = {
  ...process.env,
  CI: 'true',
  PROPERTY_MILLISECONDS: '50',
  MUTANTS_KILLED: join(notes, 'killed'),
  MUTANTS_REACHED: join(notes, 'reached'),
};
const killed = killedIn(env.MUTANTS_KILLED);

/** Every test, with every mutant that it reaches. */
function runTests(directory: string): readonly Reached[] {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const config = ['--config', 'test/mutation/vitest.config.ts', '--reporter', 'dot'];
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...config], {
    cwd: directory,
    stdio: 'inherit',
    env,
  });
  if (status !== 0) throw new Error('the tests fail without any mutant');
  return readFileSync(env.MUTANTS_REACHED, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The mutants that work while modules load, shared out among processes. */
async function runAtLoad(directory: string, mutants: readonly AtLoad[]): Promise<void> {
  const processes = availableParallelism();
  let done = 0;
  const share = (at: number) =>
    new Promise<void>((resolve, reject) => {
      const child = fork(join(directory, 'test/mutation/at-load.ts'), {
        cwd: directory,
        env,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child.on('message', () => {
        done++;
        if (done % 50 === 0) process.stdout.write(`${done} of ${mutants.length} mutants at load\n`);
      });
      child.on('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`a process ended with ${code}`)),
      );
      child.send(mutants.filter((_, index) => index % processes === at));
    });
  await Promise.all(Array.from({ length: processes }, (_, at) => share(at)));
}

function atLoad({ mutants }: Mutated, reached: readonly Reached[]): readonly AtLoad[] {
  const dead = killed.all();
  // The files that reach most are the likeliest to notice.
  const ordered = reached.toSorted((a, b) => b.byTests.length - a.byTests.length);
  return mutants
    .filter(({ id }) => !dead.has(id))
    .map(({ id }) => ({
      id,
      files: ordered.filter((each) => each.atLoad.includes(id)).map(({ file }) => file),
    }))
    .filter(({ files }) => files.length > 0);
}

function report({ mutants }: Mutated, reached: readonly Reached[]): number {
  const dead = killed.all();
  const seen = new Set(reached.flatMap((each) => [...each.atLoad, ...each.byTests]));
  const score = (of: Mutated['mutants']) => (100 * of.filter(({ id }) => dead.has(id)).length) / of.length;
  for (const { id, file, line, mutator, replacement } of mutants)
    if (!dead.has(id))
      process.stdout.write(
        `${file}:${line} ${seen.has(id) ? 'survived' : 'not reached'} ${mutator}: ${replacement.replace(/\s+/g, ' ').slice(0, 100)}\n`,
      );
  for (const [file, of] of Map.groupBy(mutants, ({ file }) => file))
    process.stdout.write(
      `${score(of).toFixed(1).padStart(6)} % of ${String(of.length).padStart(4)} ${file}\n`,
    );
  const all = score(mutants);
  process.stdout.write(`${all.toFixed(1)} % of ${mutants.length} mutants are noticed by a test\n`);
  return all;
}

const mutated = await mutate(root, glob);
try {
  process.stdout.write(`${mutated.mutants.length} mutants\n`);
  const reached = runTests(mutated.directory);
  await runAtLoad(mutated.directory, atLoad(mutated, reached));
  process.exitCode = report(mutated, reached) < LEAST_SCORE ? 1 : 0;
} finally {
  mutated.remove();
  rmSync(notes, { recursive: true });
}
