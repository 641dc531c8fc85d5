import { expect, test } from 'vitest';
import { LOOPBACK, roundProxy } from '../../../src/sessions/no-proxy.ts';
import { reachOfEndpoint } from '../../../src/sessions/reach.ts';

const proxy = { HTTPS_PROXY: 'http://proxy:1' };
const both = (value: string) => ({ NO_PROXY: value, no_proxy: value });

test.each([
  [{}, {}],
  [{ NO_PROXY: 'a' }, {}],
  [proxy, both('127.0.0.1')],
  [{ http_proxy: 'http://proxy:1' }, both('127.0.0.1')],
  [{ ...proxy, NO_PROXY: 'a, b', no_proxy: '' }, { NO_PROXY: 'a,b,127.0.0.1' }],
  [{ ...proxy, no_proxy: 'a' }, { no_proxy: 'a,127.0.0.1' }],
  [
    { ...proxy, NO_PROXY: 'a', no_proxy: 'b' },
    { NO_PROXY: 'a,127.0.0.1', no_proxy: 'b,127.0.0.1' },
  ],
  [{ ...proxy, NO_PROXY: '127.0.0.1,a' }, { NO_PROXY: '127.0.0.1,a' }],
  [{ ...proxy, NO_PROXY: '*' }, { NO_PROXY: '*' }],
])('%j becomes %j', (env, merged) => {
  expect(roundProxy(env, [LOOPBACK])).toEqual(merged);
});

test('several hosts are added, each once', () => {
  const env = { ...proxy, NO_PROXY: 'a,169.254.169.254' };
  expect(roundProxy(env, ['127.0.0.1', '169.254.169.254', 'msi'])).toEqual({
    NO_PROXY: 'a,169.254.169.254,127.0.0.1,msi',
  });
});

test('says how far an endpoint reaches, in a container and out of it', () => {
  expect(reachOfEndpoint({ GITHUB_WORKSPACE: '/__w/repo/repo' })).toContain('in the container of this job');
  expect(reachOfEndpoint({ GITHUB_WORKSPACE: '/home/runner/work' })).toContain('the steps of this job');
  expect(reachOfEndpoint({})).toContain('`docker run`');
});
