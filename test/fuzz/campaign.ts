import { appendFileSync } from 'node:fs';
import { afterAll, test } from 'vitest';
import { fc } from '../harness/property.ts';

/** How many cases each campaign has: few in `npm test`, many in `npm run fuzz` (test/fuzz/run.ts). */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 250);

let cases = 0;
afterAll(() => {
  const file = process.env['FUZZ_COUNTS'];
  if (file) appendFileSync(file, `${cases}\n`);
});

/** A sentence that holds of whatever is drawn; what breaks it is shrunk to the smallest case, told with its seed. */
export function campaign<T>(
  sentence: string,
  drawn: fc.Arbitrary<T>,
  holds: (value: T) => Promise<void> | void,
): void {
  test(sentence, { timeout: 20_000 + RUNS * 20 }, async () => {
    const property = fc.asyncProperty(drawn, async (value) => {
      cases++;
      await holds(value);
    });
    await fc.assert(property, { numRuns: RUNS, verbose: false });
  });
}
