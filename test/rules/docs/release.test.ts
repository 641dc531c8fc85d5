import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Workflow } from '../workflows/workflows.ts';
import { read } from './documents.ts';

/** The permissions that the table of docs/release.md names for each job. */
function documented(text: string): Record<string, string[]> {
  const rows = [...text.matchAll(/^\| `(\w+)` \|[^|\n]*\|([^|\n]*)\|$/gm)];
  return Object.fromEntries(
    rows.map(([, job = '', may = '']) => [
      job,
      [...may.matchAll(/`([\w-]+: \w+)`/g)].map(([, permission = '']) => permission).sort(),
    ]),
  );
}

const { jobs } = parse(read('.github/workflows/release.yml')) as Workflow;
const permissionsOf = (permissions: unknown) =>
  Object.entries(permissions as Record<string, string>).map(([name, value]) => `${name}: ${value}`);

test('the table of jobs says what each job of the release may, and no more', () => {
  const real = Object.entries(jobs).map(([name, { permissions }]) => [
    name,
    permissionsOf(permissions).sort(),
  ]);
  expect(documented(read('docs/release.md'))).toEqual(Object.fromEntries(real));
});

test('a permission that the table lacks is found out', () => {
  const text = read('docs/release.md').replace('`id-token: write`', '');
  expect(documented(text)['attest']).not.toEqual(documented(read('docs/release.md'))['attest']);
});
