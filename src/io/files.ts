import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';

const NAME = /^entra-federate-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LARGEST_EVENT = 32 * 1024 * 1024;

/** Where a step may keep files: `path` is its own directory, `isOurs` knows those of earlier steps too. */
export interface PrivateDirectory {
  readonly path: string;
  readonly isOurs: (path: string) => boolean;
}

/** A directory of our own below `parent`, not yet made. */
export function privateDirectory(parent: string, uuid: string): PrivateDirectory {
  return { path: join(parent, `entra-federate-${uuid}`), isOurs: (path) => isInOwnDirectory(parent, path) };
}

function isInOwnDirectory(parent: string, path: string): boolean {
  const [first, ...rest] = relative(parent, path).split(/[\\/]/);
  return isAbsolute(path) && first !== undefined && NAME.test(first) && rest.length > 0;
}

/**
 * Writes a file that only this user can read, whole or not at all: directory 0700, file 0600, both new, then renamed.
 * Fails where something already stands in the directory's or the temporary file's place.
 */
export function writePrivateFile(path: string, content: string): void {
  const directory = dirname(path);
  if (!NAME.test(basename(directory))) throw new Error('not a directory of this action');
  mkdirSync(directory, { mode: 0o700 });
  const unfinished = `${path}.tmp`;
  writeFileSync(unfinished, content, { flag: 'wx', mode: 0o600 });
  renameSync(unfinished, path);
}

/** Writes a report where it was asked for; the directories above it are made. */
export function writeReport(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** Removes a directory of our own and all in it; anything else is left alone and false is given back. */
export function removeOwnDirectory(path: string): boolean {
  if (!isAbsolute(path) || !NAME.test(basename(path))) return false;
  rmSync(path, { recursive: true, force: true });
  return true;
}

/** A JSON file, or null where it is absent, too large or not JSON. */
export function readJson(path: string | undefined): unknown {
  try {
    if (!path || statSync(path).size > LARGEST_EVENT) return null;
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
