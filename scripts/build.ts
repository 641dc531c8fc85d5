import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { licences } from './licences.ts';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') } } });

// @actions/http-client imports undici for its fetch dispatcher alone, which nothing here calls: 416 kB for nothing.
const withoutUndici: Plugin = {
  name: 'without-undici',
  setup({ onResolve }) {
    onResolve({ filter: /^undici$/ }, () => ({ path: join(root, 'scripts/undici-absent.ts') }));
  },
};

rmSync(values.out, { recursive: true, force: true });
const result = await build({
  absWorkingDir: root,
  entryPoints: ['src/bin/main.ts', 'src/bin/post.ts', 'src/bin/cli.ts'],
  outdir: values.out,
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
writeFileSync(join(values.out, 'LICENSES.txt'), licences(root, Object.keys(result.metafile.inputs)));
