import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');

/** The command that runs tests: all, or those that `asked` names; with its options. */
export function vitest(asked: readonly string[]): [program: string, args: string[]] {
  return [process.execPath, [PROGRAM, 'run', ...asked]];
}
