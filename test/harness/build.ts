import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Scenarios run what is in `dist`: it is built from the sources as they are now. */
export function setup(): void {
  const script = join(import.meta.dirname, '../../scripts/build.ts');
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
}
