import { expect, test } from 'vitest';
import { readExpected } from '../../../src/validate/expected.ts';

const list = [{ name: 'a', issuer: 'i', subject: 's', audiences: ['x'] }];

test.each([
  ['a list', JSON.stringify(list)],
  ['YAML', 'credentials:\n  - name: a\n    issuer: i\n    subject: s\n    audiences: [x]\n'],
  ["Graph's answer", JSON.stringify({ value: list })],
])('reads %s', (_, text) => {
  expect(readExpected(text)).toMatchObject({ ok: true, credentials: [{ name: 'a', subject: 's' }] });
});

test.each(['', '{', '[1]', '"x"', '{"credentials":{}}', 'a: &x [*x, *x]'])(
  'says what is wrong with %j',
  (text) => {
    expect(readExpected(text)).toMatchObject({ ok: false, problem: expect.any(String) });
  },
);
