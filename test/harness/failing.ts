import type { Fault } from '../../src/emulator/faults.ts';

/** How something fails, whichever service it is and however often. */
export type Failing<F = Fault> = F extends unknown ? Omit<F, 'service' | 'times' | 'page'> : never;
