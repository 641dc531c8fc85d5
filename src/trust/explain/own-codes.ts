import type { Cause } from '../cause.ts';

/**
 * The failures of the action itself, and the cause of each in the closed list; null where the list has none, or where
 * more than one may be behind it. A test compares the names with the codes that a failure may have.
 */
export const OWN_CODES: Readonly<Record<string, Cause | null>> = {
  'input-invalid': null,
  'runner-incomplete': null,
  'tls-verification-off': null,
  'proxy-unusable': null,
  'proxy-refused': null,
  'not-in-actions': null,
  'fork-pull-request': 'fork-or-dependabot',
  'dependabot-run': 'fork-or-dependabot',
  'id-token-permission': 'missing-id-token-permission',
  'id-token-url-refused': null,
  'id-token-request-unusable': null,
  'id-token-refused': null,
  'id-token-unavailable': 'network-transient',
  'id-token-malformed': null,
  'token-file-unusable': null,
  'token-file-expired': null,
  'google-unreachable': null,
  'google-refused': null,
  'aws-no-region': null,
  'aws-no-credentials': null,
  'aws-endpoint-refused': null,
  'aws-unreachable': 'network-transient',
  'aws-refused': null,
  'identity-unreachable': null,
  'identity-not-assigned': null,
  'identity-ambiguous': null,
  'identity-refused': null,
  'identity-other': null,
  'cloud-unreachable': 'network-transient',
  'cloud-unusable': null,
  'cloud-without-federation': null,
  'guard-tenant': null,
  'guard-client': null,
  'guard-claim': null,
  'entra-refused': null,
  'entra-unavailable': 'network-transient',
  'tls-untrusted': 'network-transient',
  'directory-unavailable': 'network-transient',
  'subscriptions-unavailable': 'network-transient',
  'subscription-not-visible': 'no-subscription',
  'az-login-failed': null,
  'endpoint-foreign': null,
  'endpoint-failed': null,
  'export-failed': null,
  internal: null,
};

// A line of a log may begin with its time; the runner puts `Error: ` or `##[error]` before the text.
const LINE =
  /^(?:\d{4}-\d\d-\d\dT[\d:.]+Z )?(?:##\[error\]|::error(?: [^:\n]{0,200})?::|Error: ?)*([a-z]+(?:-[a-z]+)*): \S/gm;

/** The first code of the action itself with which a line of the text begins, or null. */
export function ownCodeIn(text: string): string | null {
  for (const [, code = ''] of text.matchAll(LINE)) if (Object.hasOwn(OWN_CODES, code)) return code;
  return null;
}
