import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// Workflows that others call name this action, and what they check out of it, by the tag of the version that they
// belong to: `./` would be the caller's own checkout. With --check it only compares.

const root = join(import.meta.dirname, '..');
const directory = join(root, '.github/workflows');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

for (const name of readdirSync(directory)) {
  const path = join(directory, name);
  const before = readFileSync(path, 'utf8');
  const after = before
    .replace(/(uses: entra-federate\/entra-federate@)\S+/g, `$1v${version}`)
    .replace(/(repository: entra-federate\/entra-federate\r?\n +ref: )\S+/g, `$1v${version}`);
  if (after === before) continue;
  if (!values.check) writeFileSync(path, after);
  else {
    process.stderr.write(`${name} does not name v${version}: run npm run stamp.\n`);
    process.exitCode = 1;
  }
}
