import { existsSync } from 'node:fs';

/** Debian's libfaketime: what it starts lives in accelerated time. */
export const FAKETIME = '/usr/bin/faketime';

/** Whether it is there. Throws in CI on Debian, where it must be. */
export function hasFaketime(): boolean {
  if (existsSync(FAKETIME)) return true;
  if (process.env['CI'] === 'true' && existsSync('/etc/debian_version'))
    throw new Error('CI on Debian runs without faketime');
  return false;
}
