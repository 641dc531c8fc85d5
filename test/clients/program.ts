import { join } from 'node:path';
import type { Job } from '../../src/emulator/runner/job.ts';
import { runProcess } from '../../src/emulator/runner/process.ts';
import type { Outcome } from './programs/outcome.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');

/** Each is a file of that name in `programs`. */
export type Program =
  | 'client-assertion'
  | 'managed-identity'
  | 'aws'
  | 'session'
  | 'msal'
  | 'verify'
  | 'blob';

/** Node's own fetch leaves HTTPS_PROXY alone unless it is told otherwise (Node: NODE_USE_ENV_PROXY). */
export const FETCH_USES_PROXY = { NODE_USE_ENV_PROXY: '1' };

/** Runs a program as a later step of the job: all that the job gives it, and what the step's `env:` would add. */
export async function runProgram(job: Job, program: Program, env: Record<string, string>): Promise<Outcome> {
  const path = join(PROGRAMS, `${program}.ts`);
  const exit = await runProcess(process.execPath, [path], { ...job.environment(), ...env });
  if (exit.code !== 0) throw new Error(`${program} ended with ${exit.code}:\n${exit.stderr}`);
  // Above it stand the mask commands of GitHub's own library.
  return JSON.parse(exit.stdout.trimEnd().split('\n').at(-1) ?? '');
}
