import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/cli/command-line.ts';
import { temporaryDirectory } from '../../harness/temporary-directory.ts';
import { DOCUMENTS, ROOT, read } from './documents.ts';
import { blocksOf } from './markdown.ts';

const CLI = join(ROOT, 'dist/cli.js');
const scripts = (JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> }).scripts;

const blocks = DOCUMENTS.flatMap((document) =>
  blocksOf(read(document)).map((block) => ({ document, ...block })),
);
const examples = blocks
  .filter(({ language }) => language === 'console')
  .flatMap(({ document, line, text }) =>
    text
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command = '', ...output] = part.trimEnd().split('\n');
        return { document, line, command, output };
      }),
  );

/** The files that a document shows: a block of JSON after "as `NAME`:". */
function filesOf(markdown: string): { name: string; content: string }[] {
  const lines = markdown.split('\n');
  return blocksOf(markdown).flatMap(({ language, line, text }) => {
    const [, name] = /`([\w-]+\.json)`:$/.exec(lines[line - 4] ?? lines[line - 3] ?? '') ?? [];
    return language === 'json' && name ? [{ name, content: text }] : [];
  });
}

/** What a command of a document prints, with the files that the document shows. */
function run(command: string, document: string): string {
  const directory = temporaryDirectory();
  for (const { name, content } of filesOf(read(document))) writeFileSync(join(directory, name), content);
  const ours = command.replace(/^node dist\/cli\.js /, '"$NODE" "$CLI" ');
  expect(ours).not.toBe(command);
  const env = { NODE: process.execPath, CLI, PATH: process.env['PATH'] };
  return spawnSync('bash', ['-c', ours], { cwd: directory, env, encoding: 'utf8' }).stdout;
}

/** Whether lines are as shown; a shown `…` stands for any lines. */
function isAsShown(lines: readonly string[], shown: readonly string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return lines.length === 0;
  if (first === '…') return lines.some((_, index) => isAsShown(lines.slice(index + 1), rest));
  return lines[0] === first && isAsShown(lines.slice(1), rest);
}

test('there are examples', () => {
  expect(examples.length).toBeGreaterThanOrEqual(4);
});

test.each(examples)(
  '$document, line $line: $command prints what is shown',
  ({ document, command, output }) => {
    const lines = run(command, document).trimEnd().split('\n');
    expect(isAsShown(lines, output), lines.join('\n')).toBe(true);
  },
);

test('what is not as shown is found out', () => {
  expect(isAsShown(['a', 'b', 'c'], ['a', '…', 'c'])).toBe(true);
  for (const shown of [['a'], ['a', '…', 'd'], ['b', '…'], ['a', 'b', 'c', '…']])
    expect(isAsShown(['a', 'b', 'c'], shown), shown.join()).toBe(false);
});

/** The words of each call of ours in a script, as a shell hands them over: one that may start and write nothing. */
function callsIn(script: string): string[][] {
  const shims = ['node() { shift; printf "%s\\0" "$@" END; }', 'command_not_found_handle() { :; }'];
  const { stdout } = spawnSync('/bin/bash', ['-r', '-c', [...shims, script].join('\n')], {
    env: { PATH: '/nowhere' },
    encoding: 'utf8',
  });
  const calls = stdout.split('END\0').filter((call) => call !== '');
  return calls.map((call) => call.split('\0').slice(0, -1));
}

const calls = blocks
  .filter(({ language, text }) => language === 'sh' && /node dist\/cli\.js/.test(text))
  .flatMap(({ document, line, text }) => callsIn(text).map((words) => ({ document, line, words })));

test.each(calls)('$document, line $line: the command line takes $words', ({ words }) => {
  expect(parseCommandLine(words)).not.toMatchObject({ name: 'usage' });
});

test('a call is found, and one that the command line does not take', () => {
  const script = 'node dist/cli.js match --fiel "a b"\nls\nnode dist/cli.js demo\n';
  expect(callsIn(script)).toEqual([['match', '--fiel', 'a b'], ['demo']]);
  expect(parseCommandLine(['match', '--fiel', 'a b'])).toMatchObject({ name: 'usage' });
  expect(calls.length).toBeGreaterThan(0);
});

test('no command of a document runs what is on npm under our name', () => {
  expect(
    blocks.filter(({ text }) => /\b(?:npx|npm exec|npm (?:i|install)\b.*) entra-federate/.test(text)),
  ).toEqual([]);
});

test.each(DOCUMENTS)('%s names scripts that there are', (document) => {
  const named = [...read(document).matchAll(/\bnpm run (?:--?\w+ )*([\w:]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('every script is explained to who contributes', () => {
  const rows = [...read('CONTRIBUTING.md').matchAll(/^\| `npm (?:run )?([\w:]+)` \|/gm)].map(
    ([, name]) => name,
  );
  expect(rows.sort()).toEqual(Object.keys(scripts).sort());
});

test('the generated documents are as npm run docs makes them', () => {
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'docs', '--', '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('does not agree')]);
});
