import type { State } from '../../state.ts';
import type { ApiToken } from './entities.ts';
import { ApiError } from './errors.ts';

/** One request to the REST API, routed; the token is known or absent. */
export interface Call {
  url: URL;
  /** Base of the API's addresses: with `/api/v3` on GHES. */
  base: string;
  names: readonly string[];
  body: Readonly<Record<string, unknown>>;
  token: ApiToken | null;
  state: State;
}

/** What a route gives back. */
export interface Answer {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body's JSON object. Throws an ApiError 400 for anything else. */
export function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    throw new ApiError(400, 'Problems parsing JSON');
  }
  throw new ApiError(400, 'Body should be a JSON object');
}
