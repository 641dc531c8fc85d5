import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StepOptions, StepResult } from '../../src/emulator/runner/job.ts';
import { JOB_TOKEN } from '../../src/emulator/seed-github.ts';
import type { Scene } from './scenario.ts';

/** Client ids of the seed, by the serial number of the application. */
export function application(serial: number): string {
  return `aaaaaaaa-0000-4000-8000-${String(serial).padStart(12, '0')}`;
}

/** An identity of the seed that this run may sign in as and that may read, and change, the whole directory. */
export const ADMIN = application(16);

/** A validation as a step: its result, and the JSON report that it wrote. */
export interface Validation {
  readonly step: StepResult;
  readonly report: Record<string, unknown> & {
    readonly cause: string | null;
    readonly result: string;
    readonly matched: string | null;
    readonly fix: Record<string, string>;
    readonly findings: readonly { readonly code: string; readonly severity: string }[];
  };
}

/** Runs `mode: validate`, read by the admin and with the job's GitHub token unless told otherwise. */
export async function validation(
  scene: Scene,
  inputs: Record<string, string> = {},
  options: StepOptions = {},
): Promise<Validation> {
  const reportFile = join(scene.job.root, 'reports', 'report.json');
  const step = await scene.signIn({
    ...options,
    inputs: {
      mode: 'validate',
      'reader-client-id': ADMIN,
      'github-token': JOB_TOKEN,
      'report-file': reportFile,
      ...inputs,
    },
  });
  const report = inputs['report-file'] === '' ? {} : JSON.parse(readFileSync(reportFile, 'utf8'));
  return { step, report };
}
