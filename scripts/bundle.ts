import { readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Builds the bundles and the licence file into a directory, which is emptied first. */
export async function bundle(out: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  rmSync(out, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/bin/main.ts', 'src/bin/post.ts', 'src/bin/cli.ts'],
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
    plugins: [withoutUndici],
  });
  writeFileSync(join(out, 'LICENSES.txt'), licences(root, Object.keys(metafile.inputs)));
}
