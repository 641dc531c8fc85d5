import { request } from 'node:http';
import { type HttpAnswer, type HttpRequest, TransportError } from './effects.ts';

const LARGEST_ANSWER = 64 * 1024;
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
    const asking = request(
      url,
      { method, headers: { ...headers }, agent: false, signal: limit },
      (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > LARGEST_ANSWER)
            asking.destroy(new TransportError('oversized', 'the answer is larger than 64 KiB'));
          else chunks.push(chunk);
        });
        answer.once('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: flat(answer.headers),
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
        answer.once('close', () => reject(new TransportError('interrupted', 'the answer was cut')));
      },
    );
    asking.once('error', (error) => reject(translate(error, limit.aborted, timeoutMs)));
    asking.end(body);
  });
}

function flat(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value ?? '')]));
}

function translate(error: Error, aborted: boolean, timeoutMs: number): TransportError {
  if (error instanceof TransportError) return error;
  if (aborted) return new TransportError('timeout', `no answer within ${Math.round(timeoutMs / 1000)} s`);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return new TransportError('interrupted', /^[A-Z0-9_]{1,64}$/.test(code) ? code : 'connection failed');
}
