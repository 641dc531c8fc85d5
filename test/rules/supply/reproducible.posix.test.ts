import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../harness/temporary-directory.ts';
import { ROOT, read } from '../docs/documents.ts';

/** The files below a directory, by their paths from it. */
function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

/** The names of the files that are not the same in both directories. */
function differences(one: string, other: string): string[] {
  const names = new Set([...filesIn(one), ...filesIn(other)]);
  const content = (directory: string, name: string) =>
    filesIn(directory).includes(name) ? readFileSync(join(directory, name)).toString('base64') : null;
  return [...names].filter((name) => content(one, name) !== content(other, name));
}

/** The packages that a build needs: what is bundled, and esbuild. */
function packages(): string[] {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Readonly<Record<string, { dev?: boolean; link?: boolean }>>;
  };
  const needed = Object.entries(packages).filter(
    ([path, { dev, link }]) =>
      path.startsWith('node_modules/') && !link && (!dev || /\/@?esbuild(\/|$)/.test(path)),
  );
  return needed.map(([path]) => path);
}

/** The sources in another directory, with the same packages: copies, since esbuild follows a linked directory. */
function copyOfTheSources(): string {
  const copy = temporaryDirectory();
  const present = packages().filter((path) => existsSync(join(ROOT, path)));
  for (const path of ['src', 'scripts', 'package.json', 'tsconfig.json', ...present])
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  return copy;
}

function build(root: string, out: string, env: Readonly<Record<string, string>>): void {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/build.ts'), out], {
    cwd: dirname(out),
    env,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
}

test('two clean builds in different directories, at different places and times of the world, are the same', () => {
  const copy = copyOfTheSources();
  const here = join(temporaryDirectory(), 'dist');
  const there = join(copy, 'out/of/the/way');
  mkdirSync(dirname(there), { recursive: true });
  build(ROOT, here, { TZ: 'Pacific/Auckland', LANG: 'C', HOME: '/nowhere' });
  build(copy, there, { TZ: 'America/Adak', LANG: 'tr_TR.UTF-8', HOME: copy, USER: 'somebody' });
  expect(filesIn(here)).toEqual(expect.arrayContaining(['LICENSES.txt', 'cli.js', 'main.js', 'post.js']));
  expect(differences(here, there)).toEqual([]);
}, 60_000);

test('a build that differs is found out', () => {
  const [one, other] = [temporaryDirectory(), temporaryDirectory()];
  for (const directory of [one, other]) writeFileSync(join(directory, 'main.js'), 'a\n');
  expect(differences(one, other)).toEqual([]);
  writeFileSync(join(one, 'main.js'), 'b\n');
  writeFileSync(join(other, 'new.js'), '');
  expect(differences(one, other)).toEqual(['main.js', 'new.js']);
});
