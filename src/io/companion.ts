import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Environment } from './effects.ts';

/** A process that goes on when this one has ended. */
export interface Companion {
  /** Writes a line to its standard input; over once it is handed to the system. */
  tell(line: string): Promise<void>;
  /** The first line that it writes to descriptor 3; null when it ends, or says nothing for `timeoutMs`. */
  firstLine(timeoutMs: number): Promise<string | null>;
  /** Lets go of it: its standard input ends. */
  release(): void;
}

// What the step was given for itself, inputs and tokens to ask GitHub with; and what makes Node do something else.
const NOT_PASSED_ON = /^(INPUT_|STATE_|ACTIONS_|GITHUB_TOKEN$|NODE_OPTIONS$|NODE_DEBUG)/i;

const OF_CERTIFICATES = /^--use-(system|openssl|bundled)-ca$/;

/** What NODE_OPTIONS says of the CAs that are trusted, and nothing else of it: other options may load code. */
export function certificateOptions({ NODE_OPTIONS = '' }: Environment): string[] {
  return NODE_OPTIONS.split(/\s+/).filter((option) => OF_CERTIFICATES.test(option));
}

/** Certificates that the step found from where it stood. */
const FILES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];

function passedOn(env: Environment): Environment {
  const kept = Object.entries(env).filter(([name]) => !NOT_PASSED_ON.test(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, value && FILES.includes(name) ? resolve(value) : value]),
  );
}

/**
 * Starts a program of ours with this Node and the CAs that it trusts, in a process group of its own and where it lies
 * itself; its output goes to a log. It keeps RUNNER_TRACKING_ID, by which the runner finds what a job has left behind. It
 * must not hold the step's own output: the runner would wait for it and then kill it.
 */
export function startCompanion(node: string, file: string, env: Environment, log: number): Companion {
  const child = spawn(node, [...certificateOptions(env), file], {
    detached: true,
    windowsHide: true,
    // A directory that somebody is in cannot be removed on Windows, nor unmounted elsewhere.
    cwd: dirname(file),
    env: passedOn(env),
    stdio: ['pipe', log, log, 'pipe'],
  });
  const ended = new Promise<null>((done) => {
    child.once('exit', () => done(null));
    child.once('error', () => done(null));
  });
  const input = child.stdin as Writable;
  input.on('error', () => undefined);
  return {
    tell: (line) => new Promise((done) => input.write(`${line}\n`, () => done())),
    firstLine: (timeoutMs) => Promise.race([lineOf(child, timeoutMs), ended]),
    release() {
      input.end();
      (child.stdio[3] as Readable).destroy();
      child.unref();
    },
  };
}

function lineOf(child: ChildProcess, timeoutMs: number): Promise<string | null> {
  return new Promise((tell) => {
    let text = '';
    const done = (line: string | null) => {
      clearTimeout(timer);
      tell(line);
    };
    const timer = setTimeout(() => done(null), timeoutMs);
    (child.stdio[3] as Readable).setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const end = text.indexOf('\n');
      if (end >= 0) done(text.slice(0, end));
    });
  });
}
