import { CLOUDS, type Cloud, cloudOfAuthority } from '../trust/clouds.ts';
import { parseRequirement, type Requirement } from '../trust/requirement.ts';
import { type AssertionKind, parseIdentitySource } from './identity-source.ts';
import type { ClientInputs, CommonInputs, Inputs } from './inputs.ts';
import { invalid, shape } from './invalid.ts';
import { parseDirect, refuseEqualIds } from './parse-direct.ts';
import { parseSignIn, signInValues } from './parse-sign-in.ts';
import { parseValidate, validateValues } from './parse-validate.ts';
import { optional, type RawInputs } from './table.ts';
import { audience, boolean, guid, lines, list, oneOf, seconds, tenant } from './values.ts';

/**
 * Parses all inputs or throws the Failure of the first that cannot be used. `whyEmpty` says why a value may have
 * reached this run empty; it is asked only when one did. `cloud` is what the input `cloud` has come to.
 */
export function parseInputs(raw: RawInputs, cloud: Cloud, whyEmpty: () => string): Inputs {
  const mode = oneOf('mode', raw.mode, ['login', 'validate'] as const);
  const inputs = parseMode(mode, raw, cloud, whyEmpty);
  // What only the other mode uses is a slip all the same where it cannot be meant.
  if (mode === 'login') validateValues(raw);
  else signInValues(raw, cloud);
  return inputs;
}

function parseMode(mode: 'login' | 'validate', raw: RawInputs, cloud: Cloud, whyEmpty: () => string): Inputs {
  const common = parseCommon(raw, cloud);
  const source = parseIdentitySource(raw['identity-source']);
  if (source.kind === 'direct-managed-identity') return parseDirect(raw, mode, common, source);
  const client = { ...common, ...parseClient(raw, cloud, source, whyEmpty) };
  return mode === 'login'
    ? { ...client, ...parseSignIn(raw, cloud), mode }
    : { ...client, ...parseValidate(raw, client), mode };
}

function parseCommon(raw: RawInputs, cloud: Cloud): CommonInputs {
  return {
    subscriptionId: optional(raw, 'subscription-id', guid),
    cloud,
    allowedTenants: list('allowed-tenants', raw['allowed-tenants']).map((value) =>
      tenant('allowed-tenants', value),
    ),
    allowedClients: list('allowed-clients', raw['allowed-clients']).map((value) =>
      guid('allowed-clients', value),
    ),
    waitForTrustMs: seconds('wait-for-trust', raw['wait-for-trust'], 0, 3600) * 1000,
    timeoutMs: timeoutOf(raw),
    maskIds: boolean('mask-ids', raw['mask-ids']),
    writtenIds: [raw['client-id'], raw['tenant-id'], raw['subscription-id']].filter((id) => id !== ''),
  };
}

/** Milliseconds that all may take: known before the other inputs, for the cloud has to be asked for them. */
export function timeoutOf(raw: RawInputs): number {
  return seconds('timeout', raw.timeout, 1, 3600) * 1000;
}

type ClientPart = Omit<ClientInputs, keyof CommonInputs>;

function parseClient(
  raw: RawInputs,
  cloud: Cloud,
  source: AssertionKind,
  whyEmpty: () => string,
): ClientPart {
  refuseEmpty(raw, whyEmpty);
  const clientId = guid('client-id', raw['client-id']);
  const tenantId = tenant('tenant-id', raw['tenant-id']);
  refuseEqualIds(clientId, tenantId);
  return {
    clientId,
    tenantId,
    source,
    audience: audienceFor(cloud, optional(raw, 'audience', audience)),
    requireClaims: lines(raw['require-claims']).map(requirement),
  };
}

/**
 * The audience of the assertion. One that Microsoft's authorities accept goes to them alone: whoever gets it could use it
 * there.
 */
function audienceFor({ name, authority, audience: own }: Cloud, given: string | null): string {
  if (given === null && own !== null) return own;
  if (given === null)
    throw invalid(
      'audience',
      `is empty, and for ${name} there is no default`,
      `Its authority, ${authority}, is its own: give the audience that its federated identity credentials name.`,
    );
  const theirs = Object.values(CLOUDS).some(({ audience }) => audience === given);
  if (!theirs || cloudOfAuthority(authority) !== null) return given;
  throw invalid(
    'audience',
    "is that of one of Microsoft's own clouds, and the authority of this one is not theirs",
    `An assertion with it could be used there by ${authority}: give the audience that the federated identity credentials of ${name} name.`,
  );
}

function refuseEmpty(raw: RawInputs, whyEmpty: () => string): void {
  const [first, other] = (['client-id', 'tenant-id'] as const).filter((input) => raw[input] === '');
  if (first === undefined) return;
  throw invalid(first, other === undefined ? 'is empty' : `is empty, and so is \`${other}\``, whyEmpty());
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

/** The ids that `mask-ids` asks to keep out of the log: as written, and as they are used. */
export function idsToMask({ maskIds, writtenIds }: CommonInputs): string[] {
  return maskIds ? [...new Set(writtenIds.flatMap((id) => [id, id.toLowerCase()]))] : [];
}
