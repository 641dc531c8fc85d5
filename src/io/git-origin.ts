import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The URL of `origin` in the checkout at a directory, as its configuration has it; null where there is none, or where
 * `.git` is a file, as in a further worktree.
 */
export function readOrigin(directory: string): string | null {
  try {
    return originIn(readFileSync(join(directory, '.git', 'config'), 'utf8'));
  } catch {
    return null;
  }
}

/** The URL of `origin` in the text of a git configuration; null where it names none. The first one counts, as for `git remote get-url`. */
export function originIn(config: string): string | null {
  let inOrigin = false;
  let found: string | null = null;
  for (const line of config.split(/\r?\n/).map((each) => each.trim())) {
    if (line.startsWith('[')) inOrigin = /^\[remote "origin"\]/i.test(line);
    const url = inOrigin ? /^url\s*=\s*(\S+)$/i.exec(line)?.[1] : undefined;
    found ??= url ?? null;
  }
  return found;
}
