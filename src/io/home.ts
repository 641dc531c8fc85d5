import { join } from 'node:path';
import type { Environment } from './effects.ts';

/** The user's own directory of az: where AZURE_CONFIG_DIR points, unless to one of ours; else `~/.azure`. */
export function ownAzDirectory(env: Environment, isOurs: (path: string) => boolean): string {
  const set = env['AZURE_CONFIG_DIR'];
  if (set && !isOurs(set)) return set;
  return join(env['HOME'] ?? env['USERPROFILE'] ?? '', '.azure');
}
