import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// `npm run fuzz [-- SEED]`: every campaign with many cases. What fails is found again by its seed.
const seed = process.argv[2] ?? String(Date.now() % 2 ** 31);
const runs = process.env['FUZZ_RUNS'] ?? '4000';
const directory = mkdtempSync(join(tmpdir(), 'entra-federate-fuzz-'));
const counts = join(directory, 'counts');
const root = join(import.meta.dirname, '../..');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/fuzz'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: seed, FUZZ_COUNTS: counts },
});
const cases = readFileSync(counts, 'utf8')
  .trim()
  .split('\n')
  .reduce((sum, count) => sum + Number(count), 0);
rmSync(directory, { recursive: true });
process.stdout.write(`\n${cases} cases, seed ${seed}\n`);
process.exit(status ?? 1);
