import type { IncomingMessage } from 'node:http';
import { type HttpAnswer, TransportError } from './effects.ts';
import { errorCode } from './error-code.ts';

/** Reads an answer to its end. Fails with a TransportError where its body is larger than `largestKiB`. */
export async function readAnswer(message: IncomingMessage, largestKiB: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestKiB * 1024) throw new TransportError('oversized', tooLarge(largestKiB));
    chunks.push(chunk);
  }
  return {
    status: message.statusCode ?? 0,
    headers: flat(message.headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function tooLarge(largestKiB: number): string {
  const most = largestKiB < 1024 ? `${largestKiB} KiB` : `${largestKiB / 1024} MiB`;
  return `the answer is larger than ${most}`;
}

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value = '']) => [name, [value].flat().join(', ')]));
}

/** The error of a request to which no answer came within that many milliseconds. */
export function noAnswer(timeoutMs: number): TransportError {
  return new TransportError('timeout', `no answer within ${Math.round(timeoutMs / 1000)} s`);
}

/** The error of a request that something cut off, by its code where it has one. */
export function interrupted(error: unknown): TransportError {
  return new TransportError('interrupted', errorCode(error) ?? 'connection failed');
}
