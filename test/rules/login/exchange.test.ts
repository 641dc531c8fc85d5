import { expect, test } from 'vitest';
import type { HttpAnswer } from '../../../src/io/effects.ts';
import { exchange } from '../../../src/login/exchange.ts';
import { explainRefusal } from '../../../src/login/refusal.ts';
import { CLOUDS } from '../../../src/trust/clouds.ts';
import { fakeEffects } from '../sources/effects.ts';

const TOKEN: HttpAnswer = {
  status: 200,
  headers: {},
  body: JSON.stringify({ access_token: 'a.b.c', expires_in: 3599 }),
};

function refusal(code: number, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  const body = { error: 'invalid_grant', error_description: `AADSTS${code}: text`, error_codes: [code] };
  return { status: 400, headers, body: JSON.stringify(body) };
}

/** Milliseconds from the first answer to the token, where it comes with the second. */
async function waitBehind(first: HttpAnswer, timeoutMs = 60_000): Promise<number> {
  const answers = [first, TOKEN];
  const { fx, patience } = fakeEffects(() => answers.shift() ?? new Error('asked once too often'));
  await exchange(
    { name: 'arm', scope: 's' },
    {
      inputs: { clientId: 'c', tenantId: 't', cloud: CLOUDS.AzureCloud, waitForTrustMs: 0 },
      assertion: async () => ({ token: 'e.e.e', claims: {}, from: 'a test', staleAt: Number.MAX_VALUE }),
      explain: explainRefusal,
      correlationId: 'u',
      patience: { ...patience, timeoutMs },
      fx,
      signal: new AbortController().signal,
    },
  );
  return fx.clock.now() - patience.startedAt;
}

test('an Entra that holds us to be in a loop is not asked again at once', async () => {
  expect(await waitBehind(refusal(90033))).toBeLessThan(1_000);
  expect(await waitBehind(refusal(50196))).toBeGreaterThanOrEqual(30_000);
});

test('it may say itself how long it wants to be left alone', async () => {
  expect(await waitBehind(refusal(50196, { 'retry-after': '1' }))).toBeLessThan(3_000);
});

test('where there is no time for that, the refusal is the failure', async () => {
  await expect(waitBehind(refusal(50196), 20_000)).rejects.toThrow('holds the repeated sign-ins');
});
