import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { licences } from './licences.ts';

const root = join(import.meta.dirname, '..');

// @actions/http-client imports undici for its fetch dispatcher alone, which nothing here calls: 416 kB for nothing.
const withoutUndici: Plugin = {
  name: 'without-undici',
  setup({ onResolve }) {
    onResolve({ filter: /^undici$/ }, () => ({ path: join(root, 'scripts/undici-absent.ts') }));
  },
};

// What only `mode: validate` needs is a bundle of its own, so that a sign-in loads none of it.
const validateApart: Plugin = {
  name: 'validate-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/validate\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './validate.js', external: true } : null,
    );
  },
};

/** What is left out of the bundles, and why, stands with each. */
export const PLUGINS: readonly Plugin[] = [withoutUndici, validateApart];

/** Builds the bundles and the licence file into a directory, which is emptied once they could be built. */
export async function bundle(out: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const { metafile, outputFiles } = await build({
    write: false,
    absWorkingDir: root,
    entryPoints: ['main', 'post', 'validate', 'cli'].map((name) => `src/bin/${name}.ts`),
    outdir: out,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    define: { __VERSION__: JSON.stringify(version) },
    // The tunnel package is CommonJS and requires node's modules; an ES module has no require of its own.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins: [...PLUGINS],
  });
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  writeFileSync(join(out, 'LICENSES.txt'), licences(root, Object.keys(metafile.inputs)));
}
