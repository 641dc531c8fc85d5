import type { Failure } from '../report/failure.ts';
import { CLOUDS, type Cloud, type CloudName } from '../trust/clouds.ts';
import type { Severity } from '../trust/finding.ts';
import { parseRequirement, type Requirement } from '../trust/requirement.ts';
import { type AssertionKind, type DirectKind, parseIdentitySource } from './identity-source.ts';
import { invalid, shape } from './invalid.ts';
import { canRenew } from './session-feeds.ts';
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

/** Where, for how long and under which guards: the same for every mode and source. */
export interface CommonInputs {
  readonly subscriptionId: string | null;
  readonly cloud: Cloud;
  readonly allowedTenants: readonly string[];
  readonly allowedClients: readonly string[];
  readonly waitForTrustMs: number;
  readonly timeoutMs: number;
  readonly maskIds: boolean;
  /** Client, tenant and subscription as they were written, for `mask-ids`. */
  readonly writtenIds: readonly string[];
}

/** Who signs in by an assertion, and where that comes from. */
export interface ClientInputs extends CommonInputs {
  readonly clientId: string;
  /** GUID or domain, lower case. */
  readonly tenantId: string;
  readonly source: AssertionKind;
  readonly audience: string;
  readonly requireClaims: readonly Requirement[];
}

/** What a sign-in leaves to later steps. */
export interface SessionInputs {
  readonly tokens: readonly TokenRequest[];
  readonly sessions: SessionChoice;
  readonly keepAlive: KeepAlive | null;
  readonly exportAccessToken: string | null;
}

/** The inputs of `mode: login`, parsed: nothing later reads an input again. */
export interface LoginInputs extends ClientInputs, SessionInputs {
  readonly mode: 'login';
}

/** The same where the machine's own managed identity signs in, without federation. */
export interface DirectInputs extends CommonInputs, SessionInputs {
  readonly mode: 'direct-login';
  readonly source: DirectKind;
  /** What the identity must turn out to be; null where nothing was said. */
  readonly clientId: string | null;
  readonly tenantId: string | null;
}

/** A sign-in of either kind. */
export type SignInInputs = LoginInputs | DirectInputs;

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

export type Inputs = SignInInputs | ValidateInputs;

const SESSION_CLIENTS: readonly SessionClient[] = ['az', 'terraform', 'sdk', 'azcopy', 'powershell'];
const AUTO: readonly SessionClient[] = ['az', 'terraform', 'sdk'];

/**
 * Parses all inputs or throws the Failure of the first that cannot be used. `whyEmpty` says why a value may have
 * reached this run empty; it is asked only when one did.
 */
export function parseInputs(raw: RawInputs, whyEmpty: () => string): Inputs {
  const mode = oneOf('mode', raw.mode, ['login', 'validate'] as const);
  const common = parseCommon(raw);
  const source = parseIdentitySource(raw['identity-source']);
  if (source.kind === 'direct-managed-identity') return parseDirect(raw, mode, common, source);
  const client = { ...common, ...parseClient(raw, common.cloud, source, whyEmpty) };
  return mode === 'login'
    ? { ...client, ...parseSignIn(raw, client.cloud), mode }
    : { ...client, ...parseValidate(raw, client) };
}

function parseCommon(raw: RawInputs): CommonInputs {
  return {
    subscriptionId: optional(raw, 'subscription-id', guid),
    cloud: CLOUDS[oneOf('cloud', raw.cloud, Object.keys(CLOUDS) as CloudName[])],
    allowedTenants: list('allowed-tenants', raw['allowed-tenants']).map((value) =>
      tenant('allowed-tenants', value),
    ),
    allowedClients: list('allowed-clients', raw['allowed-clients']).map((value) =>
      guid('allowed-clients', value),
    ),
    waitForTrustMs: seconds('wait-for-trust', raw['wait-for-trust'], 0, 3600) * 1000,
    timeoutMs: seconds('timeout', raw.timeout, 1, 3600) * 1000,
    maskIds: boolean('mask-ids', raw['mask-ids']),
    writtenIds: [raw['client-id'], raw['tenant-id'], raw['subscription-id']].filter((id) => id !== ''),
  };
}

type ClientPart = Omit<ClientInputs, keyof CommonInputs>;

function parseClient(
  raw: RawInputs,
  cloud: Cloud,
  source: AssertionKind,
  whyEmpty: () => string,
): ClientPart {
  const clientId = guid('client-id', given(raw, 'client-id', whyEmpty));
  const tenantId = tenant('tenant-id', given(raw, 'tenant-id', whyEmpty));
  refuseEqualIds(clientId, tenantId);
  return {
    clientId,
    tenantId,
    source,
    audience: optional(raw, 'audience', audience) ?? cloud.audience,
    requireClaims: lines(raw['require-claims']).map(requirement),
  };
}

function refuseEqualIds(clientId: string | null, tenantId: string | null): void {
  if (clientId === null || clientId !== tenantId) return;
  throw invalid(
    'client-id',
    'has the same value as `tenant-id`',
    'One of the two was filled with the value of the other.',
  );
}

function parseSignIn(raw: RawInputs, cloud: Cloud): SessionInputs {
  return {
    tokens: parseTokens(raw.tokens, cloud),
    sessions: parseSessions(raw.sessions),
    keepAlive: parseKeepAlive(raw, cloud),
    exportAccessToken: optional(raw, 'export-access-token', variableName),
  };
}

/** The machine's own identity has no assertion: what is about one cannot be meant with it. */
function parseDirect(
  raw: RawInputs,
  mode: 'login' | 'validate',
  common: CommonInputs,
  source: DirectKind,
): DirectInputs {
  if (mode === 'validate') throw withoutAssertion('mode', 'is `validate`');
  if (raw.audience !== '') throw withoutAssertion('audience', 'is given');
  if (raw['require-claims'] !== '') throw withoutAssertion('require-claims', 'is given');
  const signIn = parseSignIn(raw, common.cloud);
  if (signIn.keepAlive !== null && !canRenew(source.kind))
    throw invalid(
      'keep-alive',
      'is given with `identity-source: direct-managed-identity`',
      "Leave it out: clients ask the machine itself for every token, and so need nobody to renew them. Where an app's or another identity's tokens are to be renewed, `identity-source: managed-identity` is meant.",
    );
  const clientId = optional(raw, 'client-id', guid);
  const tenantId = optional(raw, 'tenant-id', guid);
  refuseEqualIds(clientId, tenantId);
  return {
    ...common,
    ...signIn,
    mode: 'direct-login',
    clientId,
    tenantId,
    source: namedBy(source, clientId),
  };
}

function withoutAssertion(input: InputName, problem: string): Failure {
  return invalid(
    input,
    `${problem} with \`identity-source: direct-managed-identity\`, which presents no assertion`,
    'No trust takes part in it: the identity of the machine signs in itself. Leave the one or the other out.',
  );
}

/** `client-id` names the identity where the source does not, and must not contradict it. */
function namedBy(source: DirectKind, clientId: string | null): DirectKind {
  if (clientId === null) return source;
  if (source.id === null) return { ...source, id: { by: 'client-id', value: clientId } };
  if (source.id.by !== 'client-id' || source.id.value === clientId) return source;
  throw invalid(
    'client-id',
    'names another managed identity than `identity-source`',
    'Give the client id in one of the two only.',
  );
}

type ValidatePart = Omit<ValidateInputs, keyof ClientInputs>;

function parseValidate(raw: RawInputs, client: ClientInputs): ValidatePart {
  return {
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
export function idsToMask({ maskIds, writtenIds }: CommonInputs): string[] {
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
