import type { Refusal, ServedToken } from './protocol.ts';

/** What an exchange came to. `permanent`: another would fail alike. `pauseMs`: none is to be tried before. */
export type Minted =
  | { readonly ok: true; readonly value: ServedToken }
  | {
      readonly ok: false;
      readonly permanent: boolean;
      readonly pauseMs?: number;
      readonly code: string;
      readonly description: string;
    };

/** Exchanges a new ID token for an access token to a resource. Never throws. */
export type Mint = (resource: string) => Promise<Minted>;

/** Time, as far as renewing needs it, in milliseconds. */
export interface Timers {
  /** What passes evenly, from wherever it is counted. */
  now(): number;
  /** Since the epoch as the machine's clock has it: somebody may set it, and no pause of the machine holds it up. */
  wall(): number;
  /** Calls once after `ms`; the timer holds no process alive. Gives back how to drop it. */
  after(ms: number, call: () => void): () => void;
}

/** What happened, for the log: texts of our own. */
export type Note = (line: string) => void;

/** A cache of tokens by resource. */
export interface TokenCache {
  get(resource: string): Promise<ServedToken | Refusal>;
  /** Puts in a token that was obtained elsewhere. */
  seed(resource: string, token: ServedToken): void;
  readonly counts: {
    readonly exchanges: number;
    readonly failures: number;
    readonly lastError: string | null;
  };
  close(): void;
}

/** Renewed ahead of the first client that would ask again: go-azure-sdk does at 10 minutes, MSAL at 5. */
const RENEW_WITH_LESS_MS = 30 * 60_000;
/** A token with less is not handed out while a renewal is under way. */
const SERVE_WITH_MORE_MS = 5 * 60_000;
const BACKOFF = { baseMs: 2_000, capMs: 60_000 };
/** How long a permanent failure is repeated without asking again: Entra takes too many equal requests for a loop. */
const REFUSED = { baseMs: 15_000, capMs: 300_000 };
/** A job asks for a handful; whoever asks for more is served, the one longest unused is forgotten. */
const MOST_RESOURCES = 64;

interface Entry {
  token: ServedToken | null;
  /** When the token ends in time that passes evenly; 0 where there is none. */
  endsAt: number;
  /** With how much of its life left the token is to be replaced. */
  renewWithLess: number;
  inFlight: Promise<void> | null;
  refusal: Refusal | null;
  /** Failures in a row. */
  failures: number;
  /** No exchange before this time. */
  notBefore: number;
  /** Whether it was asked for since it was last renewed: what nobody asks for lapses. */
  wanted: boolean;
  cancelTimer: () => void;
  /** Others took its place. */
  forgotten: boolean;
}

/**
 * One exchange in flight for each resource; tokens are renewed ahead for as long as they are asked for. A failure that
 * may pass is met with backoff, while what is still valid is served. `nameOf` is what the log may call a resource.
 */
export function createTokenCache(
  mint: Mint,
  timers: Timers,
  note: Note,
  nameOf: (resource: string) => string,
): TokenCache {
  const { entryOf, all } = createEntries();
  const renewal = createRenewal(mint, timers, note, nameOf);
  const lifeLeft = (entry: Entry) => lifeOf(entry, timers);
  let closed = false;
  return {
    counts: renewal.counts,
    async get(resource) {
      if (closed) return STOPPED;
      const entry = entryOf(resource);
      entry.wanted = true;
      const due = lifeLeft(entry) <= entry.renewWithLess && timers.now() >= entry.notBefore;
      const underWay = entry.inFlight ?? (due ? renewal.renew(entry, resource) : null);
      if (lifeLeft(entry) <= SERVE_WITH_MORE_MS) await underWay;
      return served(entry, timers) ?? entry.refusal ?? STOPPED;
    },
    seed: (resource, token) => renewal.keep(entryOf(resource), resource, token),
    close() {
      closed = true;
      renewal.stop();
      for (const entry of all()) entry.cancelTimer();
    },
  };
}

/**
 * Milliseconds that its token is still good for, by the clock that leaves it less: the one of the machine goes on while
 * that is suspended, and may be set back; the other stands still then, and goes on evenly.
 */
function lifeOf({ token, endsAt }: Entry, timers: Timers): number {
  return token ? Math.min(token.expiresAt * 1000 - timers.wall(), endsAt - timers.now()) : 0;
}

/** A token that is still good, its end as the machine's clock has it now: the clock may have been set meanwhile. */
function served(entry: Entry, timers: Timers): ServedToken | null {
  const life = lifeOf(entry, timers);
  if (entry.token === null || life <= 0) return null;
  return { token: entry.token.token, expiresAt: Math.round((timers.wall() + life) / 1000) };
}

/** Fills entries with tokens and plans when each is filled again. What ends after `stop` is dropped. */
function createRenewal(mint: Mint, timers: Timers, note: Note, nameOf: (resource: string) => string) {
  const counts = { exchanges: 0, failures: 0, lastError: null as string | null };
  let stopped = false;
  const renew = (entry: Entry, resource: string): Promise<void> => {
    counts.exchanges++;
    const work = mint(resource).then((minted) => {
      entry.inFlight = null;
      if (stopped) return;
      if (minted.ok) keep(entry, resource, minted.value);
      else retryLater(entry, resource, minted);
    });
    entry.inFlight = work;
    return work;
  };
  const renewAfter = (entry: Entry, resource: string, ms: number) => {
    entry.cancelTimer();
    if (entry.forgotten) return;
    entry.cancelTimer = timers.after(Math.max(0, ms), () => {
      if (entry.wanted && !entry.inFlight) void renew(entry, resource);
    });
  };
  const keep = (entry: Entry, resource: string, token: ServedToken) => {
    const life = token.expiresAt * 1000 - timers.wall();
    const renewWithLess = Math.min(RENEW_WITH_LESS_MS, life / 2);
    Object.assign(entry, { token, endsAt: timers.now() + life, renewWithLess });
    Object.assign(entry, { refusal: null, failures: 0, notBefore: 0, wanted: false });
    note(`token for ${nameOf(resource)}: good for ${Math.round(life / 60_000)} minutes`);
    renewAfter(entry, resource, life - renewWithLess);
  };
  const retryLater = (entry: Entry, resource: string, failed: Extract<Minted, { ok: false }>) => {
    const { permanent, pauseMs = 0, code, description } = failed;
    counts.failures++;
    // A resource comes from a query, which the log does not hold.
    counts.lastError = `${code}: ${description.replaceAll(resource, nameOf(resource))}`;
    entry.failures++;
    const { baseMs, capMs } = permanent ? REFUSED : BACKOFF;
    const wait = Math.max(pauseMs, Math.min(capMs, baseMs * 2 ** (entry.failures - 1)));
    entry.notBefore = timers.now() + wait;
    entry.refusal = refusalOf(failed);
    note(`no token for ${nameOf(resource)}, next in ${Math.round(wait / 1000)} s: ${counts.lastError}`);
    if (lifeOf(entry, timers) > 0) renewAfter(entry, resource, wait);
  };
  return {
    counts,
    renew,
    keep,
    stop() {
      stopped = true;
    },
  };
}

/** Entries by resource, the one longest unused forgotten where there would be too many. */
function createEntries() {
  const entries = new Map<string, Entry>();
  return {
    all: () => entries.values(),
    entryOf(resource: string): Entry {
      const entry = entries.get(resource) ?? newEntry();
      // The last used stands last, so that the first is the one longest unused.
      entries.delete(resource);
      entries.set(resource, entry);
      const [oldest] = entries;
      if (entries.size > MOST_RESOURCES && oldest) {
        oldest[1].cancelTimer();
        oldest[1].forgotten = true;
        entries.delete(oldest[0]);
      }
      return entry;
    },
  };
}

function newEntry(): Entry {
  return {
    token: null,
    endsAt: 0,
    renewWithLess: 0,
    inFlight: null,
    refusal: null,
    failures: 0,
    notBefore: 0,
    wanted: false,
    cancelTimer: () => undefined,
    forgotten: false,
  };
}

const STOPPED: Refusal = { status: 503, error: 'server_error', description: 'The endpoint is stopping.' };

// Clients repeat what is answered with 5xx, and take 400 for an answer.
function refusalOf({ permanent, code, description }: Extract<Minted, { ok: false }>): Refusal {
  return {
    status: permanent ? 400 : 503,
    error: permanent ? 'invalid_request' : 'temporarily_unavailable',
    description: `${code}: ${description}`,
  };
}
