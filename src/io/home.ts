import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Environment } from './effects.ts';

/**
 * The user's own directory of az: where AZURE_CONFIG_DIR points, unless to one of ours; else `~/.azure`. Null where the
 * user has no home: what lies in the working directory may be anybody's.
 */
export function ownAzDirectory(env: Environment, isOurs: (path: string) => boolean): string | null {
  const set = env['AZURE_CONFIG_DIR'];
  if (set && !isOurs(set)) return resolve(set);
  const home = homedir();
  return isAbsolute(home) ? join(home, '.azure') : null;
}
