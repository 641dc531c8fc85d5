import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEmulator } from '../../src/emulator/emulator.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '40' } } });
const RUNS = Number(values.runs);
const ROOT = join(import.meta.dirname, '../..');
const BARE = join(import.meta.dirname, 'bare.mjs');
const LOGIN = join(ROOT, 'dist/main.js');

interface Run {
  readonly wallMs: number;
  readonly peakMb: number;
}

const { AZURE_CLIENT_ID, AZURE_TENANT_ID, ...connection } = await startEmulator();

async function startEmulator(): Promise<Record<string, string>> {
  const emulator = await createEmulator();
  process.once('beforeExit', () => emulator.close());
  return emulator.env;
}

/** One whole process with a home, a temporary directory and command files of its own. */
async function run(script: string, extra: readonly string[] = []): Promise<Run> {
  const root = mkdtempSync(join(tmpdir(), 'entra-federate-bench-'));
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE'].map((name) => [name, join(root, name)]),
  );
  for (const file of Object.values(files)) writeFileSync(file, '');
  for (const name of ['home', 'tmp']) mkdirSync(join(root, name));
  const peak = join(root, 'peak');
  const env = {
    ...connection,
    ...files,
    PATH: process.env['PATH'],
    HOME: join(root, 'home'),
    TMPDIR: join(root, 'tmp'),
    RUNNER_TEMP: join(root, 'tmp'),
    GITHUB_ACTIONS: 'true',
    'INPUT_CLIENT-ID': AZURE_CLIENT_ID,
    'INPUT_TENANT-ID': AZURE_TENANT_ID,
    INPUT_SESSIONS: 'none',
    PEAK_FILE: peak,
  };
  const started = performance.now();
  await finished(
    spawn(process.execPath, [...extra, script], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
  );
  const wallMs = performance.now() - started;
  const peakMb = extra.length > 0 ? Number(readFileSync(peak, 'utf8')) / 1024 : 0;
  rmSync(root, { recursive: true });
  return { wallMs, peakMb };
}

function finished(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit status ${code}`))));
  });
}

function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

function row(name: string, ...cells: readonly string[]): void {
  process.stdout.write(`${name.padEnd(34)}${cells.map((cell) => cell.padStart(12)).join('')}\n`);
}

const PEAK = ['--import', join(import.meta.dirname, 'peak.mjs')];
await run(BARE);
await run(LOGIN);
const bare: number[] = [];
const login: number[] = [];
for (let turn = 0; turn < RUNS; turn++) {
  bare.push((await run(BARE)).wallMs);
  login.push((await run(LOGIN)).wallMs);
}
const spread = (figures: readonly number[]) => [
  `${Math.min(...figures).toFixed(1)}`,
  `${median(figures).toFixed(1)}`,
  `${Math.max(...figures).toFixed(1)}`,
];
const kilobytes = (name: string) => `${(statSync(join(ROOT, 'dist', name)).size / 1000).toFixed(1)} kB`;
const ratios = login.map((figure, index) => figure / (bare[index] ?? Number.NaN));

process.stdout.write(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${RUNS} alternating runs\n\n`,
);
row('whole process, ms', 'min', 'median', 'max');
row('bare script', ...spread(bare));
row('login', ...spread(login));
row('login / bare, of medians', '', (median(login) / median(bare)).toFixed(2));
row('login / bare, pair by pair', '', median(ratios).toFixed(2));
process.stdout.write('\n');
row('peak memory, bare script', `${(await run(BARE, PEAK)).peakMb.toFixed(1)} MB`);
row('peak memory, login', `${(await run(LOGIN, PEAK)).peakMb.toFixed(1)} MB`);
row('code loaded by login (main.js)', kilobytes('main.js'));
row('code loaded by post (post.js)', kilobytes('post.js'));
process.exit(0);
