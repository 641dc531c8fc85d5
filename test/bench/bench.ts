import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { JOB_TOKEN } from '../../src/emulator/seed-github.ts';
import { benchEndpoint, stopEndpoint } from './endpoint.ts';
import { median, row, spread } from './figures.ts';
import { exact, hostile, matchMs } from './match.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '40' } } });
const RUNS = Number(values.runs);
const ROOT = join(import.meta.dirname, '../..');
const BARE = join(import.meta.dirname, 'bare.mjs');
const LOGIN = join(ROOT, 'dist/main.js');

interface Run {
  readonly wallMs: number;
  readonly peakMb: number;
}

interface RunOptions {
  readonly flags?: readonly string[];
  readonly inputs?: Readonly<Record<string, string>>;
  /** Given what the step saved for its post step, before its directories go. */
  readonly afterwards?: (state: string) => Promise<void> | void;
}

const emulator = await createEmulator();
const { AZURE_CLIENT_ID, AZURE_TENANT_ID, ...connection } = emulator.env;
const VALIDATION = { INPUT_MODE: 'validate', 'INPUT_GITHUB-TOKEN': JOB_TOKEN };
fillUp();

/** A machine with az, of which only the package metadata are looked at: that none is started is part of the figure. */
const machine = mkdtempSync(join(tmpdir(), 'entra-federate-machine-'));
mkdirSync(join(machine, 'bin'));
mkdirSync(join(machine, 'lib/python3.12/site-packages/azure_cli-2.91.0.dist-info'), { recursive: true });
writeFileSync(join(machine, 'bin/az'), '#!/bin/sh\nsleep 10\n', { mode: 0o755 });

/** The size that the budget of a validation is for: 20 credentials, 10 role assignments. */
function fillUp(): void {
  const application = emulator.state.tenants[0]?.applications.find(({ appId }) => appId === AZURE_CLIENT_ID);
  const [credential] = application?.federatedIdentityCredentials ?? [];
  const principalId = application?.servicePrincipal?.id;
  if (!application || !credential || !principalId) throw new Error('the seed has changed');
  for (let index = 1; index < 20; index++) {
    const more = { ...credential, name: `more-${index}`, subject: `${credential.subject}-${index}` };
    application.federatedIdentityCredentials.push(more);
  }
  const assignments = emulator.state.roleAssignments.filter(
    (assignment) => assignment.principalId === principalId,
  );
  for (let index = assignments.length; index < 10; index++) {
    const [first] = assignments;
    if (first)
      emulator.state.roleAssignments.push({
        ...first,
        name: randomUUID(),
        scope: `${first.scope}/providers/x.y/z/${index}`,
      });
  }
}

/** One whole process with a home, a temporary directory and command files of its own. */
async function run(script: string, options: RunOptions = {}): Promise<Run> {
  const { flags = [], inputs = {}, afterwards } = options;
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
    PATH: join(machine, 'bin'),
    HOME: join(root, 'home'),
    TMPDIR: join(root, 'tmp'),
    RUNNER_TEMP: join(root, 'tmp'),
    GITHUB_ACTIONS: 'true',
    'INPUT_CLIENT-ID': AZURE_CLIENT_ID,
    'INPUT_TENANT-ID': AZURE_TENANT_ID,
    INPUT_SESSIONS: 'none',
    PEAK_FILE: peak,
    ...inputs,
  };
  const started = performance.now();
  await finished(
    spawn(process.execPath, [...flags, script], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
  );
  const wallMs = performance.now() - started;
  const peakMb = flags.length > 0 ? Number(readFileSync(peak, 'utf8')) / 1024 : 0;
  await afterwards?.(readFileSync(files['GITHUB_STATE'] ?? '', 'utf8'));
  rmSync(root, { recursive: true });
  return { wallMs, peakMb };
}

function finished(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit status ${code}`))));
  });
}

const PEAK = ['--import', join(import.meta.dirname, 'peak.mjs')];
await run(BARE);
await run(LOGIN);
const WITH_AZ = { inputs: { INPUT_SESSIONS: 'az' } };
const WITH_ENDPOINT = { inputs: { 'INPUT_KEEP-ALIVE': 'true' }, afterwards: stopEndpoint };
const bare: number[] = [];
const login: number[] = [];
const withAz: number[] = [];
const withEndpoint: number[] = [];
for (let turn = 0; turn < RUNS; turn++) {
  bare.push((await run(BARE)).wallMs);
  login.push((await run(LOGIN)).wallMs);
  withAz.push((await run(LOGIN, WITH_AZ)).wallMs);
  withEndpoint.push((await run(LOGIN, WITH_ENDPOINT)).wallMs);
}

/** The size of a bundle and of all chunks that it imports at its start. */
function loadedBytes(name: string, seen = new Set<string>()): number {
  if (seen.has(name)) return 0;
  seen.add(name);
  const text = readFileSync(join(ROOT, 'dist', name), 'utf8');
  const chunks = [...text.matchAll(/(?:\bfrom|\bimport)"\.\/([\w-]+\.js)"/g)].map(([, chunk = '']) => chunk);
  return chunks.reduce((sum, chunk) => sum + loadedBytes(chunk, seen), Buffer.byteLength(text));
}

const ratios = login.map((figure, index) => figure / (bare[index] ?? Number.NaN));

process.stdout.write(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${RUNS} alternating runs\n\n`,
);
row('whole process, ms', 'min', 'median', 'max');
row('bare script', ...spread(bare));
row('login', ...spread(login));
row('login / bare, of medians', '', (median(login) / median(bare)).toFixed(2));
row('login / bare, pair by pair', '', median(ratios).toFixed(2));
row('login with a session of az', ...spread(withAz));
row('login that starts an endpoint', ...spread(withEndpoint));
row('session of az, more', '', (median(withAz) - median(login)).toFixed(1));
row('endpoint, more', '', (median(withEndpoint) - median(login)).toFixed(1));
process.stdout.write('\n');
row('peak memory, bare script', `${(await run(BARE, { flags: PEAK })).peakMb.toFixed(1)} MB`);
row('peak memory, login', `${(await run(LOGIN, { flags: PEAK })).peakMb.toFixed(1)} MB`);
row('code loaded by login', `${(loadedBytes('main.js') / 1000).toFixed(1)} kB`);
row('code loaded by post', `${(loadedBytes('post.js') / 1000).toFixed(1)} kB`);

process.stdout.write('\n');
const validations: number[] = [];
for (let turn = 0; turn < Math.min(RUNS, 10); turn++)
  validations.push((await run(LOGIN, { inputs: VALIDATION })).wallMs);
row('full validate, ms', ...spread(validations));

process.stdout.write('\n');
await run(LOGIN, { ...WITH_ENDPOINT, afterwards: benchEndpoint });
process.stdout.write('\n');
for (const count of [250_000, 500_000, 1_000_000]) {
  row(`match, ${count.toLocaleString('en')} exact, ms`, '', matchMs(count, exact).toFixed(0));
  row(`match, ${count.toLocaleString('en')} hostile patterns, ms`, '', matchMs(count, hostile).toFixed(0));
}
rmSync(machine, { recursive: true });
process.exit(0);
