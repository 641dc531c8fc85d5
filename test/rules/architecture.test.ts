import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { bundleOptions } from '../../scripts/bundle.ts';
import { ARROWS } from './arrows.ts';

const ROOT = join(import.meta.dirname, '../..');
const SRC = join(ROOT, 'src');

interface Source {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const path = name.split(sep).join('/');
    const text = readFileSync(join(SRC, name), 'utf8');
    const imports = [...text.matchAll(/^(?:import|export)\s(?:[^;'=]*?\sfrom\s)?'([^']+)'/gm)].map(
      ([, from = '']) => from,
    );
    return { path, room: path.split('/')[0] ?? '', text, imports };
  });

/** The rooms that a file imports from, its own left out. */
function roomsBehind({ path, room, imports }: Source): string[] {
  const local = imports
    .filter((from) => from.startsWith('.'))
    .map((from) => posix.join(posix.dirname(path), from));
  return local.map((target) => target.split('/')[0] ?? '').filter((target) => target !== room);
}

test('reads every import that there is', () => {
  const imports = sources.flatMap(({ imports }) => imports);
  const words = sources.flatMap(({ text }) => [...text.matchAll(/\bfrom '[^']+';$/gm)]);
  expect(imports.length).toBeGreaterThanOrEqual(words.length);
  const lazy = sources
    .filter(({ text }) => /\brequire\(|\bimport\('/.test(text) && !/function require\(/.test(text))
    .map(({ path }) => path);
  expect(lazy, 'imports that come late').toEqual([
    'bin/cli.ts',
    'bin/endpoint.ts',
    'bin/identity-sources.ts',
    'bin/main.ts',
    'bin/post.ts',
    'bin/sessions.ts',
  ]);
});

test.each(Object.keys(ARROWS))('%s knows only the rooms that it may', (room) => {
  const found = sources.filter((source) => source.room === room).flatMap(roomsBehind);
  expect([...new Set(found)].filter((target) => !ARROWS[room]?.includes(target))).toEqual([]);
});

test('there is no room without a rule', () => {
  expect([...new Set(sources.map(({ room }) => room))].sort()).toEqual(
    ['bin', ...Object.keys(ARROWS)].sort(),
  );
});

test('the core imports nothing, not even of Node', () => {
  const core = sources.filter(({ room }) => room === 'trust');
  expect(core.flatMap(({ imports }) => imports).filter((from) => !from.startsWith('.'))).toEqual([]);
});

test('only bin reads the process', () => {
  const readers = sources.filter(
    ({ room, text }) => room !== 'bin' && /\bprocess\.(env|argv|exit|std|platform|execPath)/.test(text),
  );
  expect(readers.map(({ path }) => path)).toEqual([]);
});

test('only bin/cli knows the emulator', () => {
  const knowing = sources
    .filter((source) => roomsBehind(source).includes('emulator'))
    .map(({ path }) => path);
  expect(knowing).toEqual(['bin/cli.ts']);
});

test.each([
  ['@actions/core', 'io/runner.ts'],
  ['@actions/http-client', 'io/http.ts'],
  ['@peculiar/x509', 'emulator/certificates.ts'],
])('%s is known in one place: %s', (name, place) => {
  expect(sources.filter(({ imports }) => imports.includes(name)).map(({ path }) => path)).toEqual([place]);
});

/** The files that a process loads at its start, without those that it imports late. */
async function loadedAtStart(name: string): Promise<string[]> {
  const { metafile } = await build({ ...bundleOptions(name), outdir: 'out', write: false, metafile: true });
  const files = Object.entries(metafile.outputs);
  const pending = files
    .filter(([, { entryPoint }]) => entryPoint === `src/bin/${name}.ts`)
    .map(([file]) => file);
  const loaded = new Set<string>();
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    loaded.add(file);
    const imports = metafile.outputs[file]?.imports.filter(
      ({ kind, external }) => kind === 'import-statement' && !external,
    );
    pending.push(...(imports ?? []).map(({ path }) => path).filter((path) => !loaded.has(path)));
  }
  return [...loaded].flatMap((file) => Object.keys(metafile.outputs[file]?.inputs ?? {}));
}

const LOGIN_ROOMS = Object.keys(ARROWS).filter((room) => !['cli', 'emulator', 'validate'].includes(room));

test.each([
  ['main', ['bin', ...LOGIN_ROOMS]],
  ['post', ['bin', 'io', 'login']],
])('%s loads no code that it does not need', async (name, needed) => {
  const inputs = await loadedAtStart(name);
  const rooms = inputs.flatMap((path) => /^src\/([a-z]+)\//.exec(path)?.[1] ?? []);
  expect(rooms).toContain('io');
  expect([...new Set(rooms)].filter((room) => !needed.includes(room))).toEqual([]);
  expect(
    inputs.filter((path) =>
      /^src\/((trust\/(explain|lint|fixes|aadsts)|login\/refusal|bin\/validate))|node_modules\/(@azure|@aws-sdk|yaml)\//.test(
        path,
      ),
    ),
  ).toEqual([]);
});
