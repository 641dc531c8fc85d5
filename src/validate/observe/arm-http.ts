import { createHttpHeaders, type HttpClient, RestError } from '@azure/core-rest-pipeline';
import type { HttpAnswer } from '../../io/effects.ts';
import { notNow, type ReaderOptions } from '../../rest/json.ts';
import { type Attempt, persist } from '../../retry/persist.ts';
import { isTransientStatus } from '../../retry/policy.ts';
import { sendOnce } from '../../retry/send.ts';
import { type Cloud, defaultScope } from '../../trust/clouds.ts';
import type { ArmAccess } from './arm.ts';

type Tools = Omit<ReaderOptions, 'token' | 'headers'>;

/** How the Resource Manager of a cloud is reached with a token that is at hand. */
export function armAccess(cloud: Cloud, token: string, tools: Tools): ArmAccess {
  // The clients only need to be told that the token lasts.
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
  const endpoint = cloud.managementEndpoint;
  const scope = defaultScope(cloud.resources.arm ?? '');
  return { credential, endpoint, scope, httpClient: armHttpClient(endpoint, tools) };
}

/**
 * Lets the ARM clients speak through our own way to the network: within the time of the run, with bounded answers, and
 * to the one host that was asked. Their own pipeline would follow a `nextLink` to anywhere, token included.
 */
export function armHttpClient(endpoint: string, tools: Tools): HttpClient {
  const { fx, patience, signal } = tools;
  const to = { unavailable: 'directory-unavailable', name: 'Resource Manager' } as const;
  const interpret = (answer: HttpAnswer): Attempt<HttpAnswer> =>
    isTransientStatus(answer.status) ? notNow(answer, fx.clock.now()) : { ok: true, value: answer };
  return {
    async sendRequest(request) {
      const url = new URL(request.url);
      if (request.method !== 'GET' || url.origin !== endpoint)
        throw new RestError('only this Resource Manager is read');
      // Nothing here unpacks a compressed body.
      const { 'accept-encoding': _, ...sent } = request.headers.toJSON();
      const { status, headers, body } = await persist(
        (until) => sendOnce({ method: 'GET', url, headers: sent }, to, until, { fx, signal }, interpret),
        patience,
        fx,
        signal,
      );
      return { request, status, headers: createHttpHeaders(headers), bodyAsText: body };
    },
  };
}
