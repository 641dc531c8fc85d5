import type { HttpAnswer } from '../io/effects.ts';
import { jsonIn } from '../io/json.ts';
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
  const json = jsonIn(body);
  if (!isRecord(json))
    return { kind: 'unusable', problem: body === '' ? 'an empty body' : 'a body that is not JSON' };
  if (typeof json['error'] === 'string') return { kind: 'refusal', refusal: refusalIn(json, json['error']) };
  const accessToken = json['access_token'];
  const expiresInS = Number(json['expires_in']);
  const lives = expiresInS > 0 && expiresInS <= LONGEST_LIFE_S;
  if (status === 200 && typeof accessToken === 'string' && accessToken !== '' && lives) {
    return { kind: 'token', accessToken, expiresInS };
  }
  return { kind: 'unusable', problem: 'JSON with neither a token nor an error' };
}

// Ten years: anything beyond is no lifetime, and no date either.
const LONGEST_LIFE_S = 10 * 365 * 24 * 3600;
const LONGEST_TEXT = 1_000;

function refusalIn(json: Record<string, unknown>, error: string): EntraRefusal {
  const description = text(json['error_description']) ?? '';
  return {
    error: shortened(error),
    codes: codesIn(json['error_codes'], description),
    // Older answers part the ids from the text by line ends, newer ones by spaces.
    text: shortened((description.split(/\s*Trace ID: /)[0] ?? '').trim()),
    traceId: id(json['trace_id']),
    correlationId: id(json['correlation_id']),
    timestamp: id(json['timestamp']),
    suberror: id(json['suberror']),
  };
}

function codesIn(list: unknown, description: string): number[] {
  const given = Array.isArray(list) ? list.filter((code) => Number.isSafeInteger(code)) : [];
  if (given.length > 0) return given;
  const found = /AADSTS(\d{1,9})/.exec(description)?.[1];
  return found ? [Number(found)] : [];
}

function id(value: unknown): string | null {
  return text(value)?.slice(0, 100) ?? null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

// A job summary has 1 MiB for all: what a server says must not push the diagnosis out.
function shortened(value: string): string {
  return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
}
