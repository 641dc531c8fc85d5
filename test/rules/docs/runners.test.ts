import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, read } from './documents.ts';

/** What is said, or means something, on some systems only. */
const DIFFERS =
  /process\.platform|'win32'|import \{[^}]*\b(EOL|delimiter)\b[^}]*\} from|windowsHide|taskkill|'junction'|SIGBREAK|\b0o[0-7]{3}\b/;

test('what differs from system to system is in the files that the document names', () => {
  const found = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.split(sep).join('/')}`)
    .filter((path) => path.endsWith('.ts') && !path.startsWith('src/emulator/') && DIFFERS.test(read(path)));
  const named = read('docs/runners.md').matchAll(/`(src\/[\w/-]+\.ts)`/g);
  expect([...named].map(([, path]) => path).sort()).toEqual(found.sort());
});

test('our own workflow runs the tests, and the action, on every system that the document names', () => {
  const workflow = read('.github/workflows/ci.yml');
  const systems = ['ubuntu-24.04-arm', 'macos-latest', 'windows-latest'];
  const matrices = [...workflow.matchAll(/^ {8}os: \[(.+)\]$/gm)].map(([, list = '']) => list.split(', '));
  expect(matrices).toHaveLength(2);
  for (const matrix of matrices) expect(matrix).toEqual(expect.arrayContaining(systems));
  for (const system of systems) expect(read('docs/runners.md')).toContain(`\`${system}\``);
});
