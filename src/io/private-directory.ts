import {
  chmodSync,
  fchmodSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';

const NAME = /^entra-federate-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Where a step keeps its files: a directory of its own that only this user can enter (0700), made when the first of
 * them is. Fails where something already stands in the directory's or a file's place.
 */
export interface PrivateDirectory {
  readonly path: string;
  /** Whether a path lies in this directory or in one that an earlier step of this job made. */
  readonly isOurs: (path: string) => boolean;
  /** A path in the directory. */
  at(...names: string[]): string;
  /** Makes a directory below, and those above it. */
  make(path: string): void;
  /** Writes a file that only this user can read (0600), whole or not at all. */
  write(path: string, content: string): void;
  /** Opens a new file of that kind for appending, and gives its descriptor. */
  open(path: string): number;
  /** Removes a file of its own. */
  remove(path: string): void;
  /** Makes a link to a directory of the user's. */
  link(path: string, target: string): void;
}

/** A directory of our own below `parent`, not yet made; `beforeMade` is called with its path just before it is. */
export function privateDirectory(
  parent: string,
  uuid: string,
  beforeMade: (path: string) => void = () => undefined,
): PrivateDirectory {
  const root = join(parent, `entra-federate-${uuid}`);
  let made = false;
  const make = (path: string) => {
    if (!made) {
      beforeMade(root);
      mkdirSync(root, { mode: 0o700 });
      // The umask of the job may have taken rights away that this user needs.
      chmodSync(root, 0o700);
      made = true;
    }
    if (!isWithin(root, path)) throw new Error('not in the directory of this step');
    if (mkdirSync(path, { mode: 0o700, recursive: true })) chmodSync(path, 0o700);
  };
  return {
    path: root,
    isOurs: (path) => isInOwnDirectory(parent, path),
    at: (...names) => join(root, ...names),
    make,
    write(path, content) {
      make(dirname(path));
      const unfinished = `${path}.tmp`;
      writeFileSync(unfinished, content, { flag: 'wx', mode: 0o600 });
      chmodSync(unfinished, 0o600);
      renameSync(unfinished, path);
    },
    open(path) {
      make(dirname(path));
      const descriptor = openSync(path, 'ax', 0o600);
      fchmodSync(descriptor, 0o600);
      return descriptor;
    },
    remove(path) {
      if (isWithin(root, path)) rmSync(path, { force: true });
    },
    link(path, target) {
      make(dirname(path));
      // Windows links directories without a special right by a junction only.
      symlinkSync(target, path, 'junction');
    },
  };
}

// On another drive of Windows nothing is relative.
function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

function isInOwnDirectory(parent: string, path: string): boolean {
  const [first, ...rest] = relative(parent, path).split(/[\\/]/);
  return isAbsolute(path) && first !== undefined && NAME.test(first) && rest.length > 0;
}

/** Removes a directory of our own and all in it; anything else is left alone and false is given back. */
export function removeOwnDirectory(path: string): boolean {
  if (!isAbsolute(path) || !NAME.test(basename(path))) return false;
  // Windows keeps a file for a moment after the process that wrote it was ended.
  rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  return true;
}
