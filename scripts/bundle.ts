import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { licences } from './licences.ts';

const root = join(import.meta.dirname, '..');

/** What is not bundled, and what stands in its place. */
const ABSENT: Readonly<Record<string, string>> = {
  // @actions/http-client imports it for its fetch dispatcher alone, which nothing here calls: 416 kB for nothing.
  undici: 'scripts/undici-absent.ts',
  // debug asks for it where it is installed; what is built must not depend on which tools of development are.
  'supports-color': 'scripts/colours-absent.ts',
};

const withoutTheAbsent: Plugin = {
  name: 'without-the-absent',
  setup({ onResolve }) {
    const filter = new RegExp(`^(${Object.keys(ABSENT).join('|')})$`);
    onResolve({ filter }, ({ path }) => ({ path: join(root, ABSENT[path] ?? path) }));
  },
};

/**
 * What is imported late comes after the entry, and says so by importing it: all that the entry loads then is one file.
 * Otherwise esbuild parts it by who else uses what, and a sign-in would open a dozen files, half a millisecond each.
 */
function loadedAfter(entry: string): Plugin {
  return {
    name: 'loaded-after-the-entry',
    setup({ onResolve, onLoad }) {
      const late = new Set<string>();
      onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
        if (kind === 'dynamic-import' && !resolveDir.includes('node_modules'))
          late.add(join(resolveDir, path));
        return null;
      });
      onLoad({ filter: /\.ts$/ }, ({ path }) =>
        late.has(path)
          ? { contents: `import ${JSON.stringify(entry)};\n${readFileSync(path, 'utf8')}`, loader: 'ts' }
          : null,
      );
    },
  };
}

/** How a process of `src/bin` becomes one bundle. */
export function bundleOptions(name: string): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [`src/bin/${name}.ts`],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // What is imported late becomes a file of its own: a sign-in loads nothing of a validation.
    splitting: name !== 'cli',
    chunkNames: '[name]-[hash]',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    define: { __VERSION__: JSON.stringify(version()) },
    // The tunnel package is CommonJS and requires node's modules; an ES module has no require of its own.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins: [withoutTheAbsent, ...(name === 'cli' ? [] : [loadedAfter(join(root, `src/bin/${name}.ts`))])],
  };
}

/** Builds the bundles and the licence file into a directory, which is emptied once they could be built. */
export async function bundle(out: string): Promise<void> {
  const results = await Promise.all(
    ['main', 'post', 'endpoint', 'cli'].map((name) =>
      build({ ...bundleOptions(name), outdir: out, metafile: true, write: false as const }),
    ),
  );
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const { path, contents } of results.flatMap(({ outputFiles }) => outputFiles))
    writeFileSync(path, contents);
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  writeFileSync(join(out, 'LICENSES.txt'), licences(root, inputs));
}

function version(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}
