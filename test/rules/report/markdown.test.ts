import { expect, test } from 'vitest';
import { diagnosisMarkdown, prose } from '../../../src/report/markdown.ts';

test('a command of a failed step cannot look like another: what is invisible in it is shown', () => {
  const text = 'az ad app list\t--all\naz login --tenant a\u202eb';
  const markdown = diagnosisMarkdown({
    code: 'internal',
    sentence: 'a sentence.',
    facts: [],
    remedy: [],
    snippets: [{ title: 'Then', language: 'bash', text }],
  });
  expect(markdown).toContain('```bash\naz ad app list\t--all\naz login --tenant a\\u{202e}b\n```');
});

test.each([
  ['- a list', '&#45; a list'],
  ['12) a list', '&#49;2) a list'],
  ['    a block of code', 'a block of code'],
  ['`name` is <b>', '<code>name</code> is &#60;b&#62;'],
])('nothing in a sentence becomes more than a sentence: %s', (text, expected) => {
  expect(prose(text)).toBe(expected);
});
