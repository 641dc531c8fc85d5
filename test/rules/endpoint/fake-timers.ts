import type { Timers } from '../../../src/endpoint/cache.ts';

/** Time that stands still until it is moved by hand. */
export interface FakeTimers extends Timers {
  /** Moves on, calling what falls due at its own time, each with all that follows from it. */
  advance(ms: number): Promise<void>;
  /** Sets the machine's clock forward, or back, as a pause of the machine and a time server do. */
  setClock(byMs: number): void;
  /** How many calls wait. */
  pending(): number;
}

const START = Date.UTC(2026, 0, 1);

export function fakeTimers(): FakeTimers {
  let now = START;
  let ahead = 0;
  let waiting: { at: number; call: () => void }[] = [];
  const drop = (timer: object) => {
    waiting = waiting.filter((one) => one !== timer);
  };
  return {
    now: () => now,
    wall: () => now + ahead,
    setClock(byMs) {
      ahead += byMs;
    },
    after(ms, call) {
      const timer = { at: now + ms, call };
      waiting.push(timer);
      return () => drop(timer);
    },
    pending: () => waiting.length,
    async advance(ms) {
      const until = now + ms;
      for (;;) {
        const [next] = waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = next.at;
        drop(next);
        next.call();
        await settled();
      }
      now = until;
      await settled();
    },
  };
}

/** Until every promise that can go on has done so. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
