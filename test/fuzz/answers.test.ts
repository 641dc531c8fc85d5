import { expect } from 'vitest';
import type { WebIdentityAnswer } from '../../src/io/aws.ts';
import { type HttpAnswer, TransportError } from '../../src/io/effects.ts';
import type { MachineAnswer } from '../../src/io/managed-identity.ts';
import { readCustomCloud } from '../../src/login/custom-cloud.ts';
import { exchange } from '../../src/login/exchange.ts';
import { explainRefusal } from '../../src/login/refusal.ts';
import { Failure } from '../../src/report/failure.ts';
import { createJsonReader } from '../../src/rest/json.ts';
import { awsSource } from '../../src/sources/aws.ts';
import { fileSource } from '../../src/sources/file.ts';
import { githubSource } from '../../src/sources/github.ts';
import { googleSource } from '../../src/sources/google.ts';
import { machineTokens, managedIdentitySource } from '../../src/sources/managed-identity.ts';
import type { Assertion } from '../../src/sources/source.ts';
import { CLOUDS } from '../../src/trust/clouds.ts';
import { fc } from '../harness/property.ts';
import { unsignedToken } from '../harness/unsigned-token.ts';
import { fakeEffects } from '../rules/sources/effects.ts';
import { campaign } from './campaign.ts';
import { givenOrInertFailure } from './inert.ts';
import { anyJson, anyJwt, anyToken, hostile, recordOf } from './texts.ts';

const status = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(200, 200, 200, 400, 401, 429, 503) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 999 }) },
);
const retryHeaders = recordOf({
  'retry-after': fc.oneof(
    fc.nat().map(String),
    fc.constantFrom('-1', '1e9', '999999999999', 'Wed, 21 Oct 2015 07:28:00 GMT', '9999-12-31'),
  ),
  date: fc.constantFrom('Wed, 21 Oct 2015 07:28:00 GMT', 'x'),
  'metadata-flavor': fc.constant('Google'),
}).map((headers) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ),
);

/** What is right, cut, in another encoding, many times over, or anything. */
function bodyOf(right: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const proper = right.map((json) => (typeof json === 'string' ? json : JSON.stringify(json)));
  const text = fc.oneof({ weight: 6, arbitrary: proper }, { weight: 1, arbitrary: hostile });
  return fc.oneof(
    { weight: 8, arbitrary: text },
    fc.tuple(text, fc.nat(50)).map(([whole, end]) => whole.slice(0, end)),
    text.map((whole) => Buffer.from(whole, 'utf16le').toString('latin1')),
    text.map((whole) => `\ufeff${whole}`),
    text.map((whole) => whole.repeat(300)),
  );
}

const answersOf = (right: fc.Arbitrary<unknown>): fc.Arbitrary<(HttpAnswer | Error)[]> =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ status, headers: retryHeaders, body: bodyOf(right) }) },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom('interrupted', 'timeout', 'untrusted', 'oversized', 'proxy-refused')
          .map((kind) => new TransportError(kind as TransportError['kind'], 'ECONNRESET')),
      },
    ),
    { minLength: 1, maxLength: 4 },
  );

/** A world in which these answers come, the last again and again. */
function world(answers: readonly (HttpAnswer | Error)[]) {
  let asked = 0;
  const around = fakeEffects(() => answers[Math.min(asked++, answers.length - 1)] ?? new Error('none'));
  const { signal } = new AbortController();
  /** Not for ever, and not in a loop without waits. */
  const expectPatient = () => {
    expect(asked).toBeLessThan(120);
    expect(around.fx.clock.now() - around.patience.startedAt).toBeLessThanOrEqual(60_000);
  };
  return { ...around, signal, expectPatient };
}

function expectAssertion(given: Assertion | Failure, masked: readonly string[]): void {
  if (given instanceof Failure) return;
  expect(masked).toContain(given.token);
  expect(Number.isNaN(given.staleAt)).toBe(false);
}

campaign(
  "GitHub's answers give an assertion that is masked, or a failure",
  answersOf(recordOf({ value: anyToken, count: fc.nat() })),
  async (answers) => {
    const { fx, seen, patience, signal, expectPatient } = world(answers);
    const url = new URL('https://run.actions.githubusercontent.com/t');
    const source = githubSource({ url, requestToken: 'request-token' }, patience, fx, signal);
    expectAssertion(await givenOrInertFailure(() => source.assertion('a')), seen.masked);
    expectPatient();
  },
);

const refusal = recordOf({
  error: fc.constantFrom('invalid_client', 'invalid_request', 'temporarily_unavailable'),
  error_description: fc.tuple(fc.nat(900_000), hostile).map(([code, text]) => `AADSTS${code}: ${text}`),
  error_codes: fc.array(
    fc.oneof(fc.constantFrom(700213, 700016, 90002, 700024, 90055, 7000215), fc.integer()),
  ),
  trace_id: hostile,
  correlation_id: hostile,
  timestamp: hostile,
  suberror: hostile,
});
const granted = recordOf({
  access_token: anyToken,
  expires_in: fc.oneof(fc.integer(), fc.constantFrom('3600', 86_399, 1e300, '1e99')),
  token_type: fc.constant('Bearer'),
});
const claims = recordOf({ iss: fc.webUrl(), sub: hostile, aud: hostile, repository: hostile, ref: hostile });

campaign(
  "Entra's answers give a token that is masked and ends some day, or a failure that says nothing to anybody",
  fc.tuple(answersOf(fc.oneof(refusal, granted)), claims),
  async ([answers, presented]) => {
    const { fx, seen, patience, signal, expectPatient } = world(answers);
    const assertion: Assertion = {
      token: unsignedToken(presented),
      claims: { ...presented },
      from: 'x',
      staleAt: 0,
    };
    const inputs = { clientId: 'c', tenantId: 't', cloud: CLOUDS.AzureCloud, waitForTrustMs: 0 };
    const context = { inputs, correlationId: 'i', patience, fx, signal };
    const given = await givenOrInertFailure(() =>
      exchange(
        { name: 'arm', scope: 's' },
        { ...context, assertion: async () => assertion, explain: async (...said) => explainRefusal(...said) },
      ),
    );
    expectPatient();
    if (given instanceof Failure) return;
    expect(seen.masked).toContain(given.token);
    expect(new Date(given.expiresAt * 1000).toISOString()).toMatch(/^20/);
  },
);

campaign(
  "the answers of Google's metadata server give an assertion that is masked, or a failure",
  answersOf(anyToken),
  async (answers) => {
    const { fx, seen, patience, signal, expectPatient } = world(answers);
    const source = googleSource(new URL('http://127.0.0.1'), patience, fx, signal);
    expectAssertion(await givenOrInertFailure(() => source.assertion('a')), seen.masked);
    expectPatient();
  },
);

const awsAnswer: fc.Arbitrary<WebIdentityAnswer> = fc.oneof(
  anyToken.map((given) => ({ kind: 'token' as const, token: given })),
  fc.constant({ kind: 'no-credentials' as const }),
  hostile.map((origin) => ({ kind: 'endpoint-refused' as const, origin })),
  hostile.map((reason) => ({ kind: 'no-answer' as const, reason })),
  fc.record({
    kind: fc.constant('refused' as const),
    code: fc.oneof(
      hostile,
      fc.constantFrom('SessionDurationEscalationException', 'Throttling', 'AccessDenied'),
    ),
    status,
    text: hostile,
    requestId: fc.option(hostile),
  }),
);

campaign('the answers of AWS give an assertion that is masked, or a failure', awsAnswer, async (answer) => {
  const { fx, seen, patience, signal } = world([]);
  const source = awsSource('eu-west-1', async () => answer, patience, fx, signal);
  expectAssertion(await givenOrInertFailure(() => source.assertion('a')), seen.masked);
});

const machineAnswer: fc.Arbitrary<MachineAnswer> = fc.oneof(
  fc.record({ kind: fc.constant('token' as const), token: anyToken, expiresAt: fc.integer() }),
  fc.record({
    kind: fc.constant('refused' as const),
    status,
    body: bodyOf(recordOf({ error: hostile, error_description: hostile, message: hostile })),
  }),
  hostile.map((reason) => ({ kind: 'unreachable' as const, reason })),
);
const kinds = fc.constantFrom(
  'imds',
  'app-service',
  'arc',
  'service-fabric',
  'machine-learning',
  'cloud-shell',
);

campaign(
  'the answers of the machine give an assertion that is masked, or a failure',
  fc.record({ answer: machineAnswer, kind: kinds, named: fc.option(hostile), host: hostile }),
  async ({ answer, ...asked }) => {
    const { fx, seen, patience, signal } = world([]);
    const source = managedIdentitySource(machineTokens(asked, async () => answer, patience, fx, signal));
    expectAssertion(await givenOrInertFailure(() => source.assertion('a')), seen.masked);
  },
);

campaign(
  'a token file gives an assertion that is masked, or a failure',
  fc.tuple(fc.oneof(anyJwt, anyToken), hostile),
  async ([text, path]) => {
    const { fx, seen } = world([]);
    const read = () => ({ kind: 'text' as const, text });
    const source = fileSource(path, { read, mask: fx.mask, warn: fx.warn, now: fx.clock.now });
    expectAssertion(await givenOrInertFailure(() => source.assertion('a')), seen.masked);
  },
);

campaign(
  'the metadata of a custom cloud come to a cloud, or to a failure',
  answersOf(anyJson),
  async (answers) => {
    const { fx, patience, signal } = world(answers);
    await givenOrInertFailure(() =>
      readCustomCloud(new URL('https://management.local.example'), patience, fx, signal),
    );
  },
);

campaign(
  'a list of a directory ends, asks one host alone, and never throws',
  answersOf(
    recordOf({
      value: fc.array(anyJson),
      nextLink: fc.oneof(
        hostile,
        fc.constantFrom('https://graph.local.example/next', 'https://evil.example/', 'x'),
      ),
    }),
  ),
  async (answers) => {
    const { fx, seen, patience, signal } = world(answers);
    const reader = createJsonReader({ token: 'secret', fx, patience, signal });
    const { items } = await reader.list(new URL('https://graph.local.example/v1.0/applications'));
    expect(Array.isArray(items)).toBe(true);
    expect(new Set(seen.requests.map(({ url }) => url.host))).toEqual(new Set(['graph.local.example']));
  },
);
