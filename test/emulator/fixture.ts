import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Emulator } from '../../src/emulator/api.ts';
import { createEmulator } from '../../src/emulator/emulator.ts';

/** One emulator for a test file, back at its seed after every test. */
export function useEmulator(): { readonly current: Emulator } {
  let emulator: Emulator | undefined;
  beforeAll(async () => {
    emulator = await createEmulator();
  });
  afterEach(() => emulator?.reset());
  afterAll(async () => emulator?.close());
  return {
    get current() {
      if (!emulator) throw new Error('the emulator has not started');
      return emulator;
    },
  };
}
