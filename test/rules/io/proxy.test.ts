import { afterEach, expect, test, vi } from 'vitest';
import { goesRoundProxy, readProxy } from '../../../src/io/proxy.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  [{}, { kind: 'none' }],
  [{ HTTP_PROXY: 'http://proxy:1', ALL_PROXY: 'http://proxy:1' }, { kind: 'none' }],
  [
    { HTTPS_PROXY: ' proxy:8080 ' },
    { variable: 'HTTPS_PROXY', value: 'http://proxy:8080', host: 'proxy:8080' },
  ],
  [{ HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' }, { host: 'lower:1' }],
  [{ HTTPS_PROXY: 'user:secret@proxy:8080' }, { value: 'http://user:secret@proxy:8080', host: 'proxy:8080' }],
  [{ HTTPS_PROXY: 'http://user:p%40ss@proxy:8080' }, { kind: 'proxy', host: 'proxy:8080' }],
  [{ HTTPS_PROXY: 'http://user:p#ss@proxy:8080' }, { kind: 'unusable', reason: 'it is not a URL' }],
  [{ HTTPS_PROXY: 'http://user:100%@proxy:8080' }, { kind: 'unusable', variable: 'HTTPS_PROXY' }],
])('%j is %j', (env, setting) => {
  expect(readProxy(env)).toMatchObject(setting);
});

test.each([
  ['10.1.2.3', '10.1.2.3', true],
  ['10.1.2.3:443', '10.1.2.3', true],
  ['10.1.2.30', '10.1.2.3', false],
  ['10.0.0.0/8', '10.1.2.3', false],
  ['example.com', 'login.example.com', true],
  ['example.com', 'notexample.com', false],
])('NO_PROXY=%s, and %s goes round the proxy: %s', (entries, host, expected) => {
  vi.stubEnv('no_proxy', '');
  vi.stubEnv('NO_PROXY', entries);
  expect(goesRoundProxy(host)).toBe(expected);
});
