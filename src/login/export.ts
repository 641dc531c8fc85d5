import type { SessionClient, SignInInputs } from '../inputs/inputs.ts';
import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/private-directory.ts';
import type { StepEffect } from '../io/step-effect.ts';
import { isoTime } from '../report/time.ts';
import { azcopySession, powershellSession, sdkSession } from '../sessions/sdk.ts';
import type { IdentityEndpoint, Session, SessionIdentity } from '../sessions/session.ts';
import { settleSession } from '../sessions/settle.ts';
import { terraformSession } from '../sessions/terraform.ts';
import { presentedBy } from '../trust/claims.ts';
import type { SignedIn } from './login.ts';
import type { AccessToken } from './tokens.ts';

/** What was prepared for the sessions beside the sign-in itself. */
export interface Prepared {
  /** The session of az, where it is to be set up. */
  readonly az: Session | null;
  /** Whether az as the job has it set may be replaced without a word. */
  readonly azMayGo: boolean;
  /** The endpoint that renews. */
  readonly endpoint: IdentityEndpoint | null;
  /** Variables by which clients would find the endpoint that an earlier sign-in left, which serves somebody else. */
  readonly inTheWay: readonly string[];
  /** The endpoint of an earlier sign-in stands there and serves this client. */
  readonly goesOn: boolean;
  /** Variables that keep what clients ask the endpoint, or the machine, from going through a proxy. */
  readonly noProxy: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** What the log says once all is handed on. */
  readonly notes: readonly string[];
}

/** All that a sign-in leaves to later steps, in the order in which it is to be written: files first. */
export function exportEffects(
  signedIn: SignedIn,
  inputs: SignInInputs,
  prepared: Prepared,
  env: Environment,
  directory: PrivateDirectory,
): StepEffect[] {
  const settled = settleAll(signedIn, inputs, prepared, env, directory);
  const variables = variablesIn(settled);
  const outputs = {
    ...identityOutputs(signedIn, inputs),
    ...tokenOutputs(signedIn.tokens),
    ...sessionOutputs(variables, prepared),
  };
  return [
    ...settled.filter(isStored),
    ...Object.entries(outputs).map(([name, value]): StepEffect => ({ kind: 'output', name, value })),
    ...settled.filter((effect) => !isStored(effect) && effect.kind !== 'variable'),
    ...Object.entries({ ...variables, ...(asksNearby(variables, inputs) ? prepared.noProxy : {}) }).map(
      ([name, value]): StepEffect => ({ kind: 'variable', name, value }),
    ),
    ...exportedToken(signedIn.tokens, inputs.exportAccessToken),
    ...prepared.warnings.map((text): StepEffect => ({ kind: 'warning', text })),
  ];
}

/** The sessions as this job takes them. Whether az is there decides what the others need, so it comes first. */
function settleAll(
  signedIn: SignedIn,
  inputs: SignInInputs,
  prepared: Prepared,
  env: Environment,
  directory: PrivateDirectory,
): StepEffect[] {
  const { az, azMayGo, endpoint } = prepared;
  const mayReplace = (name: string, value: string): boolean => {
    if (name in ENDPOINT_VARIABLES) return endpoint !== null || inputs.mode === 'direct-login';
    return name === 'AZURE_CONFIG_DIR' ? azMayGo : directory.isOurs(value);
  };
  const settle = (session: Session) => settleSession(session, inputs.sessions, env, mayReplace);
  const { clients, chosen } = inputs.sessions;
  const identity = sessionIdentity(signedIn, inputs, prepared, directory);
  const settledAz = az ? settle(az) : [];
  const hasAz = settledAz.some(({ kind }) => kind === 'variable');
  // One that its writer renews is never the refused assertion that would keep an SDK from going on to az.
  const renewed = inputs.source.kind === 'file';
  const settledSdk = settle(sdkSession(identity, { withTokenFile: chosen || renewed || !hasAz }));
  // They share one endpoint: where the job has an identity of its own for the one, the other must not take it away.
  const shared = endpoint && !chosen ? [...(az ? [settledAz] : []), settledSdk] : [];
  const half = shared.some((effects) => effects.every(({ kind }) => kind === 'warning'));
  const whole = (client: string, effects: StepEffect[]) =>
    half && effects.some(({ kind }) => kind === 'variable') ? [leftWithOther(client)] : effects;
  const make: Readonly<Record<SessionClient, () => StepEffect[]>> = {
    az: () => whole('az', settledAz),
    terraform: () => settle(terraformSession(identity)),
    sdk: () => whole('sdk', settledSdk),
    azcopy: () => settle(azcopySession(identity, { followsAz: hasAz && !renewed })),
    powershell: () => settle(powershellSession(identity)),
  };
  return unique(clients.flatMap((client) => make[client]()));
}

function leftWithOther(client: string): StepEffect {
  return {
    kind: 'warning',
    text: `The session for ${client} was not set up: it would share IDENTITY_ENDPOINT with a client that this job has set up otherwise. To set it up all the same, name ${client} in \`sessions\`.`,
  };
}

// What stands there was looked at before the sign-in began: a new endpoint and the machine's own identity take its place.
const ENDPOINT_VARIABLES = { IDENTITY_ENDPOINT: true, IDENTITY_HEADER: true, MSI_ENDPOINT: true };

function sessionIdentity(
  { clientId, tenantId, assertion, machine }: SignedIn,
  { source, subscriptionId, cloud }: SignInInputs,
  { endpoint, inTheWay, goesOn }: Prepared,
  directory: PrivateDirectory,
): SessionIdentity {
  const own = assertion && { path: directory.at('federated-token'), content: assertion.token };
  return {
    source: source.kind,
    clientId,
    tenantId,
    subscriptionId,
    authority: cloud.authority,
    terraform: cloud.terraform,
    tokenFile: source.kind === 'file' ? { path: source.path, content: null } : own,
    endpoint,
    isSystemAssigned: machine?.assigned === 'system',
    inTheWay,
    goesOn,
  };
}

function isStored({ kind }: StepEffect): boolean {
  return kind === 'file' || kind === 'link';
}

/** Several sessions may name the same file or say the same. */
function unique(effects: readonly StepEffect[]): StepEffect[] {
  const seen = new Map(effects.map((effect) => [JSON.stringify(effect), effect]));
  return [...seen.values()];
}

function variablesIn(effects: readonly StepEffect[]): Record<string, string> {
  return Object.fromEntries(
    effects.flatMap((effect) => (effect.kind === 'variable' ? [[effect.name, effect.value]] : [])),
  );
}

/** Whether a client that is set up by these variables asks our endpoint, or the machine, for tokens. */
function asksNearby(variables: Readonly<Record<string, string>>, { mode }: SignInInputs): boolean {
  return 'IDENTITY_ENDPOINT' in variables || (mode === 'direct-login' && Object.keys(variables).length > 0);
}

function sessionOutputs(
  variables: Readonly<Record<string, string>>,
  { endpoint }: Prepared,
): Record<string, string> {
  const { AZURE_FEDERATED_TOKEN_FILE: file, AZURE_CONFIG_DIR: configDirectory } = variables;
  return {
    ...(file ? { 'federated-token-file': file } : {}),
    ...(configDirectory ? { 'azure-config-dir': configDirectory } : {}),
    ...(endpoint ? { 'identity-endpoint': endpoint.url, 'identity-header': endpoint.header } : {}),
  };
}

function identityOutputs(
  { assertion, clientId, tenantId, principalId }: SignedIn,
  inputs: SignInInputs,
): Record<string, string> {
  return {
    'client-id': clientId,
    'tenant-id': tenantId,
    'subscription-id': inputs.subscriptionId ?? '',
    'principal-id': principalId ?? '',
    ...presentedBy(assertion?.claims ?? {}),
  };
}

function tokenOutputs(tokens: readonly AccessToken[]): Record<string, string> {
  const [first] = tokens;
  return {
    ...(first ? { 'access-token': first.token, 'expires-on': isoTime(first.expiresAt) } : {}),
    tokens: JSON.stringify(Object.fromEntries(tokens.map(({ name, token }) => [name, token]))),
    expirations: JSON.stringify(
      Object.fromEntries(tokens.map(({ name, expiresAt }) => [name, isoTime(expiresAt)])),
    ),
  };
}

function exportedToken([first]: readonly AccessToken[], name: string | null): StepEffect[] {
  return first && name ? [{ kind: 'variable', name, value: first.token }] : [];
}
