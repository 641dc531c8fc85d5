import { readFileSync, statSync } from 'node:fs';
import { errorCode } from './error-code.ts';

/** What a file gave, or why it gave nothing: fit to be shown. */
export type FileContent<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

/** How many bytes are read at most. */
export const LARGEST = 256 * 1024 * 1024;

/** Reads a text file of at most 256 MiB, without its byte order mark. Never throws. */
export function readTextFile(path: string): FileContent<string> {
  try {
    const { size } = statSync(path);
    if (size > LARGEST) return { ok: false, problem: `${path} is larger than 256 MiB` };
    return { ok: true, value: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') };
  } catch (error) {
    return { ok: false, problem: `${path} ${problemOf(error)}` };
  }
}

/** Reads a JSON file of at most 256 MiB. Never throws. */
export function readJsonFile(path: string): FileContent<unknown> {
  const file = readTextFile(path);
  if (!file.ok) return file;
  try {
    return { ok: true, value: JSON.parse(file.value) };
  } catch {
    return { ok: false, problem: `${path} is not JSON` };
  }
}

function problemOf(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return 'does not exist';
  return code === 'EISDIR' ? 'is a directory' : 'cannot be read';
}
