import { expect, test } from 'vitest';
import { Failure } from '../../../src/report/failure.ts';
import { type Attempt, persist } from '../../../src/retry/persist.ts';
import { deadline } from '../../../src/retry/policy.ts';
import { fakeEffects } from '../sources/effects.ts';

const NEVER = new AbortController().signal;
const MISSING: Attempt<string> = {
  ok: false,
  retry: 'propagating',
  failure: new Failure({ code: 'AADSTS700213', sentence: 'not spread yet.' }),
};

/** A step whose trust appears after so many seconds, and what a request after that wait is told of its end. */
async function afterWaiting(seconds: number, waitForTrustMs: number) {
  const { fx, patience: plain } = fakeEffects(() => new Error('nothing is sent'));
  const patience = { ...plain, waitForTrustMs };
  const { startedAt } = patience;
  const waits = persist(
    async () =>
      fx.clock.now() < startedAt + seconds * 1000 ? MISSING : { ok: true, value: 'the trust is there' },
    patience,
    fx,
    NEVER,
  );
  await waits;
  const next = persist(async (until) => ({ ok: true, value: until - fx.clock.now() }), patience, fx, NEVER);
  return { next: await next, patience, now: fx.clock.now() };
}

test('a request after a wait for the trust has the time that it would have had without it', async () => {
  const { next, patience, now } = await afterWaiting(100, 120_000);
  expect(now - patience.startedAt).toBeGreaterThan(patience.timeoutMs);
  expect(next).toBeGreaterThanOrEqual(patience.timeoutMs);
  expect(deadline(patience)).toBe(patience.startedAt + 180_000);
});

test('a second wait in the same step does not begin anew', async () => {
  const { fx, patience: plain } = fakeEffects(() => new Error('nothing is sent'));
  const patience = { ...plain, waitForTrustMs: 120_000 };
  const waitInVain = () => persist<string>(async () => MISSING, patience, fx, NEVER);
  await expect(waitInVain()).rejects.toThrow('not spread yet');
  await expect(waitInVain()).rejects.toThrow('not spread yet');
  expect(deadline(patience) - fx.clock.now()).toBeGreaterThanOrEqual(patience.timeoutMs);
});
