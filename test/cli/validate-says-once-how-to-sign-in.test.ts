import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProcess } from '../../src/emulator/runner/process.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const id = (digit: number) => `${digit}0000000-0000-4000-8000-000000000000`;
const RUN = ['--repository', 'octo-org/octo-repo', '--event', 'push', '--ref', 'refs/heads/main'];

test('validate without a sign-in begins with what to do, and tells it once', async () => {
  const { code, stdout, stderr } = await runProcess(
    process.execPath,
    [CLI, 'validate', '--client-id', id(1), '--tenant-id', id(2), ...RUN],
    { PATH: process.env['PATH'], AZURE_TOKEN_CREDENTIALS: 'WorkloadIdentityCredential' },
  );
  expect([code, stderr]).toEqual([3, 'Predicted what the described run will present\nJudging\n']);
  expect(stdout.split('\n')[0]).toMatch(
    /^\? NOT KNOWN {2}Not signed in for reading the directory; run `az login`/,
  );
  expect(stdout.match(/az login/g)).toHaveLength(1);
  expect(stdout).not.toMatch(/Error\b|fits none of the known causes|Cause: `/);
});
