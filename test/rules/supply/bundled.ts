import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../../scripts/bundle.ts';
import { ROOT } from '../docs/documents.ts';

/** A package of which something is in `dist/`. */
export interface Package {
  readonly name: string;
  readonly version: string;
}

/** Every package that the bundles take a file from, by esbuild's own account; those inside other packages, too. */
export async function bundledPackages(): Promise<Package[]> {
  const results = await Promise.all(
    ['main', 'post', 'endpoint', 'cli'].map((name) =>
      build({ ...bundleOptions(name), outdir: join(ROOT, 'dist'), metafile: true, write: false }),
    ),
  );
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const manifests = new Set(inputs.flatMap((input) => manifestOf(input) ?? []));
  return [...manifests].map((path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Package);
}

/** The package.json of the innermost package that a file is in; null for a file of ours. */
export function manifestOf(input: string): string | null {
  const [, directory] = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
  return directory === undefined ? null : `${directory}/package.json`;
}
