import { expect, test } from 'vitest';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { readExplainInput } from '../../../../src/trust/explain/input.ts';
import { quoted, visible } from '../../../../src/trust/explain/visible.ts';

test('writes out what cannot be seen', () => {
  expect(visible('prod\u200b\u202e\n\u001b[31m')).toBe('prod\\u{200b}\\u{202e}\\u{a}\\u{1b}[31m');
  expect(visible('Größe 😀')).toBe('Größe 😀');
});

test('cuts a value that is too long to be read within a sentence', () => {
  expect(quoted('a'.repeat(400))).toBe(`'${'a'.repeat(400)}'`);
  expect(quoted('a'.repeat(401))).toBe(`'${'a'.repeat(400)}…'`);
});

function shown(presented: string, configured: string): string {
  const issuer = 'https://token.actions.githubusercontent.com';
  const read = readExplainInput({
    presented: { issuer, subject: presented, audience: 'a' },
    configured: [{ name: 'x', issuer, subject: configured, audiences: ['a'] }],
  });
  return read.ok ? explain(read.input).explanation : '';
}

test('the caret stands under the first difference, behind characters that are written out', () => {
  const lines = shown('repo:o/r:environment:p\u200brod', 'repo:o/r:environment:p\u200bROD2').split('\n');
  const caret = lines.findIndex((line) => line.trim() === '^');
  expect(lines[caret - 1]?.slice(lines[caret]?.indexOf('^'))).toBe('rod');
});

test('a long subject is cut, and no caret points behind the cut', () => {
  const stem = `repo:o/r:environment:${'x'.repeat(600 - 21)}`;
  const short = shown(stem, `${stem.slice(0, -1)}y`);
  expect(short).toContain(`${stem}\n`);
  expect(short).toMatch(/^ +\^$/m);
  const long = shown(`${stem}ab`, `${stem}cd`);
  expect(long).toContain(`  subject presented   ${stem}…\n`);
  expect(long).toMatch(/^ +\^$/m);
  expect(long).toContain('first difference at character 601');
  const beyond = shown(`${stem}aab`, `${stem}aac`);
  expect(beyond).toContain(`  subject presented   ${stem}…\n  first difference at character 603`);
});
