import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as connect } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { generateKeyPair, SignJWT } from 'jose';
import type { Emulator } from '../../src/emulator/api.ts';
import type { Application, Tenant } from '../../src/emulator/entities.ts';

export const AUDIENCE = 'api://AzureADTokenExchange';
export const ARM_SCOPE = 'https://management.azure.com/.default';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface ErrorBody {
  error: string;
  error_description: string;
  error_codes: number[];
  timestamp: string;
  trace_id: string;
  correlation_id: string;
  error_uri?: string;
  suberror?: string;
  claims?: string;
}

export interface Reply<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface TokenBody {
  token_type: string;
  expires_in: number | string;
  ext_expires_in: number | string;
  expires_on?: string;
  access_token: string;
}

/** Claims of a JWT, unverified. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

export function tenantOf(emulator: Emulator, index = 0): Tenant {
  const tenant = emulator.state.tenants[index];
  if (!tenant) throw new Error('no such tenant');
  return tenant;
}

export function application(emulator: Emulator, name: string): Application {
  const found = emulator.state.tenants
    .flatMap(({ applications }) => applications)
    .find((one) => one.displayName === name);
  if (!found) throw new Error(`no application ${name}`);
  return found;
}

export function idTokenRequest(
  emulator: Emulator,
  audience: string | null = AUDIENCE,
  init: RequestInit = {},
): Request {
  const env = emulator.requestEnv();
  const url = new URL(env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '');
  if (audience !== null) url.searchParams.set('audience', audience);
  const headers = { authorization: `Bearer ${env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}` };
  return new Request(url, { headers, ...init });
}

/** Asks GitHub for an ID token in this process. */
export async function idToken(emulator: Emulator, audience: string | null = AUDIENCE): Promise<string> {
  const response = await emulator.handle(idTokenRequest(emulator, audience));
  const { value } = (await response.json()) as { value: string };
  return value;
}

/** A token with GitHub's claims and header, signed by a stranger. */
export async function forged(current: Emulator, header: Record<string, string> = {}): Promise<string> {
  const genuine = await idToken(current);
  const original = JSON.parse(Buffer.from(genuine.split('.')[0] ?? '', 'base64url').toString()) as {
    kid: string;
  };
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT(claimsOf(genuine))
    .setProtectedHeader({ ...original, alg: 'RS256', ...header })
    .sign(privateKey);
}

export interface Ask {
  client?: string;
  tenant?: string;
  host?: string;
  version?: 1 | 2;
  assertion?: string;
  /** Replaces fields of the form; null removes one. */
  form?: Record<string, string | null>;
  init?: RequestInit;
}

async function tokenForm(emulator: Emulator, ask: Ask): Promise<URLSearchParams> {
  const fields = {
    grant_type: 'client_credentials',
    client_id: ask.client ?? emulator.env['AZURE_CLIENT_ID'] ?? '',
    ...(ask.version === 1 ? { resource: 'https://management.azure.com/' } : { scope: ARM_SCOPE }),
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: ask.assertion ?? (await idToken(emulator)),
    ...ask.form,
  };
  const kept = Object.entries(fields).filter((field): field is [string, string] => field[1] !== null);
  return new URLSearchParams(kept);
}

export async function tokenRequest(emulator: Emulator, ask: Ask = {}): Promise<Request> {
  const tenant = ask.tenant ?? emulator.env['AZURE_TENANT_ID'];
  const path = ask.version === 1 ? 'oauth2/token' : 'oauth2/v2.0/token';
  const url = `https://${ask.host ?? 'login.microsoftonline.com'}/${tenant}/${path}`;
  return new Request(url, { method: 'POST', body: await tokenForm(emulator, ask), ...ask.init });
}

/** Asks Entra for an access token in this process. */
export async function exchange<T = ErrorBody>(emulator: Emulator, ask: Ask = {}): Promise<Reply<T>> {
  const response = await emulator.handle(await tokenRequest(emulator, ask));
  return { status: response.status, headers: response.headers, body: (await response.json()) as T };
}

/** The one code of a refusal. */
export async function codeOf(emulator: Emulator, ask: Ask = {}): Promise<number | undefined> {
  const { body } = await exchange(emulator, ask);
  return body.error_codes?.[0];
}

/** A TCP connection through the emulator's proxy. Rejects with the proxy's status when it refuses. */
export async function tunnel(emulator: Emulator, target: string): Promise<Socket> {
  const proxy = new URL(emulator.env['HTTPS_PROXY'] ?? '');
  const asking = connect({
    host: proxy.hostname,
    port: proxy.port,
    method: 'CONNECT',
    path: target,
    agent: false,
  }).end();
  const [response, socket] = (await once(asking, 'connect')) as [{ statusCode: number }, Socket];
  if (response.statusCode !== 200) {
    socket.destroy();
    throw new Error(`CONNECT ${response.statusCode}`);
  }
  return socket;
}

export interface WireReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Sends a request as a client does: CONNECT, TLS that trusts the emulator's authority only, HTTP/1.1. */
export async function send(
  emulator: Emulator,
  incoming: Request,
  options: RequestOptions = {},
): Promise<WireReply> {
  const url = new URL(incoming.url);
  const socket = await tunnel(emulator, `${url.host}:443`);
  const secure = tlsConnect({
    socket,
    servername: url.host,
    ca: readFileSync(emulator.env['NODE_EXTRA_CA_CERTS'] ?? ''),
  });
  const body = await incoming.text();
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(incoming.headers);
    const method = incoming.method;
    const call = request(
      url,
      { method, headers, defaultPort: 443, createConnection: () => secure, ...options },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          secure.destroy();
        });
      },
    );
    secure.on('error', reject);
    call.on('error', reject);
    call.end(body);
  });
}
