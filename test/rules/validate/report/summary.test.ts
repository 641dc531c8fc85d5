import { expect, test } from 'vitest';
import type { Report } from '../../../../src/validate/model.ts';
import { summaryMarkdown } from '../../../../src/validate/report/summary.ts';
import { fc } from '../../../harness/property.ts';
import { anyReport } from './any-report.ts';
import { hugeReport } from './huge-report.ts';
import { against, exact, FAIL, PASS, UNKNOWN } from './reports.ts';

const LIMIT = 1_048_576;

/** Our own tags, and what stands in fenced blocks, taken away: what is left is text from outside, and our Markdown. */
function withoutMarkup(markdown: string): string {
  return withoutFences(markdown).replace(/<\/?(?:code|b|ins|i|details|summary)>/g, '');
}

function withoutFences(markdown: string): string {
  let fence = '';
  return markdown
    .split('\n')
    .filter((line) => {
      const [marks = ''] = /^`{3,}/.exec(line) ?? [];
      if (fence === '' && marks !== '') {
        fence = marks;
        return false;
      }
      const wasInside = fence !== '';
      if (wasInside && line === fence) fence = '';
      return !wasInside;
    })
    .join('\n')
    .concat(fence === '' ? '' : 'A FENCE IS OPEN');
}

function count(text: string, part: RegExp): number {
  return [...text.matchAll(part)].length;
}

function expectValid(markdown: string): void {
  const text = withoutFences(markdown);
  expect(text).not.toContain('A FENCE IS OPEN');
  expect(count(text, /<details>/g)).toBe(count(text, /<\/details>/g));
  expect(count(text, /<code>/g)).toBe(count(text, /<\/code>/g));
  expect(count(text, /<b>/g)).toBe(count(text, /<\/b>/g));
  expect(Buffer.byteLength(markdown)).toBeLessThan(LIMIT);
}

test.each([
  ['pass', PASS],
  ['fail', FAIL],
  ['unknown', UNKNOWN],
] as const)('the summary of %s', async (name, report) => {
  const markdown = summaryMarkdown(report);
  expectValid(markdown);
  await expect(markdown).toMatchFileSnapshot(`__snapshots__/summary-${name}.md`);
});

test('tells the verdict first, then the difference, others, findings, fixes with az first, migration, roles', () => {
  const order = [
    '### ❌ Entra trust: fail',
    'Cause: <code>subject-case</code> (certain)',
    '#### Presented and configured',
    'environment:<b><ins>p</ins></b>roduction',
    'environment:<b><ins>P</ins></b>roduction',
    '<details><summary>Other credentials (2)</summary>',
    '#### Findings',
    '| critical | <code>pull-request-trusted</code>',
    '| low |',
    '#### The fix',
    'Azure CLI:',
    'Workflow:',
    '#### Immutable subjects',
    '#### Probes',
    '#### Identity',
    '#### Roles',
    '```mermaid',
    '\n\nworkflow <code>',
  ];
  const markdown = summaryMarkdown(FAIL);
  const places = order.map((part) => markdown.indexOf(part));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('nothing that is not known looks like a pass', () => {
  const markdown = summaryMarkdown(UNKNOWN);
  expect(markdown).not.toMatch(/✅|the same|No findings\.|Nothing is left/);
  for (const missing of [
    'Application.Read.All on Microsoft Graph',
    'the protection rules of the environment',
  ]) {
    expect(markdown).toContain(`not known: ${missing}`);
  }
  expect(markdown).toContain('#### Roles\n\nRoles: not known: Microsoft.Authorization/roleAssignments/read');
});

test('the end of a value that is too short is marked', () => {
  const report = { ...FAIL, ...against([exact('short', 'repo:octo-org/octo-app')]) };
  expect(summaryMarkdown(report)).toContain('<code>repo:octo-org/octo-app</code><b>⟨end⟩</b>');
  expect(summaryMarkdown(report)).toContain('<code>:</code> presented, the end configured');
});

test('what differs far into a long value is still shown', () => {
  const long = (end: string) => `repo:${'x'.repeat(2_000)}${end}`;
  const report = { ...FAIL, ...against([exact('long', long('A'))], long('B')) };
  expect(summaryMarkdown(report)).toMatch(/<code>&#8230;x+<b><ins>B<\/ins><\/b><\/code>/);
});

test('nothing from outside is markup, breaks a table or leaves its block', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const markdown = summaryMarkdown(report);
      expectValid(markdown);
      const text = withoutMarkup(markdown);
      expect(text).not.toMatch(/[<>`@\\~$]/);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      // A table's lines all have as many cells, and no other line has any.
      for (const table of text.split(/\n\n+/).filter((part) => part.startsWith('|'))) {
        expect(new Set(table.split('\n').map((line) => count(line, /\|/g))).size).toBe(1);
      }
      const others = text.split('\n').filter((line) => !line.startsWith('|'));
      expect(others.filter((line) => line.includes('|'))).toEqual([]);
      expect(others.filter((line) => line.startsWith('#') && !/^#{3,4} [✅❌❔A-Z]/u.test(line))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('shows the reader the same structure whatever the text is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const hostile: Report = { ...PASS, verdict: `x${text}`, tenantId: text, cloud: text };
      expect(summaryMarkdown(hostile).match(/\n/g)).toEqual(summaryMarkdown(PASS).match(/\n/g));
    }),
  );
});

test('a fence is longer than any in a fix, and a command shows what hides in it', () => {
  const markdown = summaryMarkdown({ ...FAIL, fix: { az: 'echo 1\n````\n<b>\u202e\r\necho 2\r' } });
  expect(markdown).toContain('Azure CLI:\n\n`````bash\necho 1\n````\n<b>\\u{202e}\necho 2\\u{d}\n`````\n');
});

test('a beginning that Markdown would read is text', () => {
  for (const [verdict, shown] of [
    ['- x', '&#45; x'],
    ['12. x', '&#49;2. x'],
    ['---', '&#45;--'],
    ['    x', 'x'],
  ] as const) {
    expect(summaryMarkdown({ ...PASS, verdict })).toContain(`\n\n${shown}\n\n`);
  }
});

const drawingOf = (markdown: string) => /```mermaid\n([\s\S]*?)\n```/.exec(markdown)?.[1] ?? '';

test('no label leaves its box in the drawing', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const [head, ...lines] = drawingOf(summaryMarkdown(report)).split('\n');
      expect(head).toBe('flowchart LR');
      expect(lines).toHaveLength(9);
      const label = String.raw`"(?:[A-Za-z0-9 ]|#\d+;)*"`;
      const line = new RegExp(`^  n\\d(?:\\[${label}\\]| (?:-->|--x|-\\.->)\\|${label}\\| n\\d)$`);
      expect(lines.filter((text) => !line.test(text) || /\bend\b/i.test(text))).toEqual([]);
    }),
  );
});

test.each(['a', '`', '|', '\u200b', '\u0001', '\ud800', '日', '\u{e0041}', '<b>', '\n'])(
  'stays under 1 MiB with 10,000 findings, and texts made of %j',
  (char) => {
    const markdown = summaryMarkdown(hugeReport(char, 10_000));
    expectValid(markdown);
    expect(markdown).toMatch(/… and \d+ more; the JSON report has them all\./);
    expect(markdown).toContain('2000 critical, 2000 high, 2000 medium, 2000 low, 2000 info.');
    expect(markdown).toMatch(/\| critical \| <code>code&?/);
    expect(markdown).toContain('#### The chain');
  },
);

test('20 ordinary credentials of 600 characters are all shown', () => {
  const credentials = Array.from({ length: 20 }, (_, index) =>
    exact(`credential-${index}`, `repo:${'o'.repeat(595)}`, { issuer: `https://${'i'.repeat(592)}` }),
  );
  const markdown = summaryMarkdown({ ...FAIL, ...against(credentials) });
  expect(count(markdown, /<code>credential-\d+<\/code> \|/g)).toBe(20);
  expect(markdown).not.toContain('more; the JSON');
});

test('a fix that is too long is not cut', () => {
  const markdown = summaryMarkdown({ ...FAIL, fix: { az: 'az '.repeat(20_000) } });
  expect(markdown).toContain('Azure CLI: too long to be shown here; the JSON report has it.');
});
