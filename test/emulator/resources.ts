import type { Emulator } from '../../src/emulator/api.ts';
import { ARM_SCOPE, application, exchange, type Reply, type TokenBody } from './client.ts';

export const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
export const SUBSCRIPTION = '/subscriptions/99999999-9999-4999-8999-999999999991';
export const GROUP = `${SUBSCRIPTION}/resourceGroups/octo-rg`;
export const ROLE_ASSIGNMENTS = 'providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01';

export type Json = Record<string, unknown>;

/** The error body of Graph and of Resource Manager. */
export interface Failure {
  error: { code: string; message: string; innerError?: Json };
}

export interface List<T = Json> {
  value: T[];
  nextLink?: string;
  '@odata.nextLink'?: string;
}

/** A token for an application of the seed, or for a client id. */
export async function tokenFor(emulator: Emulator, client: string, scope: string): Promise<string> {
  const known = emulator.state.tenants.flatMap(({ applications }) => applications);
  const named = known.some(({ displayName }) => displayName === client);
  const id = named ? application(emulator, client).appId : client;
  const { body } = await exchange<TokenBody>(emulator, { client: id, form: { scope } });
  return body.access_token;
}

export interface Send {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

async function send<T>(
  emulator: Emulator,
  url: string,
  token: string | null,
  options: Send,
): Promise<Reply<T>> {
  const { method = 'GET', body, headers } = options;
  const request = new Request(url, {
    method,
    headers: {
      'user-agent': 'test',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const response = await emulator.handle(request);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : null) as T };
}

/** Asks Graph as an application; the path begins with its version unless it is a whole address. */
export async function graph<T = Json>(
  emulator: Emulator,
  client: string,
  path: string,
  options: Send = {},
): Promise<Reply<T>> {
  const token = await tokenFor(emulator, client, GRAPH_SCOPE);
  const url = path.startsWith('https:') ? path : `https://graph.microsoft.com${path}`;
  return send<T>(emulator, url, token, options);
}

/** Asks Resource Manager as an application. */
export async function arm<T = Json>(
  emulator: Emulator,
  client: string,
  path: string,
  options: Send = {},
): Promise<Reply<T>> {
  const token = await tokenFor(emulator, client, ARM_SCOPE);
  const url = path.startsWith('https:') ? path : `https://management.azure.com${path}`;
  return send<T>(emulator, url, token, options);
}

/** Asks any address with a bearer token that is given, or with none. */
export function ask<T = Json>(
  emulator: Emulator,
  url: string,
  token: string | null,
  options: Send = {},
): Promise<Reply<T>> {
  return send<T>(emulator, url, token, options);
}
