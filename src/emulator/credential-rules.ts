import type { FederatedIdentityCredential } from './entities.ts';

/** Most federated identity credentials of one application or managed identity. */
export const MAX_CREDENTIALS = 20;
const MAX_LENGTH = 600;
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/;

/** The first rule of creation that a credential breaks. */
export type BrokenRule =
  | { rule: 'name' }
  | { rule: 'audiences' }
  | { rule: 'empty'; field: 'issuer' | 'subject' }
  | { rule: 'both' }
  | { rule: 'length'; field: string }
  | { rule: 'duplicate' }
  | { rule: 'too-many' };

function tooLong(credential: FederatedIdentityCredential): string | undefined {
  const { issuer, subject, description = '', audiences } = credential;
  const values = { issuer, subject: subject ?? '', description, audiences: audiences[0] ?? '' };
  return Object.entries(values).find(([, value]) => value.length > MAX_LENGTH)?.[0];
}

function brokenAlone(credential: FederatedIdentityCredential): BrokenRule | null {
  const { name, issuer, subject, audiences, claimsMatchingExpression } = credential;
  if (!NAME.test(name)) return { rule: 'name' };
  if (audiences.length !== 1 || audiences[0] === '') return { rule: 'audiences' };
  if (issuer === '') return { rule: 'empty', field: 'issuer' };
  if (subject && claimsMatchingExpression) return { rule: 'both' };
  if (!subject && !claimsMatchingExpression) return { rule: 'empty', field: 'subject' };
  const field = tooLong(credential);
  return field === undefined ? null : { rule: 'length', field };
}

/**
 * The rule that a credential breaks beside the `others` of its object; null for a sound one. A wrong issuer, subject
 * or audience breaks none: it shows at the exchange. Source: Entra, workload-identity-federation-considerations;
 * Graph, federatedIdentityCredential.
 */
export function brokenRule(
  credential: FederatedIdentityCredential,
  others: readonly FederatedIdentityCredential[],
): BrokenRule | null {
  const alone = brokenAlone(credential);
  if (alone) return alone;
  const twin = others.some(
    ({ issuer, subject }) =>
      subject !== null && issuer === credential.issuer && subject === credential.subject,
  );
  if (twin) return { rule: 'duplicate' };
  return others.length >= MAX_CREDENTIALS ? { rule: 'too-many' } : null;
}
