import { expect } from 'vitest';
import type { Failing } from '../harness/failing.ts';
import { scenario } from '../harness/scenario.ts';

interface Case {
  readonly what: string;
  readonly fault: Failing;
  /** First line of the error, for the ID token request and for the exchange. */
  readonly says: readonly [RegExp, RegExp];
  /** How many requests arrive; undefined where attempts are repeated. */
  readonly arrive?: number;
}

const UNREACHABLE = [
  /^id-token-unavailable: GitHub's ID token endpoint could not be reached: /,
  /^entra-unavailable: Entra could not be reached: /,
] as const;
const UNTRUSTED = /^tls-untrusted: the certificate presented for .* is not trusted, so nothing was sent\.$/;

const CASES: readonly Case[] = [
  { what: 'stays silent', fault: { kind: 'latency', ms: 30_000 }, says: UNREACHABLE },
  { what: 'sends a byte a second', fault: { kind: 'drip', ms: 1000 }, says: UNREACHABLE },
  { what: 'resets every connection', fault: { kind: 'reset' }, says: UNREACHABLE },
  { what: 'is never reached by the proxy', fault: { kind: 'refused' }, says: UNREACHABLE, arrive: 0 },
  { what: 'cuts every TLS handshake', fault: { kind: 'tls' }, says: UNREACHABLE, arrive: 0 },
  {
    what: 'presents an unknown certificate',
    fault: { kind: 'tls-untrusted' },
    says: [UNTRUSTED, UNTRUSTED],
    arrive: 0,
  },
  {
    what: 'answers 503 for ever',
    fault: { kind: 'status', status: 503 },
    says: [
      /^id-token-unavailable: .* answered 503 to the last\.$/,
      /^entra-unavailable: Entra did not issue a token: the last answer was 503 /,
    ],
  },
  {
    what: 'asks to wait for longer than there is',
    fault: { kind: 'status', status: 429, retryAfter: '120' },
    says: [
      /^id-token-unavailable: .* answered 429 to the last\.$/,
      /^entra-unavailable: .* the last answer was 429 /,
    ],
    arrive: 1,
  },
  {
    what: 'answers without a body for ever',
    fault: { kind: 'empty' },
    says: [
      /^id-token-unavailable: GitHub answered without an ID token: the body is empty\.$/,
      /^entra-unavailable: .* 200 with an empty body\.$/,
    ],
  },
  {
    what: 'answers with a web page for ever',
    fault: { kind: 'non-json' },
    says: [
      /^id-token-unavailable: GitHub answered without an ID token: the body holds none\.$/,
      /^entra-unavailable: .* 200 with a body that is not JSON\.$/,
    ],
  },
  {
    what: 'never stops answering',
    fault: { kind: 'huge' },
    says: [/^id-token-unavailable: .*larger than 1 MiB\.$/, /^entra-unavailable: .*larger than 1 MiB\.$/],
    arrive: 1,
  },
  {
    what: 'redirects elsewhere',
    fault: { kind: 'redirect', location: 'https://evil.example/collect' },
    says: [/^id-token-refused: .* answered 302\.$/, /^entra-refused: the answer in Entra's place was 302 /],
    arrive: 1,
  },
  {
    what: 'is a proxy that wants a login',
    fault: { kind: 'status', status: 407, body: 'login first' },
    says: [
      /^id-token-refused: .* answered 407\.$/,
      /^entra-refused: .* was 407 with a body that is not JSON/,
    ],
    arrive: 1,
  },
  {
    what: 'answers 404',
    fault: { kind: 'status', status: 404, body: 'not found' },
    says: [
      /^id-token-refused: .* answered 404\.$/,
      /^entra-refused: .* was 404 with a body that is not JSON/,
    ],
    arrive: 1,
  },
];

for (const [index, service] of (['github-id-token', 'entra-token'] as const).entries()) {
  for (const { what, fault, says, arrive } of CASES) {
    scenario(`stops in time when the host of ${service} ${what}`, async ({ emulator, signIn }) => {
      emulator.fault({ ...fault, service, times: Number.POSITIVE_INFINITY });
      const started = Date.now();
      const step = await signIn({ inputs: { timeout: '2' } });

      expect(step.code).toBe(1);
      expect(step.error().split('\n')[0]).toMatch(says[index] ?? /never/);
      expect(Date.now() - started).toBeLessThan(4_500);
      expect(step.outputs).toEqual({});
      expect(step.variables).toEqual({});
      expect(step.state).toEqual({});
      const reached = emulator.requests().filter((request) => request.service === service);
      if (arrive !== undefined) expect(reached).toHaveLength(arrive);
    });
  }
}

scenario(
  'names the error of one scope while the others go through, and exports nothing',
  async ({ signIn }) => {
    const step = await signIn({ inputs: { tokens: 'arm\nmine=https://unknown.example\ngraph' } });
    expect(step.code).toBe(1);
    expect(step.error()).toMatch(
      /^AADSTS500011: the tenant '11111111-.*' knows no resource for the scope 'https:\/\/unknown\.example\/\.default'\./,
    );
    expect(step.outputs).toEqual({});
    expect(step.variables).toEqual({});
  },
);

scenario('fails when the proxy is not there, instead of going round it', async ({ signIn, traffic }) => {
  const step = await signIn({ inputs: { timeout: '1' }, env: { HTTPS_PROXY: 'http://127.0.0.1:1' } });
  expect(step.code).toBe(1);
  expect(step.error()).toMatch(
    /^id-token-unavailable: GitHub's ID token endpoint could not be reached: ECONNRESET\./,
  );
  expect(traffic()).toEqual([]);
});
