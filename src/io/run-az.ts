import { type ChildProcess, spawn } from 'node:child_process';
import type { Environment } from './effects.ts';

/** How az ended: its status, null where it was stopped, and what it said of an error. */
export interface AzExit {
  readonly code: number | null;
  readonly error: string;
}

const LONGEST_ERROR = 4_096;
/** How long what it said may arrive after its end: a process that it left behind may hold the pipe for ever. */
const LAST_WORDS_MS = 500;

/**
 * A command for cmd.exe, every word in quotation marks, between which it reads only `%`, `!` and the marks themselves.
 * Throws where a word holds one of these.
 */
export function commandLine(words: readonly string[]): string {
  if (words.some((word) => /["%!\r\n]/.test(word))) throw new Error('cmd.exe would read a part of this');
  return words.map((word) => `"${word}"`).join(' ');
}

/** Ends it and what it has started: Windows knows no groups of processes that a signal would reach. */
function end(child: ChildProcess, windows: boolean): void {
  if (child.pid === undefined) return;
  if (!windows) process.kill(-child.pid, 'SIGKILL');
  else
    spawn('taskkill', ['/T', '/F', '/PID', String(child.pid)], { stdio: 'ignore', windowsHide: true }).once(
      'error',
      () => child.kill(),
    );
}

/**
 * Runs az to its end, at most `timeoutMs`. On Windows az is a batch file, which only a shell can start. Rejects where its
 * words cannot be handed to one.
 */
export type RunAz = (
  program: string,
  args: readonly string[],
  env: Environment,
  timeoutMs: number,
) => Promise<AzExit>;

/** Runs it as a process of its own. */
export const runAz: RunAz = (program, args, env, timeoutMs) => {
  const windows = /\.(cmd|bat|exe)$/i.test(program);
  const shell = windows && !/\.exe$/i.test(program);
  return new Promise((resolve) => {
    const child = spawn(shell ? commandLine([program, ...args]) : program, shell ? [] : args, {
      env: { ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
      shell,
      // A group of its own: az is a script that starts another program, which must not outlive it.
      detached: !windows,
    });
    const timer = setTimeout(() => {
      end(child, windows);
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
    child.once('exit', (code) => {
      clearTimeout(timer);
      const late = setTimeout(() => child.stderr.destroy(), LAST_WORDS_MS);
      child.once('close', () => {
        clearTimeout(late);
        done({ code, error });
      });
    });
  });
};
