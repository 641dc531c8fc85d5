import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { Job } from '../../src/emulator/runner/job.ts';
import { runProcess } from '../../src/emulator/runner/process.ts';
import { temporaryDirectory } from '../harness/temporary-directory.ts';

const DIST = join(import.meta.dirname, '../../dist');
const CLI = join(DIST, 'cli.js');
const path = process.env['PATH'] ?? '';

test('prints one line of JSON, signs a step in, and ends with SIGTERM', async () => {
  const child = spawn(process.execPath, [CLI, 'emulator'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: path },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const { env, control } = JSON.parse(line) as { env: Record<string, string>; control: string };
  const job = new Job({ node: process.execPath, dist: DIST, path, connection: env });
  onTestFinished(() => job.dispose());

  const inputs = {
    'client-id': env['AZURE_CLIENT_ID'] ?? '',
    'tenant-id': env['AZURE_TENANT_ID'] ?? '',
    sessions: 'none',
  };
  const step = await job.run('main', { inputs });
  expect(step.code, step.stdout).toBe(0);
  const requests = (await (await fetch(`${control}/requests`)).json()) as { service: string }[];
  expect(requests.map(({ service }) => service)).toEqual(['github-id-token', 'entra-token']);

  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(existsSync(env['NODE_EXTRA_CA_CERTS'] ?? '')).toBe(false);
});

const NO_SEED = /^the seed is not a readable file with a JSON object\n$/;

test.each([
  ['a file that is not there', 'none.json', null, NO_SEED],
  ['a file that is not JSON', 'seed.json', '{', NO_SEED],
  ['a file that is no object', 'seed.json', '[]', NO_SEED],
  [
    'an unknown name',
    'seed.json',
    '{"tenant":[]}',
    /^the emulator does not start: The seed has no "tenant"; it has tenants, /,
  ],
])('exits with 2 for a seed that is %s', async (_, name, content, says) => {
  const directory = temporaryDirectory();
  if (content !== null) writeFileSync(join(directory, name), content);
  const { code, stdout, stderr } = await runProcess(
    process.execPath,
    [CLI, 'emulator', '--seed', join(directory, name)],
    { PATH: path },
  );
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
});

test('exits with 2 and the usage when the arguments cannot be meant', async () => {
  const { code, stdout, stderr } = await runProcess(process.execPath, [CLI, 'dance'], { PATH: path });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^unknown command 'dance'\n\nentra-federate <command>/);
});
