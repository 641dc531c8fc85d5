import { createEmulator, type EmulatorOptions } from './emulator.ts';
import { isJsonObject } from './json-object.ts';

/** Where a command writes lines. */
export interface Console {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

/**
 * Serves an emulator until `stopped` settles. The first and only line on standard output is JSON: the environment for
 * client processes and the URL of the control server. Gives the exit status: 2 where the seed cannot be used.
 */
export async function serveEmulator(
  seed: unknown,
  port: number,
  stopped: Promise<void>,
  out: Console,
): Promise<number> {
  if (!isJsonObject(seed)) {
    out.printError('the seed is not a readable file with a JSON object');
    return 2;
  }
  const options: EmulatorOptions = { seed, port };
  try {
    const emulator = await createEmulator(options);
    out.print(JSON.stringify({ env: emulator.env, control: emulator.control }));
    await stopped;
    await emulator.close();
    return 0;
  } catch (error) {
    out.printError(`the emulator does not start: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}
