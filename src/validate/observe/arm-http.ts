import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  RestError,
} from '@azure/core-rest-pipeline';
import { TransportError } from '../../io/effects.ts';
import { Failure } from '../../report/failure.ts';
import { type Attempt, attemptMs, persist } from '../../retry/persist.ts';
import { isTransientStatus, retryAfter } from '../../retry/policy.ts';
import { transportFailure } from '../../retry/transport.ts';
import type { ReaderOptions } from './json.ts';

interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Lets the ARM clients speak through our own way to the network: within the time of the run, with bounded answers, and
 * to the one host that was asked. Their own pipeline would follow a `nextLink` to anywhere, token included.
 */
export function armHttpClient(endpoint: string, tools: Omit<ReaderOptions, 'token' | 'headers'>): HttpClient {
  const { fx, patience, signal } = tools;
  const attempt = async (request: PipelineRequest, url: URL, until: number): Promise<Attempt<Received>> => {
    try {
      // Nothing here unpacks a compressed body.
      const { 'accept-encoding': _, ...headers } = request.headers.toJSON();
      const now = fx.clock.now();
      const answer = await fx.send({ method: 'GET', url, headers }, attemptMs(until, now), signal);
      if (!isTransientStatus(answer.status)) return { ok: true, value: answer };
      const failure = new Failure({
        code: 'directory-unavailable',
        sentence: `the answer was ${answer.status}.`,
      });
      return { ok: false, retry: 'transient', failure, retryAfterMs: retryAfter(answer, now) };
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return transportFailure(error, 'directory-unavailable', 'Resource Manager', url.host);
    }
  };
  return {
    async sendRequest(request) {
      const url = new URL(request.url);
      if (request.method !== 'GET' || url.origin !== endpoint)
        throw new RestError('only this Resource Manager is read');
      const { status, headers, body } = await persist(
        (until) => attempt(request, url, until),
        patience,
        fx,
        signal,
      );
      return { request, status, headers: createHttpHeaders(headers), bodyAsText: body };
    },
  };
}
