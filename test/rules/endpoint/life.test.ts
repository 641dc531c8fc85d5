import { expect, test } from 'vitest';
import { endOfLife, LONGEST_LIFE_MS } from '../../../src/endpoint/life.ts';

const NOW = 1_790_000_000_000;
const inHours = (hours: number) => NOW + hours * 60 * 60_000;

test.each([
  ['with the request token', inHours(6) / 1000, inHours(6), true],
  ['at once with one that is dead', inHours(-1) / 1000, inHours(-1), true],
  ['after a day with one that lives longer', inHours(48) / 1000, inHours(24), false],
  ['after a day where nothing tells', null, inHours(24), false],
])('an endpoint ends %s', (_, expires, at, byToken) => {
  expect(endOfLife(NOW, expires)).toEqual({ at, byToken });
});

test('a timer can wait for it', () => {
  expect(LONGEST_LIFE_MS).toBeLessThan(2 ** 31);
});
