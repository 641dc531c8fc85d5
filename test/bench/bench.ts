import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { JOB_TOKEN } from '../../src/emulator/seed-github.ts';
import type { Credential } from '../../src/trust/credential.ts';
import { matchAll } from '../../src/trust/match.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '40' } } });
const RUNS = Number(values.runs);
const ROOT = join(import.meta.dirname, '../..');
const BARE = join(import.meta.dirname, 'bare.mjs');
const LOGIN = join(ROOT, 'dist/main.js');

interface Run {
  readonly wallMs: number;
  readonly peakMb: number;
}

const emulator = await createEmulator();
const { AZURE_CLIENT_ID, AZURE_TENANT_ID, ...connection } = emulator.env;
const VALIDATION = { INPUT_MODE: 'validate', 'INPUT_GITHUB-TOKEN': JOB_TOKEN };
fillUp();

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
async function run(
  script: string,
  extra: readonly string[] = [],
  inputs: Readonly<Record<string, string>> = {},
): Promise<Run> {
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
    ...inputs,
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

/** The size of a bundle and of the chunks that it imports at its start. */
function loadedBytes(name: string): number {
  const file = join(ROOT, 'dist', name);
  const chunks = [...readFileSync(file, 'utf8').matchAll(/\bfrom"\.\/([\w-]+\.js)"/g)].map(
    ([, chunk = '']) => chunk,
  );
  return [name, ...new Set(chunks)].reduce((sum, chunk) => sum + statSync(join(ROOT, 'dist', chunk)).size, 0);
}

const CLAIMS = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:environment:production',
  aud: 'api://AzureADTokenExchange',
};

function exact(index: number): Credential {
  const subject = `repo:octo-org/octo-repo-${index}:environment:production`;
  return {
    name: `c${index}`,
    issuer: `${CLAIMS.iss}/`,
    subject,
    audiences: ['api://other'],
    claimsMatchingExpression: null,
  };
}

function hostile(index: number): Credential {
  const value = `claims['sub'] matches '*o*o*o*p*r*o*d*x${index}' and claims['repository_id'] eq '${index}'`;
  const flexible = { subject: null, claimsMatchingExpression: { value, languageVersion: 1 } };
  return { ...exact(index), issuer: CLAIMS.iss, ...flexible };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Milliseconds for all credentials, every mismatch built; they are parsed from JSON, as a directory gives them. */
function matchMs(count: number, make: (index: number) => Credential): number {
  const credentials = JSON.parse(
    JSON.stringify(Array.from({ length: count }, (_, index) => make(index))),
  ) as Credential[];
  // What making them left behind is not the comparison's to clear away.
  collectGarbage();
  const started = performance.now();
  const { results } = matchAll(CLAIMS, credentials);
  if (results.length !== count) throw new Error('not all were compared');
  return performance.now() - started;
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
process.stdout.write('\n');
row('peak memory, bare script', `${(await run(BARE, PEAK)).peakMb.toFixed(1)} MB`);
row('peak memory, login', `${(await run(LOGIN, PEAK)).peakMb.toFixed(1)} MB`);
row('code loaded by login', `${(loadedBytes('main.js') / 1000).toFixed(1)} kB`);
row('code loaded by post', `${(loadedBytes('post.js') / 1000).toFixed(1)} kB`);

process.stdout.write('\n');
const validations: number[] = [];
for (let turn = 0; turn < Math.min(RUNS, 10); turn++)
  validations.push((await run(LOGIN, [], VALIDATION)).wallMs);
row('full validate, ms', ...spread(validations));
for (const count of [250_000, 500_000, 1_000_000]) {
  row(`match, ${count.toLocaleString('en')} exact, ms`, '', matchMs(count, exact).toFixed(0));
  row(`match, ${count.toLocaleString('en')} hostile patterns, ms`, '', matchMs(count, hostile).toFixed(0));
}
process.exit(0);
