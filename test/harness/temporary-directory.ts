import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory of this test's own, removed after it with all that is in it. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'entra-federate-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}
