import { randomUUID } from 'node:crypto';
import { createWriteStream, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { createTokenCache, type Mint, type Minted, type Timers } from '../endpoint/cache.ts';
import { type EndpointStatus, GO, type Listening } from '../endpoint/handover.ts';
import { endOfLife } from '../endpoint/life.ts';
import { serveEndpoint } from '../endpoint/server.ts';
import { systemClock } from '../io/clock.ts';
import type { Effects } from '../io/effects.ts';
import { createSend } from '../io/http.ts';
import { exchange } from '../login/exchange.ts';
import { guardClaims } from '../login/guards.ts';
import { explainRefusal } from '../login/refusal.ts';
import { plain } from '../report/escape.ts';
import { Failure } from '../report/failure.ts';
import { type Patience, patienceUntil } from '../retry/policy.ts';
import { githubSource, idTokenEndpoint } from '../sources/github.ts';
import { type AssertionSource, lazySource } from '../sources/source.ts';
import { findAadsts } from '../trust/aadsts/catalogue.ts';
import { claimText, decodeClaims } from '../trust/claims.ts';
import { defaultScope } from '../trust/clouds.ts';
import type { OurHandover } from './handover.ts';
import { VERSION } from './version.ts';

// It lives for hours beside what the job is for: little memory matters more than speed, and optimised code takes 20 MB.
// Said here and not on the command line, which would cost Node its own snapshot, and the step 45 ms.
for (const flag of ['--no-opt', '--no-maglev', '--semi-space-growth-factor=1']) setFlagsFromString(flag);

const { now, wall } = systemClock;
const startedAt = now();
/** Clients wait that long for a token that is not at hand, and repeat the request themselves. */
const MINT_MS = 25_000;
const REQUEST_TOKEN_EXPIRED = 'the token of this job to ask GitHub for ID tokens has expired';
const OLD_ENOUGH = 'no job lasts longer';

/** The log holds no token: whatever looks like one goes, whoever wrote it. */
function log(line: string): void {
  try {
    writeSync(process.stdout.fd, `${new Date(wall()).toISOString()} ${withoutTokens(plain(line))}\n`);
  } catch {
    // A full disk is no reason to sign every client out.
  }
}

function withoutTokens(text: string): string {
  return text.replace(/\bey[\w-]{8,}(\.[\w-]*)*/g, '***');
}

const fx: Effects = {
  send: createSend(`entra-federate/${VERSION}`),
  clock: systemClock,
  random: Math.random,
  uuid: randomUUID,
  mask: () => undefined,
  debug: () => undefined,
  warn: log,
};

/** Opens the source of the sign-in anew for each exchange: the time that it may take is that exchange's. */
function sourcesOf({ source }: OurHandover, signal: AbortSignal): (patience: Patience) => AssertionSource {
  if (source.kind !== 'github')
    return (patience) =>
      lazySource(async () => {
        const { openIdentitySource } = await import('./identity-sources.ts');
        return openIdentitySource(source, { env: process.env, patience, fx, signal });
      });
  const endpoint = idTokenEndpoint(
    {
      ACTIONS_ID_TOKEN_REQUEST_URL: source.requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: source.requestToken,
      GITHUB_SERVER_URL: source.serverUrl,
    },
    () => null,
  );
  return (patience) => githubSource(endpoint, patience, fx, signal);
}

/** One exchange, with an assertion of its own. */
function mintWith(handover: OurHandover, signal: AbortSignal): Mint {
  const { clientId, tenantId, cloud, audience, requireClaims, waitForTrustMs } = handover;
  const inputs = { clientId, tenantId, cloud, waitForTrustMs };
  const spreadUntil = now() + waitForTrustMs;
  const sourceFor = sourcesOf(handover, signal);
  return async (resource) => {
    const patience = patienceUntil(now() + MINT_MS, now());
    const source = sourceFor(patience);
    const assertion = async () => {
      const fresh = await source.assertion(audience);
      guardClaims(requireClaims, fresh.claims);
      return fresh;
    };
    const context = {
      inputs,
      assertion,
      explain: explainRefusal,
      correlationId: randomUUID(),
      patience,
      fx,
      signal,
    };
    try {
      const { token, expiresAt } = await exchange({ name: 'served', scope: defaultScope(resource) }, context);
      return { ok: true, value: { token, expiresAt } };
    } catch (error) {
      // Nodes of Entra differ for a while, even after one has accepted it.
      return failed(error, patience.trust.missingSince !== null && now() < spreadUntil);
    }
  };
}

function failed(error: unknown, maySpread: boolean): Minted {
  if (!(error instanceof Failure)) return { ok: false, permanent: false, code: 'internal', description: '' };
  const { code, sentence, remedy, passing = false, refusal } = error.diagnosis;
  const { pauseMs = 0 } = findAadsts(refusal?.codes ?? []) ?? {};
  return {
    ok: false,
    permanent: !passing && !maySpread,
    pauseMs,
    code,
    description: withoutTokens([sentence, ...remedy].join(' ')),
  };
}

const timers: Timers = {
  now,
  wall,
  after(ms, call) {
    const timer = setTimeout(call, ms).unref();
    return () => clearTimeout(timer);
  },
};

async function serve(handover: OurHandover, lines: AsyncIterator<string>): Promise<void> {
  const stop = new AbortController();
  const { source, cloud, clientId, nonce, secret, legacySecret, resources } = handover;
  const aliases = Object.entries(cloud.resources);
  const nameOf = (resource: string) =>
    aliases.find(([, known]) => known.replace(/\/$/, '') === resource.replace(/\/$/, ''))?.[0] ??
    'another resource';
  const cache = createTokenCache(mintWith(handover, stop.signal), timers, log, nameOf);
  for (const { resource, token, expiresAt } of handover.tokens) cache.seed(resource, { token, expiresAt });
  const status = (): EndpointStatus => ({
    nonce,
    pid: process.pid,
    clientId,
    uptimeSeconds: Math.round((now() - startedAt) / 1000),
    served: server.served(),
    ...cache.counts,
  });
  const identityAt = (port: number) => ({ port, clientId, nonce, secret, legacySecret, resources });
  const server = await serveEndpoint(identityAt, cache, status, () => Math.floor(wall() / 1000), log);
  const end = (why: string) => {
    log(`stopped: ${why}, after ${server.served()} tokens served`);
    stop.abort();
    cache.close();
    server.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => end('told to'));
  const requestToken = source.kind === 'github' ? source.requestToken : '';
  const expires = claimText(decodeClaims(requestToken) ?? {}, 'exp');
  const { at, byToken } = endOfLife(startedAt, expires === null ? null : Number(expires));
  const left = at - now();
  setTimeout(() => end(byToken ? REQUEST_TOKEN_EXPIRED : OLD_ENOUGH), left);
  const listening: Listening = { port: server.port, pid: process.pid };
  createWriteStream('', { fd: 3 }).end(`${JSON.stringify(listening)}\n`);
  if ((await lines.next()).value !== GO) end('the step did not come to its end');
  log(`serving at port ${server.port} for ${Math.round(left / 60_000)} minutes at most`);
}

// The runner ends the job's processes with SIGINT first: that is not for us, the post step comes after it.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
// Node would open a debugger to every user of this machine.
process.on('SIGUSR1', () => undefined);
process.once('uncaughtException', (error) => {
  log(`ended by an error that was not foreseen (${error.name})`);
  process.exit(1);
});

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const first = await lines.next();
// Nothing came: the step failed before it had anything to hand over.
if (first.done) process.exit(0);
await serve(JSON.parse(first.value) as OurHandover, lines);
