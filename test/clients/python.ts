import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../../src/emulator/runner/job.ts';
import { runProcess } from '../../src/emulator/runner/process.ts';
import type { Outcome } from './programs/outcome.ts';

const PYTHON = '/usr/bin/python3';
const PROGRAM = join(import.meta.dirname, 'programs/session.py');

/** Whether Debian's azure-identity is there; it comes with Debian's az. Throws in CI on Debian, where it must be. */
export function hasPythonAzure(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import azure.identity, azure.mgmt.resource'], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env['CI'] === 'true' && existsSync('/etc/debian_version'))
      throw new Error('CI on Debian runs without python3-azure');
    return false;
  }
}

/** Runs the program as a later step of the job. */
export async function runPython(job: Job, env: Record<string, string>): Promise<Outcome> {
  const ca = job.environment()['REQUESTS_CA_BUNDLE'] ?? '';
  const exit = await runProcess(PYTHON, [PROGRAM], {
    ...job.environment(),
    CURL_CA_BUNDLE: ca,
    PYTHONDONTWRITEBYTECODE: '1',
    ...env,
  });
  if (exit.code !== 0) throw new Error(`python ended with ${exit.code}:\n${exit.stderr}`);
  return JSON.parse(exit.stdout);
}
