import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

/** One change of the sources that a test should notice. */
export interface Mutant {
  readonly id: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Of its first character, from 1. */
  readonly line: number;
  readonly mutator: string;
  readonly replacement: string;
}

/** A copy of the repository whose sources hold every mutant, each behind a switch. */
export interface Mutated {
  readonly directory: string;
  readonly mutants: readonly Mutant[];
  readonly remove: () => void;
}

const COPIED = ['src', 'test', 'scripts', 'docs', 'package.json', 'tsconfig.json', 'action.yml', 'README.md'];
const silent = () => undefined;
const LOGGER = {
  ...{ trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent },
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  ...{ isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
};

/** Copies what the tests of `root` need and mutates the sources that match `glob`, by Stryker's instrumenter. */
export async function mutate(root: string, glob: string): Promise<Mutated> {
  const directory = mkdtempSync(join(tmpdir(), 'entra-federate-mutants-'));
  for (const name of COPIED) cpSync(join(root, name), join(directory, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  const sources = globSync(glob, { cwd: directory }).map((name) => {
    const path = join(directory, name);
    return { name: path, mutate: true, content: readFileSync(path, 'utf8') };
  });
  const { files, mutants } = await new Instrumenter(LOGGER).instrument(sources, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
    noHeader: false,
  });
  for (const { name, content } of files) writeFileSync(name, content);
  return {
    directory,
    mutants: mutants.map(({ id, fileName, mutatorName, replacement, location }) => ({
      id,
      file: relative(directory, fileName),
      line: location.start.line + 1,
      mutator: mutatorName,
      replacement,
    })),
    remove: () => rmSync(directory, { recursive: true }),
  };
}
