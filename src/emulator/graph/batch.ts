import { isJsonObject } from '../json-object.ts';
import type { Answer, Call } from './call.ts';
import { badRequest } from './errors.ts';

const MAX_REQUESTS = 20;
const FAILED_DEPENDENCY = 424;

interface Item {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: unknown;
  dependsOn: string[];
}

interface ItemAnswer {
  id: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function readItem(value: unknown): Item {
  if (!isJsonObject(value)) throw badRequest('Invalid batch payload format.');
  const { id, method, url, headers, body, dependsOn } = value;
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string' || id === '')
    throw badRequest('Each request of a batch needs an id, a method and a url.');
  const named = isJsonObject(headers)
    ? Object.entries(headers).map(([name, text]) => [name, String(text)])
    : [];
  return { id, method, url, headers: Object.fromEntries(named), body, dependsOn: texts(dependsOn) };
}

function readItems(call: Call): Item[] {
  const { requests } = call.body;
  if (!Array.isArray(requests)) throw badRequest('Invalid batch payload format.');
  if (requests.length > MAX_REQUESTS)
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${MAX_REQUESTS}.`);
  const items = requests.map(readItem);
  const ids = items.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) throw badRequest('Request ids of a batch must be unique.');
  // A request may depend on earlier ones only, so that there is no circle.
  const wrong = items.some(({ dependsOn }, index) =>
    dependsOn.some((id) => ids.indexOf(id) < 0 || ids.indexOf(id) >= index),
  );
  if (wrong) throw badRequest('A dependsOn of the batch names no earlier request.');
  return items;
}

function toRequest(call: Call, item: Item): Request {
  const headers = new Headers(item.headers);
  headers.set('authorization', call.request.headers.get('authorization') ?? '');
  const path = item.url.startsWith('/') ? item.url : `/${item.url}`;
  const bodiless = item.method === 'GET' || item.body === undefined;
  return new Request(`https://${call.url.host}/${call.version}${path}`, {
    method: item.method,
    headers,
    ...(!bodiless && { body: JSON.stringify(item.body) }),
  });
}

async function run(
  call: Call,
  item: Item,
  send: (request: Request) => Promise<Response>,
): Promise<ItemAnswer> {
  const response = await send(toRequest(call, item));
  const text = await response.text();
  const headers = { 'Content-Type': response.headers.get('content-type') ?? 'application/json' };
  return { id: item.id, status: response.status, headers, body: text === '' ? null : JSON.parse(text) };
}

/**
 * `POST /$batch`: at most 20 requests, a failed dependency answers 424. Answers come back in another order than they
 * were asked for, for Graph promises none. Source: Graph, "Combine multiple HTTP requests using JSON batching".
 */
export async function answerBatch(
  call: Call,
  send: (request: Request) => Promise<Response>,
): Promise<Answer> {
  const answers: ItemAnswer[] = [];
  for (const item of readItems(call)) {
    const failed = item.dependsOn.some((id) => answers.some((one) => one.id === id && one.status >= 400));
    const error = { code: 'FailedDependency', message: 'A request that this one depends on failed.' };
    const refused = { id: item.id, status: FAILED_DEPENDENCY, headers: {}, body: { error } };
    answers.push(failed ? refused : await run(call, item, send));
  }
  return { status: 200, body: { responses: answers.reverse() } };
}
