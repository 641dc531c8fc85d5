import { type ChildProcess, spawn } from 'node:child_process';
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

function end(child: ChildProcess, shell: boolean): void {
  if (child.pid === undefined) return;
  if (shell) spawn('taskkill', ['/T', '/F', '/PID', String(child.pid)], { stdio: 'ignore' });
  else process.kill(-child.pid, 'SIGKILL');
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
      windowsHide: true,
      shell,
      // A group of its own: az is a script that starts another program, which must not outlive it.
      detached: !shell,
    });
    const timer = setTimeout(() => {
      end(child, shell);
      done({ code: null, error });
    }, timeoutMs);
    const done = (exit: AzExit) => {
      clearTimeout(timer);
      resolve(exit);
    };
    let error = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      error = `${error}${text}`.slice(0, LONGEST_ERROR);
    });
    child.once('error', (failed) => done({ code: null, error: failed.name }));
    child.once('exit', (code) => done({ code, error }));
  });
}
