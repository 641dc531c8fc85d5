import { expect, test } from 'vitest';
import { DIST, signInAtOnce } from './processes.ts';

const PROCESSES = 24;

test(`${PROCESSES} parallel steps all sign in where GitHub and Entra throttle, and no retries come in one wave`, {
  timeout: 90_000,
}, async () => {
  const { succeeded, failures, curves, throttled } = await signInAtOnce(PROCESSES, DIST);
  expect({ succeeded, failures }).toEqual({ succeeded: PROCESSES, failures: [] });
  expect(throttled).toBe(2 * PROCESSES);
  for (const [service, curve] of Object.entries(curves)) {
    expect(
      curve.reduce((sum, count) => sum + count, 0),
      service,
    ).toBe(2 * PROCESSES);
    expect(Math.max(...curve), `${service}: ${curve}`).toBeLessThanOrEqual(1.75 * PROCESSES);
  }
});
