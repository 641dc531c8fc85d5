import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { terminalText } from '../../../../src/validate/report/terminal.ts';
import { fc } from '../../../harness/property.ts';
import { anyReport } from './any-report.ts';
import { hugeReport } from './huge-report.ts';
import { against, exact, FAIL, PASS, UNKNOWN } from './reports.ts';

test.each([
  ['pass', PASS],
  ['fail', FAIL],
  ['unknown', UNKNOWN],
] as const)('the terminal text of %s', async (name, report) => {
  const text = terminalText(report, false);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
  await expect(text).toMatchFileSnapshot(`__snapshots__/terminal-${name}.txt`);
});

test('colours only when asked, and then says the same', () => {
  for (const report of [PASS, FAIL, UNKNOWN]) {
    const coloured = terminalText(report, true);
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(terminalText(report, false));
  }
});

/** The character above the caret that follows the line of `label`. */
function aboveCaret(text: string, label: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`    ${label}  `));
  const caret = lines.slice(at).find((line) => /^ +\^$/.test(line)) ?? '';
  return lines[at]?.charAt(caret.indexOf('^')) ?? '';
}

test.each([
  ['repo:o/r:a', 'repo:o/r:b', 'a', 'b'],
  ['a::b', 'a::c', 'b', 'c'],
  ['a:b', 'a::', 'b', ':'],
  ['##[x', '##[y', 'x', 'y'],
  ['\u202ex', '\u202ey', 'x', 'y'],
  [`${'x'.repeat(300)}A${'y'.repeat(300)}`, `${'x'.repeat(300)}B${'z'.repeat(300)}`, 'A', 'B'],
])('the caret stands under the first difference of %j and %j', (presented, configured, above, below) => {
  const text = terminalText({ ...FAIL, ...against([exact('x', configured)], presented) }, false);
  expect(aboveCaret(text, 'presented')).toBe(above);
  expect(aboveCaret(text, 'configured')).toBe(below);
});

test('a wide character takes two columns', () => {
  const text = terminalText({ ...FAIL, ...against([exact('x', '日b')], '日a') }, false);
  expect(text).toContain(`    presented   日a\n    configured  日b\n${' '.repeat(18)}^\n`);
});

test('a value that is too wide for a caret is given in full too', () => {
  const subject = `repo:octo/${'a'.repeat(200)}`;
  const text = terminalText({ ...FAIL, ...against([exact('x', `${subject}b`)], `${subject}c`) }, false);
  expect(text).toContain(`    presented in full: ${subject}c\n    configured in full: ${subject}b\n`);
});

test('the mark of an expression is under the claim that it refuses', () => {
  const flexible = exact('x', '', {
    subject: null,
    claimsMatchingExpression: { value: "claims['sub'] eq 'repo:o/s'", languageVersion: 1 },
  });
  const text = terminalText({ ...FAIL, ...against([flexible], 'repo:o/r') }, false);
  expect(text).toContain(
    `presented   repo:o/r\n${' '.repeat(23)}^\n    configured  claims['sub'] eq 'repo:o/s'`,
  );
});

test('a command stays as it is where the runner would not obey it', () => {
  const text = terminalText({ ...FAIL, fix: { bicep: 'a::b\n  ::error::x\n##[x]\n\tz\u202e' } }, false);
  expect(text).toContain('    a::b\n      : :error::x\n    ## [x]\n    \tz\\u{202e}\n');
});

test('nothing from outside moves the cursor, hides, or commands the runner', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const lines = terminalText(report, false).split('\n');
      expect(lines.filter((line) => /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line))).toEqual([]);
      expect(lines.filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('long lists are shortened, with what is left out', () => {
  const text = terminalText(hugeReport('a', 10_000), false);
  expect(text).toContain('  … and 9950 more; the JSON report has them all.');
  expect(text.length).toBeLessThan(1_000_000);
});

test('nothing that is not known looks like a pass', () => {
  expect(terminalText(UNKNOWN, false)).not.toMatch(/✓|PASS|the same|No findings\./);
});
