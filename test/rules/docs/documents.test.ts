import { expect, test } from 'vitest';
import { DOCUMENTS, read } from './documents.ts';
import { localLinks } from './markdown.ts';

const readme = read('README.md');

test('the README leads to every document from one place', () => {
  const [place = ''] = /^\*\*Documents\.\*\*[\s\S]*?\n\n/m.exec(readme) ?? [];
  const others = DOCUMENTS.filter((name) => name !== 'README.md');
  expect(localLinks(place).sort()).toEqual([...others].sort());
});

test('what comes before the reference fits a screen or two', () => {
  const before = readme.slice(0, readme.indexOf('## Inputs'));
  expect(before.split('\n').length).toBeLessThan(90);
});

test('the changelog begins with what is not released, and names the version that is or comes next', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const changelog = read('CHANGELOG.md');
  const [unreleased, ...released] = [...changelog.matchAll(/^## \[(.+?)\]/gm)].map(([, name]) => name);
  expect(unreleased).toBe('Unreleased');
  if (released.length === 0) expect(changelog).toContain(`What will be ${version}:`);
  else expect(released).toContain(version);
});
