import type { HttpAnswer } from '../io/effects.ts';
import { isRecord } from '../trust/claims.ts';

/** What Entra's token endpoint said, reduced to the fields that may be shown or used. */
export type TokenAnswer =
  | { readonly kind: 'token'; readonly accessToken: string; readonly expiresInS: number }
  | { readonly kind: 'refusal'; readonly refusal: EntraRefusal }
  | { readonly kind: 'unusable'; readonly problem: string };

/** An OAuth error of Entra (RFC 6749 section 5.2 with Microsoft's extensions). */
export interface EntraRefusal {
  readonly error: string;
  /** AADSTS numbers, most significant first; empty when Entra gave none. */
  readonly codes: readonly number[];
  /** The description without its trailing ids. */
  readonly text: string;
  readonly traceId: string | null;
  readonly correlationId: string | null;
  readonly timestamp: string | null;
  readonly suberror: string | null;
}

/** Reads an answer of the token endpoint, whatever its status. */
export function readTokenAnswer({ status, body }: HttpAnswer): TokenAnswer {
  const json = parse(body);
  if (!isRecord(json))
    return { kind: 'unusable', problem: body === '' ? 'an empty body' : 'a body that is not JSON' };
  if (typeof json['error'] === 'string') return { kind: 'refusal', refusal: refusalIn(json, json['error']) };
  const accessToken = json['access_token'];
  const expiresInS = Number(json['expires_in']);
  if (status === 200 && typeof accessToken === 'string' && accessToken !== '' && expiresInS > 0) {
    return { kind: 'token', accessToken, expiresInS };
  }
  return { kind: 'unusable', problem: 'JSON with neither a token nor an error' };
}

function refusalIn(json: Record<string, unknown>, error: string): EntraRefusal {
  const description = text(json['error_description']) ?? '';
  return {
    error,
    codes: codesIn(json['error_codes'], description),
    // Older answers part the ids from the text by line ends, newer ones by spaces.
    text: (description.split(/\s*Trace ID: /)[0] ?? '').trim(),
    traceId: text(json['trace_id']),
    correlationId: text(json['correlation_id']),
    timestamp: text(json['timestamp']),
    suberror: text(json['suberror']),
  };
}

function codesIn(list: unknown, description: string): number[] {
  const given = Array.isArray(list) ? list.filter((code) => Number.isSafeInteger(code)) : [];
  if (given.length > 0) return given;
  const found = /AADSTS(\d{1,9})/.exec(description)?.[1];
  return found ? [Number(found)] : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
