import type { Clock } from './effects.ts';

/** The machine's time as of the start of the process, and what has passed since; a sleep ends early, without error, when its signal fires. */
export const systemClock: Clock = {
  // Moves on evenly, whatever is done to the machine's clock meanwhile, and stands still while the machine is suspended.
  now: () => performance.timeOrigin + performance.now(),
  wall: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      function done() {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
    }),
};
