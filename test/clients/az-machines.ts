import { accessSync, constants, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Reason } from '../harness/left-out.ts';

/** An az of this machine, or the listed reason why there is none. */
export type AzOrReason = { readonly program: string } | { readonly reason: Reason };

const DEBIAN = '/etc/debian_version';
/** As in scripts/az-current.sh. */
const CURRENT = join(tmpdir(), 'entra-federate-az-2.91.0', 'bin', 'az');

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The az that is on PATH. Throws in CI on Debian, where it must be there. */
export function installedAz(): AzOrReason {
  if (process.platform === 'win32') return { reason: 'az needs a POSIX machine here' };
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  const program = directories.map((directory) => join(directory, 'az')).find(isExecutable);
  if (program !== undefined) return { program };
  if (process.env['CI'] === 'true' && existsSync(DEBIAN)) throw new Error('CI on Debian runs without az');
  return { reason: 'az is not installed on this machine' };
}

/** The az of the day, from PyPI. */
function currentAz(): AzOrReason {
  if (process.platform === 'win32') return { reason: 'az needs a POSIX machine here' };
  return isExecutable(CURRENT)
    ? { program: CURRENT }
    : {
        reason: 'the current az is not installed (scripts/az-current.sh does it, where PyPI is reached)',
      };
}

/** The az that reads managed identities through MSAL, as far as it is there. */
export const MSAL_AZ: readonly (readonly [string, AzOrReason])[] = [['the current az', currentAz()]];

/** PATH of a job on a machine with that az: it, and what any POSIX machine has, which may be another az. */
export function pathWith(program: string): string {
  return [dirname(program), '/usr/bin', '/bin'].join(delimiter);
}

/** On Debian, az 2.45 needs a repair to run `az role`. */
export const DEBIAN_SHIM = existsSync(DEBIAN) ? join(import.meta.dirname, 'debian') : null;

/** Each az that tests run, by its name, or the reason why it is left out. */
export function azMachines(): readonly (readonly [string, AzOrReason])[] {
  return [
    ['the az of this machine', installedAz()],
    ['the current az', currentAz()],
  ];
}
