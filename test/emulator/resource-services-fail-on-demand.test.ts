import { expect, test } from 'vitest';
import type { ServiceName } from '../../src/emulator/faults.ts';
import { JOB_TOKEN } from '../../src/emulator/seed-github.ts';
import { ARM_SCOPE, application, codeOf, idToken, send } from './client.ts';
import { useEmulator } from './fixture.ts';
import { GRAPH_SCOPE, tokenFor } from './resources.ts';

const emulator = useEmulator();

async function wire(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'user-agent': 'test' };
  const reply = await send(emulator.current, new Request(url, { headers }));
  return { ...reply, body: JSON.parse(reply.text) };
}

const CASES: [ServiceName, string, string, RegExp][] = [
  [
    'graph',
    'https://graph.microsoft.com/v1.0/applications',
    GRAPH_SCOPE,
    /"code":"TooManyRequests".*innerError/,
  ],
  [
    'arm',
    'https://management.azure.com/subscriptions?api-version=2022-12-01',
    ARM_SCOPE,
    /"code":"TooManyRequests"/,
  ],
  ['github-api', 'https://api.github.com/repos/octo-org/octo-repo', '', /API rate limit exceeded/],
];

test.each(CASES)('%s throttles in its own words', async (service, url, scope, words) => {
  const token = scope === '' ? JOB_TOKEN : await tokenFor(emulator.current, 'octo-deploy', scope);
  emulator.current.fault({ service, kind: 'throttled', retryAfter: '3' });
  const reply = await wire(url, token);
  expect([reply.status, reply.headers['retry-after']]).toEqual([429, '3']);
  expect(reply.text).toMatch(words);
  expect((await wire(url, token)).status).toBe(200);
});

test('GitHub counts down its limit in headers, and may refuse with 403', async () => {
  emulator.current.fault({ service: 'github-api', kind: 'throttled', status: 403 });
  const reply = await wire('https://api.github.com/repos/octo-org/octo-repo', JOB_TOKEN);
  expect([reply.status, reply.headers['x-ratelimit-remaining']]).toEqual([403, '0']);
});

test('a fault of one page leaves the other pages alone', async () => {
  const token = await tokenFor(emulator.current, 'octo-deploy', GRAPH_SCOPE);
  emulator.current.fault({ service: 'graph', kind: 'throttled', page: 2 });
  const first = await wire('https://graph.microsoft.com/v1.0/applications?$top=5', token);
  const next: string = first.body['@odata.nextLink'];
  expect((await wire(next, token)).status).toBe(429);
  expect((await wire(next, token)).status).toBe(200);
});

test('every cloud has its Graph and its Resource Manager', () => {
  const hosts = ['graph.microsoft.us', 'dod-graph.microsoft.us', 'microsoftgraph.chinacloudapi.cn'];
  const managers = ['management.usgovcloudapi.net', 'management.chinacloudapi.cn'];
  const requests = [...hosts, ...managers].map((host) =>
    emulator.current.handle(new Request(`https://${host}/v1.0/me`)),
  );
  return expect(Promise.all(requests).then((all) => all.map(({ status }) => status))).resolves.toEqual([
    401, 401, 401, 401, 401,
  ]);
});

test('an application may be made to accept any audience, which Entra never does', async () => {
  const assertion = await idToken(emulator.current, null);
  const code = (name: string) =>
    codeOf(emulator.current, { client: application(emulator.current, name).appId, assertion });
  expect([await code('octo-deploy'), await code('octo-any-audience')]).toEqual([700212, undefined]);
});
