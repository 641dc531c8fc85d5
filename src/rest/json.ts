import type { Effects, HttpAnswer } from '../io/effects.ts';
import { jsonIn } from '../io/json.ts';
import { Failure } from '../report/failure.ts';
import { type Attempt, persist } from '../retry/persist.ts';
import { isTransientStatus, type Patience, retryAfter } from '../retry/policy.ts';
import { sendOnce } from '../retry/send.ts';
import { isRecord } from '../trust/claims.ts';

/** An answer of a REST API: its status and its JSON, null where the body is none. */
export interface JsonAnswer {
  readonly status: number;
  readonly json: unknown;
  /** Why there is no answer; null where there is one. */
  readonly failure: Failure | null;
}

/** Reads JSON with one token from one service. */
export interface JsonReader {
  /** One answer, after retries of what passes; status 0 when none came. */
  get(url: URL): Promise<JsonAnswer>;
  /** The `value` of all pages, following `nextLink` on the same host; the first answer that is not 200 ends it. */
  list(url: URL): Promise<JsonAnswer & { readonly items: readonly unknown[] }>;
}

/** What a reader needs beside the address. */
export interface ReaderOptions {
  readonly token: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fx: Effects;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

const MOST_PAGES = 100;

/** A reader that sends its token to the host of the URL that is asked for, and nowhere else. */
export function createJsonReader({ token, headers = {}, fx, patience, signal }: ReaderOptions): JsonReader {
  const get = async (url: URL): Promise<JsonAnswer> => {
    const request = {
      method: 'GET' as const,
      url,
      headers: { accept: 'application/json', authorization: `Bearer ${token}`, ...headers },
    };
    const to = { unavailable: 'directory-unavailable', name: url.host } as const;
    const now = () => fx.clock.now();
    try {
      return await persist(
        (until) => sendOnce(request, to, until, { fx, signal }, (answer) => interpret(answer, now())),
        patience,
        fx,
        signal,
      );
    } catch (error) {
      if (error instanceof Failure) return { status: 0, json: null, failure: error };
      throw error;
    }
  };
  return { get, list: (url) => listAll(get, url) };
}

function interpret(answer: HttpAnswer, now: number): Attempt<JsonAnswer> {
  const json = jsonIn(answer.body);
  const unusable = answer.status === 200 && json === null;
  if (!isTransientStatus(answer.status) && !unusable)
    return { ok: true, value: { status: answer.status, json, failure: null } };
  return notNow(answer, now);
}

/** The attempt that an answer is which may be another one later; `now` in milliseconds since the epoch. */
export function notNow(answer: HttpAnswer, now: number): Attempt<never> {
  const failure = new Failure({
    code: 'directory-unavailable',
    sentence: `the answer was ${answer.status}.`,
  });
  return { ok: false, retry: 'transient', failure, retryAfterMs: retryAfter(answer, now) };
}

async function listAll(
  get: JsonReader['get'],
  first: URL,
): Promise<JsonAnswer & { items: readonly unknown[] }> {
  const items: unknown[] = [];
  let url: URL | null = first;
  for (let page = 0; url !== null && page < MOST_PAGES; page++) {
    const answer: JsonAnswer = await get(url);
    const value = isRecord(answer.json) ? answer.json['value'] : null;
    if (answer.status !== 200 || !Array.isArray(value)) return { ...answer, items };
    items.push(...value);
    const next = nextPage(answer.json, first);
    if (next === 'none') return { ...answer, items };
    url = next;
  }
  return { status: 0, json: null, failure: null, items };
}

// The token goes to the host that was asked, whatever a page says: a list that leads elsewhere cannot be read whole.
function nextPage(json: unknown, first: URL): URL | 'none' | null {
  const link = isRecord(json) ? (json['@odata.nextLink'] ?? json['nextLink'] ?? null) : null;
  if (link === null) return 'none';
  const next = typeof link === 'string' && URL.canParse(link) ? new URL(link) : null;
  return next?.origin === first.origin ? next : null;
}
