import { type Effects, type HttpAnswer, type HttpRequest, TransportError } from '../io/effects.ts';
import type { FailureCode } from '../report/failure.ts';
import { type Attempt, attemptMs } from './persist.ts';
import { transportFailure } from './transport.ts';

/** Whom a request goes to: what the failure is called when no answer comes, and the name that a person reads. */
export interface Addressee {
  readonly unavailable: FailureCode;
  readonly name: string;
}

/**
 * One attempt: sends the request, within the time that is left until `until` (milliseconds since the epoch), and
 * interprets the answer. That none came is a failed attempt, too.
 */
export async function sendOnce<T>(
  request: HttpRequest,
  { unavailable, name }: Addressee,
  until: number,
  { fx, signal }: { readonly fx: Effects; readonly signal: AbortSignal },
  interpret: (answer: HttpAnswer) => Attempt<T> | Promise<Attempt<T>>,
): Promise<Attempt<T>> {
  let answer: HttpAnswer;
  try {
    answer = await fx.send(request, attemptMs(until, fx.clock.now()), signal);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return transportFailure(error, unavailable, name, request.url.host);
  }
  return interpret(answer);
}
