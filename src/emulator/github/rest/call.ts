import { type BodyProblem, type JsonObject, readJsonObject } from '../../json-object.ts';
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

/** The body's JSON object. Throws an ApiError 400 for anything else. */
export function readBody(text: string): JsonObject {
  const messages: Readonly<Record<BodyProblem, string>> = {
    syntax: 'Problems parsing JSON',
    type: 'Body should be a JSON object',
  };
  return readJsonObject(text, (problem) => new ApiError(400, messages[problem]));
}
