import { CLOUDS, type Cloud, type CloudName } from '../trust/clouds.ts';
import type { Severity } from '../trust/finding.ts';
import { parseRequirement, type Requirement } from '../trust/requirement.ts';
import { invalid, shape } from './invalid.ts';
import type { InputName, RawInputs } from './table.ts';
import { parseResources, parseTokens, type TokenRequest } from './tokens.ts';
import {
  audience,
  boolean,
  guid,
  identityResourceId,
  lines,
  list,
  oneOf,
  seconds,
  tenant,
  variableName,
} from './values.ts';

/** A client that later steps use and that this action can sign in. */
export type SessionClient = 'az' | 'terraform' | 'sdk' | 'azcopy' | 'powershell';

/**
 * Which sessions to leave: `chosen` by name may replace what the job set, `auto` may not, and takes az only where it is
 * installed.
 */
export interface SessionChoice {
  readonly clients: readonly SessionClient[];
  readonly chosen: boolean;
}

/** How the endpoint that renews tokens for the rest of the job is to be served. */
export interface KeepAlive {
  /** Whether it may take the place of a managed identity that is not ours. */
  readonly override: boolean;
  /** Resources, without `/.default`, that it serves and no others; empty for any. */
  readonly resources: readonly string[];
}

/** Who signs in where, under which guards: the same for every mode. */
export interface ClientInputs {
  readonly clientId: string;
  /** GUID or domain, lower case. */
  readonly tenantId: string;
  readonly subscriptionId: string | null;
  readonly cloud: Cloud;
  readonly audience: string;
  readonly allowedTenants: readonly string[];
  readonly allowedClients: readonly string[];
  readonly requireClaims: readonly Requirement[];
  readonly waitForTrustMs: number;
  readonly timeoutMs: number;
  readonly maskIds: boolean;
  /** Client, tenant and subscription as they were written, for `mask-ids`. */
  readonly writtenIds: readonly string[];
}

/** The inputs of `mode: login`, parsed: nothing later reads an input again. */
export interface LoginInputs extends ClientInputs {
  readonly mode: 'login';
  readonly tokens: readonly TokenRequest[];
  readonly sessions: SessionChoice;
  readonly keepAlive: KeepAlive | null;
  readonly exportAccessToken: string | null;
}

/** The inputs of `mode: validate`, parsed. */
export interface ValidateInputs extends ClientInputs {
  readonly mode: 'validate';
  readonly identityResourceId: string | null;
  /** The identity that reads the directory. */
  readonly readerClientId: string;
  readonly readerTenantId: string;
  readonly githubToken: string | null;
  readonly expectedCredentials: string | null;
  readonly checkRoles: boolean;
  readonly probe: boolean;
  /** The lowest severity that fails the step. */
  readonly failOn: Severity | 'never';
  readonly reportFile: string | null;
  readonly sarifFile: string | null;
}

export type Inputs = LoginInputs | ValidateInputs;

const SESSION_CLIENTS: readonly SessionClient[] = ['az', 'terraform', 'sdk', 'azcopy', 'powershell'];
const AUTO: readonly SessionClient[] = ['az', 'terraform', 'sdk'];

/**
 * Parses all inputs or throws the Failure of the first that cannot be used. `whyEmpty` says why a value may have
 * reached this run empty; it is asked only when one did.
 */
export function parseInputs(raw: RawInputs, whyEmpty: () => string): Inputs {
  const mode = oneOf('mode', raw.mode, ['login', 'validate'] as const);
  const client = parseClient(raw, whyEmpty);
  return mode === 'login' ? parseLogin(raw, client) : parseValidate(raw, client);
}

function parseClient(raw: RawInputs, whyEmpty: () => string): ClientInputs {
  const cloud = CLOUDS[oneOf('cloud', raw.cloud, Object.keys(CLOUDS) as CloudName[])];
  const clientId = guid('client-id', given(raw, 'client-id', whyEmpty));
  const tenantId = tenant('tenant-id', given(raw, 'tenant-id', whyEmpty));
  if (clientId === tenantId)
    throw invalid(
      'client-id',
      'has the same value as `tenant-id`',
      'One of the two was filled with the value of the other.',
    );
  return {
    clientId,
    tenantId,
    subscriptionId: optional(raw, 'subscription-id', guid),
    cloud,
    audience: optional(raw, 'audience', audience) ?? cloud.audience,
    allowedTenants: list('allowed-tenants', raw['allowed-tenants']).map((value) =>
      tenant('allowed-tenants', value),
    ),
    allowedClients: list('allowed-clients', raw['allowed-clients']).map((value) =>
      guid('allowed-clients', value),
    ),
    requireClaims: lines(raw['require-claims']).map(requirement),
    waitForTrustMs: seconds('wait-for-trust', raw['wait-for-trust'], 0, 3600) * 1000,
    timeoutMs: seconds('timeout', raw.timeout, 1, 3600) * 1000,
    maskIds: boolean('mask-ids', raw['mask-ids']),
    writtenIds: [raw['client-id'], raw['tenant-id'], raw['subscription-id']].filter((id) => id !== ''),
  };
}

function parseLogin(raw: RawInputs, client: ClientInputs): LoginInputs {
  return {
    ...client,
    mode: 'login',
    tokens: parseTokens(raw.tokens, client.cloud),
    sessions: parseSessions(raw.sessions),
    keepAlive: parseKeepAlive(raw, client.cloud),
    exportAccessToken: optional(raw, 'export-access-token', variableName),
  };
}

function parseValidate(raw: RawInputs, client: ClientInputs): ValidateInputs {
  return {
    ...client,
    mode: 'validate',
    identityResourceId: optional(raw, 'identity-resource-id', identityResourceId),
    readerClientId: optional(raw, 'reader-client-id', guid) ?? client.clientId,
    readerTenantId: optional(raw, 'reader-tenant-id', tenant) ?? client.tenantId,
    githubToken: raw['github-token'] || null,
    expectedCredentials: raw['expected-credentials'] || null,
    checkRoles: boolean('check-roles', raw['check-roles']),
    probe: boolean('probe', raw.probe),
    failOn: oneOf('fail-on', raw['fail-on'], ['critical', 'high', 'medium', 'low', 'never'] as const),
    reportFile: raw['report-file'] || null,
    sarifFile: raw['sarif-file'] || null,
  };
}

function optional<T>(
  raw: RawInputs,
  input: InputName,
  read: (input: InputName, value: string) => T,
): T | null {
  return raw[input] === '' ? null : read(input, raw[input]);
}

/** The ids that `mask-ids` asks to keep out of the log: as written, and as they are used. */
export function idsToMask({ maskIds, writtenIds }: ClientInputs): string[] {
  return maskIds ? [...new Set(writtenIds.flatMap((id) => [id, id.toLowerCase()]))] : [];
}

function given(raw: RawInputs, input: InputName, whyEmpty: () => string): string {
  if (raw[input] !== '') return raw[input];
  throw invalid(input, 'is empty', whyEmpty());
}

function parseSessions(value: string): SessionChoice {
  const words = list('sessions', value);
  if (words.length === 1 && words[0] === 'auto') return { clients: AUTO, chosen: false };
  if (words.length === 1 && words[0] === 'none') return { clients: [], chosen: true };
  const clients = words.map((word) => oneOf('sessions', word, [...SESSION_CLIENTS, 'auto', 'none'] as const));
  const named = clients.filter((word) => word !== 'auto' && word !== 'none');
  if (named.length === clients.length) return { clients: [...new Set(named)], chosen: true };
  throw invalid(
    'sessions',
    'combines `auto` or `none` with something else',
    'Write `auto` alone, `none` alone, or the names of the clients.',
  );
}

function parseKeepAlive(raw: RawInputs, cloud: Cloud): KeepAlive | null {
  const word = raw['keep-alive'];
  const override = word.toLowerCase() === 'override';
  const resources = parseResources('keep-alive-resources', raw['keep-alive-resources'], cloud);
  if (override || boolean('keep-alive', word, 'Write `true`, `false` or `override`.'))
    return { override, resources };
  if (resources.length === 0) return null;
  throw invalid(
    'keep-alive-resources',
    'is given without `keep-alive`',
    'Write `keep-alive: true`, or leave both out.',
  );
}

function requirement(line: string): Requirement {
  const parsed = parseRequirement(line);
  if (parsed) return parsed;
  throw invalid(
    'require-claims',
    `holds a line that is no requirement (${shape(line)})`,
    'Write one per line: `claim=value`, `claim!=value` or `claim~glob`.',
  );
}
