import { spawn } from 'node:child_process';

/** How a process ended; without a code when a signal ended it. */
export interface Exit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Sends a signal once something has come about; asked again and again, and told what was printed so far. */
export interface Interrupt {
  readonly when: (stdout: string) => boolean;
  readonly signal: NodeJS.Signals;
}

const LOOK_MS = 5;

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
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const look = setInterval(() => {
      if (interrupt?.when(stdout)) child.kill(interrupt.signal);
    }, LOOK_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(look);
      resolve({ code, stdout, stderr });
    });
  });
}
