import { HttpClient } from '@actions/http-client';
import { interrupted, noAnswer, readAnswer } from './answer.ts';
import { type HttpAnswer, type HttpRequest, type Send, TransportError } from './effects.ts';
import { errorCode } from './error-code.ts';

const LARGEST_KIB = 1024;

/**
 * Makes the one way to the network: https with the platform's trust, the proxy environment honoured, no redirects
 * and no retries of its own. Whatever goes wrong becomes a TransportError without the library's own text, which may
 * carry the request.
 */
export function createSend(userAgent: string): Send {
  const client = new HttpClient(userAgent, [], { allowRedirects: false, allowRetries: false });
  return async (request, timeoutMs, signal) => {
    if (request.url.protocol !== 'https:') throw new TypeError('only https is spoken');
    const exchange = exchangeOver(client, request);
    return bounded(exchange, timeoutMs, signal);
  };
}

async function exchangeOver(client: HttpClient, request: HttpRequest): Promise<HttpAnswer> {
  try {
    const { method, url, headers, body } = request;
    const response = await client.request(method, url.href, body ?? null, { ...headers });
    return await readAnswer(response.message, LARGEST_KIB);
  } catch (error) {
    throw error instanceof TransportError ? error : translate(error);
  }
}

// The library can neither be aborted nor bounded as a whole: a request that lost the race is left to its socket.
async function bounded<T>(work: Promise<T>, timeoutMs: number, signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const limit = new Promise<never>((_, reject) => {
    stop = () => reject(new TransportError('timeout', 'given up'));
    signal.addEventListener('abort', stop, { once: true });
    timer = setTimeout(() => reject(noAnswer(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    if (stop) signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
}

// OpenSSL's verdicts on a certificate; a handshake that was merely cut has a socket error instead.
const UNTRUSTED =
  /^(UNABLE_TO_|CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

function translate(error: unknown): TransportError {
  const code = errorCode(error) ?? '';
  if (UNTRUSTED.test(code)) return new TransportError('untrusted', code);
  const status = /statusCode=(\d{3})\b/.exec(error instanceof Error ? error.message : '')?.[1];
  if (status) {
    const detail = `the proxy answered ${status} to CONNECT`;
    if (status === '407') return new TransportError('proxy-login', detail);
    // What a proxy may do another time: it says so by the same statuses as any server.
    return new TransportError(/^(408|429|5\d\d)$/.test(status) ? 'interrupted' : 'proxy-refused', detail);
  }
  return interrupted(error);
}
