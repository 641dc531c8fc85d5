import type { Effects, HttpAnswer, HttpRequest } from '../../../src/io/effects.ts';
import { patienceUntil } from '../../../src/retry/policy.ts';

/** A world without network: `answer` says what comes to a request, time passes by sleeping only. */
export function fakeEffects(answer: (request: HttpRequest) => HttpAnswer | Error) {
  const seen: { requests: HttpRequest[]; masked: string[]; warnings: string[] } = {
    requests: [],
    masked: [],
    warnings: [],
  };
  let now = Date.parse('2026-06-01T00:00:00Z');
  const fx: Effects = {
    async send(request) {
      seen.requests.push(request);
      const came = answer(request);
      if (came instanceof Error) throw came;
      return came;
    },
    clock: {
      now: () => now,
      wall: () => now,
      async sleep(ms) {
        now += ms;
      },
    },
    random: () => 0.5,
    uuid: () => 'u',
    mask: (secret) => void seen.masked.push(secret),
    debug: () => undefined,
    warn: (line) => void seen.warnings.push(line),
  };
  return { fx, seen, patience: patienceUntil(now + 60_000, now) };
}
