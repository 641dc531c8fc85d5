import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloudTable } from '../../../scripts/cloud-table.ts';
import { findingsDocument } from '../../../scripts/findings.ts';
import { troubleshootingDocument } from '../../../scripts/troubleshooting.ts';

// What the tables of the core say is read by people in the documents: a change of a word is a change there.
test.each([
  ['findings.md', findingsDocument()],
  ['troubleshooting.md', troubleshootingDocument()],
  ['clouds.md', cloudTable()],
])('docs/%s says what the core says', (name, generated) => {
  expect(readFileSync(join(import.meta.dirname, '../../../docs', name), 'utf8')).toContain(generated);
});
