import type { Caller } from '../bearer.ts';
import { type BodyProblem, type JsonObject, readJsonObject } from '../json-object.ts';
import type { State } from '../state.ts';
import { badRequest } from './errors.ts';

/** One request to Graph, authenticated and routed. */
export interface Call {
  request: Request;
  url: URL;
  version: 'v1.0' | 'beta';
  /** What the route's groups captured, decoded. */
  names: string[];
  /** The JSON object of the body; empty for none. */
  body: Readonly<Record<string, unknown>>;
  caller: Caller;
  state: State;
}

/** What a route gives back: a status and a body; null for none. */
export interface Answer {
  status: number;
  body: object | null;
}

/** The context URL that each answer begins with. Source: OData JSON Format 4.01. */
export function contextOf({ url, version }: Call, path: string): string {
  return `https://${url.host}/${version}/$metadata#${path}`;
}

/** The body's JSON object. Throws a GraphError 400 for anything else. */
export function readBody(text: string): JsonObject {
  const messages: Readonly<Record<BodyProblem, string>> = {
    syntax: 'Please ensure Content-Type header is set and payload is of valid JSON format.',
    type: 'An object is expected.',
  };
  return readJsonObject(text, (problem) =>
    badRequest(`Unable to read JSON request payload. ${messages[problem]}`),
  );
}

/** A text of the body, or undefined where there is none. Throws a GraphError 400 for another type. */
export function bodyText({ body }: Pick<Call, 'body'>, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw badRequest(`Cannot convert a value to target type 'Edm.String' for property '${name}'.`);
}

/** Throws a GraphError 400 for a property that the type does not have, as Graph does. */
export function checkProperties({ body }: Pick<Call, 'body'>, type: string, known: readonly string[]): void {
  const alien = Object.keys(body).find((name) => !name.startsWith('@odata.') && !known.includes(name));
  if (alien !== undefined)
    throw badRequest(`Invalid property '${alien}'. It does not exist on type 'microsoft.graph.${type}'.`);
}
