import { expect, test } from 'vitest';
import { read } from '../docs/documents.ts';
import { bundledPackages, manifestOf } from './bundled.ts';

const packages = await bundledPackages();

test('dist/LICENSES.txt names every package that is bundled, with its version, and no other', () => {
  const named = [...read('dist/LICENSES.txt').matchAll(/^(\S+ \d\S*) \(.+\)$/gm)].map(([, name]) => name);
  expect(packages.length).toBeGreaterThan(20);
  expect(named.sort()).toEqual(packages.map(({ name, version }) => `${name} ${version}`).sort());
});

test('a package without a file of its licence has one whose text another brings', () => {
  const file = read('dist/LICENSES.txt');
  const texts = file.split(`\n${'-'.repeat(80)}\n\n`);
  const named = texts.flatMap((text) => /\n\nLicence: (.+)\n/.exec(text)?.[1] ?? []);
  expect(texts.length).toBe(packages.length);
  expect([...new Set(named)]).toEqual(['Apache-2.0']);
  expect(file).toMatch(/Apache License\s+Version 2\.0, January 2004[\s\S]+END OF TERMS AND CONDITIONS/);
});

test('a file belongs to the innermost package that it is in', () => {
  expect(manifestOf('node_modules/a/node_modules/@b/c/lib/x.js')).toBe(
    'node_modules/a/node_modules/@b/c/package.json',
  );
  expect(manifestOf('node_modules/a/x.js')).toBe('node_modules/a/package.json');
  expect(manifestOf('src/bin/main.ts')).toBeNull();
});
