import { request } from 'node:http';
import { interrupted, noAnswer, readAnswer } from './answer.ts';
import { type HttpAnswer, type HttpRequest, TransportError } from './effects.ts';

const LARGEST_KIB = 64;
/** Google's name, Google's address (IPv6), and what no router passes on: loopback and link-local. */
const METADATA_HOST =
  /^(metadata\.google\.internal|metadata\.goog|\[fd20:ce::254\]|localhost|\[::1\]|127(\.\d{1,3}){3}|169\.254(\.\d{1,3}){2})$/;

/** Whether a URL is that of a metadata server: the only ones that are spoken to without TLS. */
export function isMetadataUrl({ protocol, hostname, username, password }: URL): boolean {
  return protocol === 'http:' && METADATA_HOST.test(hostname) && username === '' && password === '';
}

/**
 * Asks a metadata server of this machine: without TLS, which it does not speak, and never through a proxy, which would
 * ask its own. Fails with a TransportError only.
 */
export function askMetadata(
  { method, url, headers, body }: HttpRequest,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  if (!isMetadataUrl(url))
    return Promise.reject(new TransportError('interrupted', 'it is no metadata server'));
  return new Promise((resolve, reject) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(timeoutMs))]);
    const failed = (error: unknown) => reject(translate(error, limit.aborted, timeoutMs));
    request(url, { method, headers: { ...headers }, agent: false, signal: limit }, (answer) => {
      readAnswer(answer, LARGEST_KIB).then(resolve, failed);
    })
      .on('error', failed)
      .end(body);
  });
}

function translate(error: unknown, aborted: boolean, timeoutMs: number): TransportError {
  if (error instanceof TransportError) return error;
  return aborted ? noAnswer(timeoutMs) : interrupted(error);
}
