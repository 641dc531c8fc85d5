import { DIST, signInAtOnce } from './processes.ts';
import { drawn, herd } from './virtual.ts';

// `npm run load [-- PROCESSES]`: sign-ins at once against services that throttle, then the same in counted time.
const processes = Number(process.argv[2] ?? 256);
const say = (text: string) => process.stdout.write(`${text}\n`);

const { succeeded, failures, curves, throttled, seconds } = await signInAtOnce(processes, DIST);
say(`${processes} processes at once, ${throttled} requests throttled (every other with Retry-After: 1)`);
say(`${succeeded} signed in, ${failures.length} failed ${failures.join(' ')} in ${seconds.toFixed(1)} s\n`);
for (const [service, curve] of Object.entries(curves)) say(`${service}, requests\n${drawn(curve)}\n`);

for (const retryAfterMs of [undefined, 1_000, 5_000]) {
  const limit = { perSecond: 20, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  const { perSecond, ...came } = herd(processes, limit, Math.random);
  const told = retryAfterMs === undefined ? 'no Retry-After' : `Retry-After: ${retryAfterMs / 1000}`;
  say(`counted time, a service that takes 20 a second and says ${told}: ${JSON.stringify(came)}`);
  say(`${drawn(perSecond)}\n`);
}
process.exit(
  succeeded + failures.filter((code) => /^(id-token|entra)-unavailable$/.test(code)).length === processes
    ? 0
    : 1,
);
