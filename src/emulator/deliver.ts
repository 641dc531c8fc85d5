import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { cannedRefusal } from './entra/canned.ts';
import type { RequestFault } from './faults.ts';
import type { RecordedRequest } from './journal.ts';
import { throttledAnswer } from './throttle.ts';

/** One request on the wire, with all that an answer or a fault needs. */
export interface Exchange {
  request: Request;
  response: ServerResponse;
  entry: RecordedRequest;
  /** The proper answer. */
  answer(): Promise<Response>;
  /** Cuts the connection with a TCP reset. */
  reset(): void;
}

const HUGE_CHUNK = Buffer.alloc(64 * 1024, 'a');
const PAGE = '<!doctype html><title>Sign in to the network</title><p>Please accept the terms of use.';

/** Unreferenced: a fault that nobody waits for any more does not hold the process. */
function pause(ms: number): Promise<void> {
  return delay(ms, undefined, { ref: false });
}

type Faulty<K extends RequestFault['kind']> = Extract<RequestFault, { kind: K }>;

function lengthened(answer: Response, body: Buffer): Record<string, string | number> {
  const headers = Object.fromEntries(answer.headers);
  // 204 and 304 carry neither a body nor its length (RFC 9110, section 8.6).
  return answer.body === null ? headers : { ...headers, 'content-length': body.length };
}

async function send({ response, entry }: Exchange, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  entry.status = answer.status;
  response.writeHead(answer.status, lengthened(answer, body));
  response.end(body);
}

function sendStatus(exchange: Exchange, fault: Faulty<'status'>): Promise<void> {
  const headers: Record<string, string> = {
    'content-type': fault.contentType ?? 'application/json; charset=utf-8',
  };
  if (fault.retryAfter !== undefined) headers['retry-after'] = fault.retryAfter;
  const body =
    fault.body ?? JSON.stringify({ error: 'emulated', error_description: `Emulated status ${fault.status}` });
  // 204 and 304 may not carry a body (RFC 9110, section 6.4.1).
  const bodiless = fault.status === 204 || fault.status === 304;
  return send(exchange, new Response(bodiless ? null : body, { status: fault.status, headers }));
}

async function sendTruncated(exchange: Exchange): Promise<void> {
  const answer = await exchange.answer();
  const body = Buffer.from(await answer.arrayBuffer());
  const { response } = exchange;
  response.writeHead(answer.status, lengthened(answer, body));
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

async function sendHuge({ response }: Exchange): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  const gone = once(response, 'close');
  response.write('{"value":"');
  while (!response.destroyed) {
    const drained = response.write(HUGE_CHUNK) ? pause(0) : once(response, 'drain');
    await Promise.race([drained, gone]);
  }
}

async function sendSlowly(exchange: Exchange, { ms = 1000 }: Faulty<'drip'>): Promise<void> {
  const answer = await exchange.answer();
  const body = Buffer.from(await answer.arrayBuffer());
  const { response } = exchange;
  response.writeHead(answer.status, lengthened(answer, body));
  const gone = once(response, 'close');
  for (const byte of body) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await Promise.race([pause(ms), gone]);
  }
  exchange.entry.status = answer.status;
  response.end();
}

function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { location } });
}

async function fail(exchange: Exchange, fault: RequestFault): Promise<void> {
  switch (fault.kind) {
    case 'latency':
      await pause(fault.ms);
      return send(exchange, await exchange.answer());
    case 'reset':
      return exchange.reset();
    case 'status':
      return sendStatus(exchange, fault);
    case 'empty':
      return send(
        exchange,
        new Response('', { headers: { 'content-type': 'application/json; charset=utf-8' } }),
      );
    case 'non-json':
      return send(exchange, new Response(PAGE, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
    case 'truncated':
      return sendTruncated(exchange);
    case 'huge':
      return sendHuge(exchange);
    case 'redirect':
      return send(exchange, redirect(fault.location));
    case 'drip':
      return sendSlowly(exchange, fault);
    case 'aadsts':
      return send(exchange, await cannedRefusal(exchange.request, fault));
    case 'throttled':
      return send(exchange, await throttledAnswer(exchange.entry.service, exchange.request, fault));
  }
}

/** Writes the proper answer, or what the fault makes of it. The journal's status is set before the answer ends. */
export async function deliver(exchange: Exchange, fault: RequestFault | null): Promise<void> {
  if (fault) await fail(exchange, fault);
  else await send(exchange, await exchange.answer());
}
