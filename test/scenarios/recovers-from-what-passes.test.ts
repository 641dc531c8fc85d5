import { expect } from 'vitest';
import type { Failing } from '../harness/failing.ts';
import { scenario } from '../harness/scenario.ts';

/** Each passes by itself; where a request arrives, it is answered by the second attempt. */
const PASSING: [string, Failing][] = [
  ['an answer that is late', { kind: 'latency', ms: 700 }],
  ['a connection that is reset', { kind: 'reset' }],
  ['a tunnel that the proxy cannot open', { kind: 'refused' }],
  ['a TLS handshake that is cut', { kind: 'tls' }],
  ['408', { kind: 'status', status: 408 }],
  ['429 without Retry-After', { kind: 'status', status: 429 }],
  ['429 with Retry-After', { kind: 'status', status: 429, retryAfter: '1' }],
  ['500', { kind: 'status', status: 500 }],
  ['502 with a web page', { kind: 'status', status: 502, body: '<html>Bad gateway</html>' }],
  ['503', { kind: 'status', status: 503 }],
  ['504', { kind: 'status', status: 504 }],
  ['an empty body', { kind: 'empty' }],
  ['a body that is not JSON', { kind: 'non-json' }],
  ['a body that is cut', { kind: 'truncated' }],
];

const REQUESTS = { 'github-id-token': 'the ID token request', 'entra-token': 'the exchange' } as const;

for (const service of ['github-id-token', 'entra-token'] as const) {
  for (const [what, kind] of PASSING) {
    scenario(`recovers from ${what} to ${REQUESTS[service]}`, async ({ emulator, signIn }) => {
      emulator.fault({ ...kind, service });
      const started = Date.now();
      const step = await signIn();

      expect(step.code, step.stdout).toBe(0);
      expect(emulator.issued()).toContain(step.outputs['access-token']);
      const reached = emulator.requests().filter((request) => request.service === service);
      const unseen = kind.kind === 'refused' || kind.kind === 'tls' || kind.kind === 'latency';
      expect(reached).toHaveLength(unseen ? 1 : 2);
      if ('retryAfter' in kind) expect(Date.now() - started).toBeGreaterThan(1000);
    });
  }
}

scenario(
  'recovers from an Entra that does not know the new key of GitHub yet',
  async ({ emulator, signIn }) => {
    expect((await signIn()).code).toBe(0);
    emulator.rotateGitHubKeys();
    const refused = () => emulator.requests().filter(({ status }) => status === 401).length;
    const meanwhile = setInterval(() => refused() > 0 && emulator.forgetIssuerKeys(), 10);
    const step = await signIn();
    clearInterval(meanwhile);
    expect(step.code, step.stdout).toBe(0);
    expect(refused()).toBeGreaterThan(0);
  },
);

scenario('recovers when Entra is out of its directory for a moment', async ({ emulator, signIn }) => {
  emulator.fault({ service: 'entra-token', kind: 'aadsts', code: 90033, times: 2 });
  const step = await signIn();
  expect(step.code, step.stdout).toBe(0);
});
