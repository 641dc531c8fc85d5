import { readFileSync, type Stats, statSync } from 'node:fs';
import { errorCode } from './error-code.ts';

/** What a token file holds, or why it cannot be used. */
export type TokenFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unusable'; readonly reason: string; readonly remedy: string };

const LARGEST = 64 * 1024;
const WRITABLE_BY_ALL = 0o002;

/**
 * Reads a file that holds one token; white space round it goes. `windows`: file modes say nothing there, its access
 * lists are not read.
 */
export function readTokenFile(path: string, windows: boolean): TokenFile {
  try {
    const problem = problemOf(statSync(path), windows);
    if (problem !== null) return problem;
    const text = readFileSync(path, 'utf8').trim();
    return text === ''
      ? unusable('it is empty', 'Its writer has not written it yet, or failed.')
      : { kind: 'text', text };
  } catch (error) {
    return unreadable(errorCode(error) ?? 'unknown');
  }
}

function problemOf(stats: Stats, windows: boolean): TokenFile | null {
  if (!stats.isFile())
    return unusable('it is no file', 'Give the path of the file itself, not of the directory or volume.');
  if (stats.size > LARGEST)
    return unusable(
      `it is larger than ${LARGEST / 1024} KiB`,
      'A token is a few KiB: another file was named.',
    );
  if (!windows && (stats.mode & WRITABLE_BY_ALL) !== 0)
    return unusable(
      'every user of this machine may write to it',
      'Whoever writes it decides who signs in: take that right away (chmod o-w).',
    );
  return null;
}

function unreadable(code: string): TokenFile {
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return unusable(
      'it does not exist',
      'The path is one of the machine, or container, that this step runs in: mount the volume there too. In Kubernetes check the projected volume of the pod.',
    );
  if (code === 'EACCES' || code === 'EPERM')
    return unusable(
      'this user may not read it',
      'Give the user of the runner the right to read it: in Kubernetes set `fsGroup` in the security context of the pod.',
    );
  return unusable(`reading it failed (${code})`, 'Check the file and its disk.');
}

function unusable(reason: string, remedy: string): TokenFile {
  return { kind: 'unusable', reason, remedy };
}
