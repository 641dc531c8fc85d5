import type { Emulator } from '../../src/emulator/api.ts';

/** The answer of a local service. */
export interface LocalReply {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  json: any;
}

/** Asks a local service over plain HTTP. */
export async function askLocal(
  url: string,
  headers: Record<string, string> = {},
  init: RequestInit = {},
): Promise<LocalReply> {
  const response = await fetch(url, { headers, ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null };
}

const IMDS = { 'api-version': '2018-02-01', resource: 'https://management.azure.com/' };

/** Asks the virtual machine's metadata service for a token; null leaves a parameter or a header out. */
export function askImds(
  emulator: Emulator,
  query: Record<string, string | null> = {},
  headers: Record<string, string | null> = {},
): Promise<LocalReply> {
  const base = emulator.workloadEnv('azure-vm')['AZURE_POD_IDENTITY_AUTHORITY_HOST'];
  const url = new URL(`${base}/metadata/identity/oauth2/token`);
  url.search = new URLSearchParams(present({ ...IMDS, ...query })).toString();
  return askLocal(url.href, present({ Metadata: 'true', ...headers }));
}

/** Asks the identity endpoint of App Service for a token. */
export function askAppService(
  emulator: Emulator,
  query: Record<string, string | null> = {},
  headers: Record<string, string | null> = {},
): Promise<LocalReply> {
  const env = emulator.workloadEnv('app-service');
  const url = new URL(env['IDENTITY_ENDPOINT'] ?? '');
  url.search = new URLSearchParams(present({ ...IMDS, 'api-version': '2019-08-01', ...query })).toString();
  return askLocal(url.href, present({ 'X-IDENTITY-HEADER': env['IDENTITY_HEADER'] ?? '', ...headers }));
}

function present(values: Record<string, string | null>): Record<string, string> {
  const kept = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(kept);
}

/** Asks Google's metadata server. */
export function askGoogle(
  emulator: Emulator,
  path: string,
  headers: Record<string, string> = { 'Metadata-Flavor': 'Google' },
): Promise<LocalReply> {
  return askLocal(`http://${emulator.workloadEnv('gce')['GCE_METADATA_HOST']}${path}`, headers);
}

/** Where Google's metadata server gives out identity tokens. */
export const GOOGLE_IDENTITY = '/computeMetadata/v1/instance/service-accounts/default/identity';
