import { spawn } from 'node:child_process';

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Sends a signal once the process has printed a text. */
export interface Interrupt {
  readonly after: string;
  readonly signal: NodeJS.Signals;
}

/** Runs a program to its end, without a shell. */
export function runProcess(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  interrupt?: Interrupt,
): Promise<Exit> {
  return new Promise((resolve, reject) => {
    const defined = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
    const child = spawn(program, args, { env: defined, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (interrupt && stdout.includes(interrupt.after)) child.kill(interrupt.signal);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
