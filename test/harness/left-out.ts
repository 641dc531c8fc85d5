import { test } from 'vitest';

/** Why a test is left out: these reasons and no others. */
export const REASONS = [
  'az is not installed on this machine',
  'az needs a POSIX machine here',
  'the current az is not installed (scripts/az-current.sh does it, where PyPI is reached)',
  "Debian's python3-azure is not installed",
  'libfaketime is not installed',
  'zizmor is not installed (scripts/zizmor.sh does it, where PyPI is reached)',
  'this machine does not let us make a network namespace',
  'this machine does not let us mount a disk in a namespace',
  'the keys of Azure Arc cannot be written (they need root, on Linux)',
] as const;

export type Reason = (typeof REASONS)[number];

/** Names a test that this machine cannot run. */
export function leaveOut(sentence: string, reason: Reason): void {
  test(sentence, ({ skip }) => {
    process.stderr.write(`Left out, because ${reason}: ${sentence}\n`);
    skip(reason);
  });
}
