import { AsyncLocalStorage } from 'node:async_hooks';
import { createHttpHeaders, type HttpClient, type PipelineRequest } from '@azure/core-rest-pipeline';
import { ManagedIdentityCredential } from '@azure/identity';
import { noAnswer } from './answer.ts';
import { type HttpAnswer, TransportError } from './effects.ts';
import { askMetadata } from './metadata.ts';

/** Which identity of the machine is asked for; none for the one that it gives by itself. */
export interface NamedIdentity {
  readonly clientId?: string;
  readonly objectId?: string;
  readonly resourceId?: string;
}

/** What the machine answered. `expiresAt` in seconds since the epoch. */
export type MachineAnswer =
  | { readonly kind: 'token'; readonly token: string; readonly expiresAt: number }
  | { readonly kind: 'refused'; readonly status: number; readonly body: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Asks the machine for a token to a scope. */
export type AskMachine = (scope: string, timeoutMs: number, signal: AbortSignal) => Promise<MachineAnswer>;

/** Passing faults are met by the library: 404, 410 and 5xx mean that an identity is still being set up. */
const RETRIES = 3;
const LONGEST_REQUEST_MS = 10_000;

/** What came last of the requests of one call. */
interface Seen {
  last: HttpAnswer | TransportError | null;
}

// The library keeps the client of the first call for all later ones, so a call is known by its context alone.
const calls = new AsyncLocalStorage<Seen>();

const httpClient: HttpClient = {
  async sendRequest(request) {
    const seen: Seen = calls.getStore() ?? { last: null };
    try {
      const answer = await askMetadata(...metadataRequest(request));
      seen.last = answer;
      const headers = createHttpHeaders({ ...answer.headers });
      return { request, status: answer.status, headers, bodyAsText: answer.body };
    } catch (error) {
      if (error instanceof TransportError) seen.last = error;
      throw error;
    }
  },
};

/**
 * The managed identity of this machine, in whatever way it offers it (App Service, Arc, instance metadata, …): the
 * library finds out. Its requests go by `askMetadata`, hence to this machine only and never through a proxy.
 */
export function machineIdentity(named: NamedIdentity): AskMachine {
  const options = { ...named, httpClient, retryOptions: { maxRetries: RETRIES } };
  return async (scope, timeoutMs, signal) => {
    const seen: Seen = { last: null };
    try {
      const asking = calls.run(seen, () => new ManagedIdentityCredential(options).getToken(scope));
      const token = await inTime(asking, timeoutMs, signal);
      return { kind: 'token', token: token.token, expiresAt: Math.floor(token.expiresOnTimestamp / 1000) };
    } catch (error) {
      return failure(seen.last, error);
    }
  };
}

function metadataRequest(request: PipelineRequest): Parameters<typeof askMetadata> {
  const { method, url, headers, body, abortSignal } = request;
  const signal = abortSignal instanceof AbortSignal ? abortSignal : new AbortController().signal;
  const form = typeof body === 'string' ? { body } : {};
  return [
    { method: method === 'POST' ? 'POST' : 'GET', url: new URL(url), headers: headers.toJSON(), ...form },
    LONGEST_REQUEST_MS,
    signal,
  ];
}

// The library's waits cannot be ended from outside: one that lost the race is left to itself.
async function inTime<T>(work: Promise<T>, timeoutMs: number, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(timeoutMs))]);
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      const stop = () => reject(noAnswer(timeoutMs));
      if (limit.aborted) stop();
      else limit.addEventListener('abort', stop, { once: true });
    }),
  ]);
}

const OF_THE_LIBRARY = /^(CredentialUnavailableError|AuthenticationError|AuthenticationRequiredError)$/;

function failure(last: HttpAnswer | TransportError | null, error: unknown): MachineAnswer {
  if (last instanceof TransportError) return { kind: 'unreachable', reason: last.detail };
  if (last !== null) return { kind: 'refused', status: last.status, body: last.body };
  if (error instanceof TransportError) return { kind: 'unreachable', reason: error.detail };
  if (!(error instanceof Error && OF_THE_LIBRARY.test(error.name))) throw error;
  return {
    kind: 'unreachable',
    reason: 'the library for managed identities finds no way to ask for one here',
  };
}
