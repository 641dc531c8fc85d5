import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licence texts of the packages that the bundled files come from, those inside other packages too, in order. */
export function licences(root: string, inputs: readonly string[]): string {
  const packages = new Set(
    inputs.flatMap(
      (input) => /^node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [],
    ),
  );
  return [...packages]
    .sort()
    .map((path) => licenceOf(join(root, 'node_modules', path)))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(directory: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = existsSync(directory)
    ? readdirSync(directory).find((entry) => /^licen[cs]e(\.|$)/i.test(entry))
    : null;
  if (!file && !license) throw new Error(`${name} names no licence`);
  const text = file ? readFileSync(join(directory, file), 'utf8').trim() : `Licence: ${license}`;
  return `${name} ${version} (${license})\n\n${text}\n`;
}
