import { request } from 'node:http';
import { errorCode } from './error-code.ts';

/** What came of a request on loopback; `refused`: nobody listens there. */
export type LoopbackAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'refused' | 'none' };

const LARGEST = 64 * 1024;

/** Asks a server on 127.0.0.1, round any proxy. Never fails. */
export function askLoopback(
  url: URL,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<LoopbackAnswer> {
  if (url.protocol !== 'http:' || url.hostname !== '127.0.0.1') return Promise.resolve({ kind: 'none' });
  return new Promise((resolve) => {
    const asking = request(
      url,
      { headers: { ...headers }, agent: false, signal: AbortSignal.timeout(timeoutMs) },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
          if (body.length > LARGEST) asking.destroy();
        });
        response.once('end', () => resolve({ kind: 'answer', status: response.statusCode ?? 0, body }));
        response.once('close', () => resolve({ kind: 'none' }));
      },
    );
    asking.on('error', (error) => {
      resolve({ kind: errorCode(error) === 'ECONNREFUSED' ? 'refused' : 'none' });
    });
    asking.end();
  });
}
