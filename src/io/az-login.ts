import { spawn } from 'node:child_process';
import type { Environment } from './effects.ts';

/** How az ended: its status, null where it was stopped, and what it said of an error. */
export interface AzExit {
  readonly code: number | null;
  readonly error: string;
}

const LONGEST_ERROR = 4_096;

// Ids, options and paths: of what cmd.exe reads, only white space can stand in them.
function quoted(text: string): string {
  return /\s/.test(text) ? `"${text}"` : text;
}

/**
 * Runs az to its end, at most `timeoutMs`. Arguments must be plain: on Windows az is a batch file, which only a shell
 * can start.
 */
export function runAz(
  program: string,
  args: readonly string[],
  env: Environment,
  timeoutMs: number,
): Promise<AzExit> {
  const shell = /\.(cmd|bat)$/i.test(program);
  return new Promise((resolve) => {
    const [first = '', ...rest] = shell ? [program, ...args].map(quoted) : [program, ...args];
    const child = spawn(first, rest, {
      env: { ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: Math.ceil(timeoutMs),
      windowsHide: true,
      shell,
    });
    let error = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      error = `${error}${text}`.slice(0, LONGEST_ERROR);
    });
    child.once('error', (failed) => resolve({ code: null, error: failed.name }));
    child.once('close', (code) => resolve({ code, error }));
  });
}
