import { expect, test } from 'vitest';
import { code, entities, fenced, plain } from '../../../src/report/escape.ts';
import { fc } from '../../harness/property.ts';

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(':', '#', '[', '\n', '\r', '`', '|', '<', '@', '\\', '&', 'w', '.', '/', '\u202e'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
});

test('leaves the runner nothing to obey', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const line = plain(text);
      return !/[\r\n]|^\s*::|##\[/.test(line);
    }),
  );
  expect(plain(':::: ##[add-mask] a\r\nb')).toBe(': ::: ## [add-mask] a b');
  expect(plain(' ::error::x')).toBe(' : :error::x');
  expect(plain('--subject arn:aws:iam::1:role/x')).toBe('--subject arn:aws:iam::1:role/x');
});

test('leaves Markdown, HTML, links and mentions nothing to read', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const inert = entities(text).replace(/&#\d+;/g, '¤');
      return !/[\r\n<>|`@*_[\]\\~#!$&]|:\/|www\./.test(inert);
    }),
  );
  expect(code('<b>|`@x` www.a https://b')).toBe(
    '<code>&#60;b&#62;&#124;&#96;&#64;x&#96; www&#46;a https&#58;//b</code>',
  );
});

test('makes the invisible visible', () => {
  expect(plain('a\u202eb\u0000')).toBe('a\\u{202e}b\\u{0}');
});

test('fences code so that nothing in it can end the fence', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('`', '\n', 'a'), maxLength: 30 }), (text) => {
      const lines = fenced('bash', text).split('\n');
      const fence = lines.at(-1) ?? '';
      return lines.indexOf(fence) === lines.length - 1 && lines.slice(1, -1).join('\n') === text;
    }),
  );
});
