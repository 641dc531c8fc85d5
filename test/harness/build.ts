import { join } from 'node:path';
import { bundle } from '../../scripts/bundle.ts';

/** Scenarios run what is in `dist`: it is built from the sources as they are now. */
export async function setup(): Promise<void> {
  await bundle(join(import.meta.dirname, '../../dist'));
}
