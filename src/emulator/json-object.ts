export type JsonObject = Record<string, unknown>;

/** Whether a value is a JSON object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with a body: it is no JSON, or JSON that is no object. */
export type BodyProblem = 'syntax' | 'type';

/** The JSON object of a body, an empty one for none; throws what the service refuses anything else with. */
export function readJsonObject(text: string, refusal: (problem: BodyProblem) => Error): JsonObject {
  const value = text === '' ? {} : parsed(text);
  if (value === undefined) throw refusal('syntax');
  if (!isJsonObject(value)) throw refusal('type');
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
