import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What one file of tests saw of the mutants: those that work while its modules load, and those its tests reach. */
export interface Reached {
  readonly file: string;
  readonly atLoad: readonly string[];
  readonly byTests: readonly string[];
}

/** Which mutants are killed so far; a file that all processes append to. */
export interface Killed {
  readonly all: () => ReadonlySet<string>;
  readonly add: (id: string) => void;
}

/** The killed mutants that the file at `path` names, a line each. */
export function killedIn(path: string): Killed {
  return {
    all: () => new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []),
    add: (id) => appendFileSync(path, `${id}\n`),
  };
}
