import type { IncomingMessage, ServerResponse } from 'node:http';

const MAX_BODY_BYTES = 1024 * 1024;

/** The body of a request; null for one that is too long. */
export async function readBody(incoming: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The request as its service sees it; `origin` is the scheme and host that it was sent to. */
export function toRequest(incoming: IncomingMessage, origin: string, body: Buffer): Request {
  const { method = 'GET', url = '/', rawHeaders } = incoming;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  const bodiless = method === 'GET' || method === 'HEAD';
  return new Request(`${origin}${url}`, {
    method,
    headers,
    ...(!bodiless && { body: new Uint8Array(body) }),
  });
}

/** A mistake of the emulator or of its seed shows as a 500 that names it. */
export function crash(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'content-type': 'text/plain' }).end(`Emulator: ${String(error)}`);
}
