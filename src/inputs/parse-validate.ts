import type { ClientInputs, ValidateInputs } from './inputs.ts';
import { invalid } from './invalid.ts';
import { optional, type RawInputs } from './table.ts';
import { bearerToken, boolean, guid, identityResourceId, oneOf, tenant } from './values.ts';

type ValidatePart = Omit<ValidateInputs, keyof ClientInputs | 'mode'>;

/** The inputs of a validation, the reader's ids as they were given. */
type ValidateValues = Omit<ValidatePart, 'readerClientId' | 'readerTenantId'> & {
  readonly readerClientId: string | null;
  readonly readerTenantId: string | null;
};

/** Parses what only a validation uses. */
export function parseValidate(raw: RawInputs, client: ClientInputs): ValidatePart {
  const values = validateValues(raw);
  if (values.probe && client.source.kind === 'file')
    throw invalid(
      'probe',
      'is true with `identity-source: file`',
      'A probe presents tokens for other audiences, and a file holds one token for one: leave `probe` out.',
    );
  return {
    ...values,
    readerClientId: values.readerClientId ?? client.clientId,
    readerTenantId: values.readerTenantId ?? client.tenantId,
  };
}

/** The same, each input on its own: a value that cannot be meant is an error where it has no use, too. */
export function validateValues(raw: RawInputs): ValidateValues {
  return {
    identityResourceId: optional(raw, 'identity-resource-id', identityResourceId),
    readerClientId: optional(raw, 'reader-client-id', guid),
    readerTenantId: optional(raw, 'reader-tenant-id', tenant),
    githubToken: optional(raw, 'github-token', bearerToken),
    expectedCredentials: raw['expected-credentials'] || null,
    checkRoles: boolean('check-roles', raw['check-roles']),
    probe: boolean('probe', raw.probe),
    failOn: oneOf('fail-on', raw['fail-on'], ['critical', 'high', 'medium', 'low', 'never'] as const),
    reportFile: raw['report-file'] || null,
    sarifFile: raw['sarif-file'] || null,
  };
}
