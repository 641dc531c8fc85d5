import { isGuid } from '../trust/guid.ts';
import { parseIdentityId } from '../trust/identity-id.ts';
import { invalid, shape } from './invalid.ts';
import type { InputName } from './table.ts';

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
// What the runner keeps for itself, what changes how later processes start, and what Azure clients read as something else.
const RESERVED =
  /^(GITHUB_|RUNNER_|ACTIONS_|INPUT_|STATE_|NODE_|LD_|DYLD_|IDENTITY_|MSI_|AZCOPY_|ARM_(USE|CLIENT|OIDC|MSI)_|AZURE_CLIENT_|(AZURE_(TENANT_ID|AUTHORITY_HOST|FEDERATED_TOKEN_FILE|USERNAME|PASSWORD|CONFIG_DIR|SUBSCRIPTION_ID|TOKEN_CREDENTIALS)|ARM_(TENANT_ID|SUBSCRIPTION_ID|ENVIRONMENT)|PATH|HOME|SHELL|IFS|ENV|BASH_ENV|CI|TMPDIR|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR))$)/i;

/** A GUID in lower case. */
export function guid(input: InputName, value: string): string {
  if (isGuid(value)) return value.toLowerCase();
  const hint = DOMAIN.test(value)
    ? 'It looks like a domain: are `client-id` and `tenant-id` swapped?'
    : 'Copy it from the Overview page of the app registration, managed identity, tenant or subscription.';
  throw invalid(
    input,
    `is not a GUID (${shape(value)})`,
    `Expected the form 00000000-0000-0000-0000-000000000000. ${hint}`,
  );
}

/** A tenant: its GUID or a verified domain, in lower case. */
export function tenant(input: InputName, value: string): string {
  if (isGuid(value) || DOMAIN.test(value)) return value.toLowerCase();
  const hint = /^(common|organizations|consumers)$/i.test(value)
    ? 'A workload signs in to one tenant: common, organizations and consumers stand for many.'
    : 'Give the tenant (directory) id, or a verified domain such as contoso.onmicrosoft.com.';
  throw invalid(input, `is neither a GUID nor a domain (${shape(value)})`, hint);
}

/** Exactly `true` or `false` in one of the spellings of the YAML 1.2 core schema. */
export function boolean(input: InputName, value: string, remedy = 'Write `true` or `false`.'): boolean {
  if (/^(true|True|TRUE)$/.test(value)) return true;
  if (/^(false|False|FALSE)$/.test(value)) return false;
  throw invalid(input, `is neither true nor false (${shape(value)})`, remedy);
}

/** Whole seconds within the given bounds. */
export function seconds(input: InputName, value: string, least: number, most: number): number {
  const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw invalid(
    input,
    `is not a number of seconds from ${least} to ${most} (${shape(value)})`,
    'Write a whole number without a unit.',
  );
}

/** One of the known words, whatever its case. */
export function oneOf<T extends string>(input: InputName, value: string, known: readonly T[]): T {
  const found = known.find((word) => word.toLowerCase() === value.toLowerCase());
  if (found) return found;
  throw invalid(input, `has an unknown value (${shape(value)})`, `Known: ${known.join(', ')}.`);
}

/** The name of an environment variable that nothing depends on already. */
export function variableName(input: InputName, value: string): string {
  if (!VARIABLE.test(value))
    throw invalid(
      input,
      `is not the name of an environment variable (${shape(value)})`,
      'Letters, digits and underscores only, the first not a digit.',
    );
  if (RESERVED.test(value))
    throw invalid(
      input,
      `names the variable ${value}, which the runner or the system depends on`,
      'Choose another name, such as ARM_ACCESS_TOKEN.',
    );
  return value;
}

/** The audience that is asked of GitHub; Entra bounds it to 600 characters. */
export function audience(input: InputName, value: string): string {
  if (/^[\x21-\x7e]{1,600}$/.test(value)) return value;
  throw invalid(
    input,
    `is not an audience (${shape(value)})`,
    'At most 600 printable characters without white space; leave it empty for the default of the cloud.',
  );
}

/** A token to be sent in a header: no white space, and no character that a header cannot hold. */
export function bearerToken(input: InputName, value: string): string {
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw invalid(
    input,
    `is not a token (${shape(value)})`,
    'A token has neither white space nor line ends: look at how the secret behind it was stored.',
  );
}

/** The resource id of a user-assigned managed identity. */
export function identityResourceId(input: InputName, value: string): string {
  if (parseIdentityId(value)) return value;
  throw invalid(
    input,
    `is not the resource id of a user-assigned managed identity (${shape(value)})`,
    'Copy it from the Properties page of the managed identity: /subscriptions/…/userAssignedIdentities/NAME.',
  );
}

/** The non-empty lines, trimmed. */
export function lines(value: string): string[] {
  return value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * The non-empty items of a list parted by commas or line ends. Separators alone are what is left of variables that are
 * not set: a guard that was meant must not vanish with them.
 */
export function list(input: InputName, value: string): string[] {
  const items = lines(value.replaceAll(',', '\n'));
  if (value !== '' && items.length === 0)
    throw invalid(
      input,
      'holds separators only',
      'The secrets or variables that it is made of are empty for this run.',
    );
  return items;
}
