import { expect, test } from 'vitest';
import { loopbackRoundProxy } from '../../../src/sessions/no-proxy.ts';

const PROXY = { HTTPS_PROXY: 'http://proxy.example:8080' };
const both = (value: string) => ({ NO_PROXY: value, no_proxy: value });

test.each([
  ['nothing', {}, both('127.0.0.1')],
  ['an empty list', both(''), both('127.0.0.1')],
  ['one spelling', { no_proxy: 'a.example' }, both('a.example,127.0.0.1')],
  ['the other', { NO_PROXY: ' a.example , ,.b.example' }, both('a.example,.b.example,127.0.0.1')],
  ['every host', both('*'), both('*')],
  ['every host among others', both('a.example,*'), both('a.example,*')],
  ['loopback itself', both('127.0.0.1,a.example'), both('127.0.0.1,a.example')],
  ['an address that only begins so', both('127.0.0.10'), both('127.0.0.10,127.0.0.1')],
  [
    'two lists that differ',
    { NO_PROXY: 'a.example', no_proxy: '*' },
    { NO_PROXY: 'a.example,127.0.0.1', no_proxy: '*' },
  ],
])('where the job has exempt %s, loopback is so too, and nothing is lost', (_, exempt, expected) => {
  expect(loopbackRoundProxy({ ...PROXY, ...exempt })).toEqual(expected);
});

test.each(['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'])(
  '%s is a proxy',
  (name) => {
    expect(loopbackRoundProxy({ [name]: 'http://proxy.example' })).toEqual(both('127.0.0.1'));
  },
);

test('without a proxy nothing is changed', () => {
  expect(loopbackRoundProxy({ NO_PROXY: 'a.example', HTTPS_PROXY: '' })).toEqual({});
});
