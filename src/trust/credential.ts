import { isRecord } from './claims.ts';

/** A federated identity credential of an application or a managed identity, as Graph and ARM describe it. */
export interface Credential {
  readonly name: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** Null on a flexible credential. */
  readonly subject: string | null;
  /** Null on an exact credential. */
  readonly claimsMatchingExpression: ClaimsMatchingExpression | null;
}

/** The only version of the expression language that there is. */
export const LANGUAGE_VERSION = 1;

/** Graph's `federatedIdentityExpression`. */
export interface ClaimsMatchingExpression {
  readonly value: string;
  readonly languageVersion: number;
}

/**
 * Whether a credential is only called by its place in a list, as its readers do where it has no name. Graph takes neither
 * a space nor `#` in one.
 */
export function isCalledByPlace({ name }: Credential): boolean {
  return /^(credential |#)\d+$/.test(name);
}

/**
 * Reads a credential from JSON of Graph, ARM (its `properties`) or a file, in Terraform's spelling, too: `audience` and
 * `claims_matching_expression`. A field that is missing is empty, so that incomplete reports can be reasoned about; null
 * where the value is no object or a field has another type.
 */
export function readCredential(json: unknown, fallbackName: string): Credential | null {
  if (!isRecord(json)) return null;
  const from = isRecord(json['properties']) ? { ...json['properties'], name: json['name'] } : json;
  const {
    name = fallbackName,
    issuer = '',
    subject = null,
    audience = [],
    audiences = typeof audience === 'string' ? [audience] : audience,
    claims_matching_expression = null,
    claimsMatchingExpression = claims_matching_expression,
  } = from;
  if (typeof name !== 'string' || typeof issuer !== 'string') return null;
  if (subject !== null && typeof subject !== 'string') return null;
  if (!Array.isArray(audiences) || !audiences.every((audience) => typeof audience === 'string')) return null;
  const expression = readExpression(claimsMatchingExpression);
  return expression === undefined
    ? null
    : { name, issuer, audiences, subject, claimsMatchingExpression: expression };
}

function readExpression(json: unknown): ClaimsMatchingExpression | null | undefined {
  if (json === null) return null;
  if (typeof json === 'string') return { value: json, languageVersion: LANGUAGE_VERSION };
  if (!isRecord(json) || typeof json['value'] !== 'string') return undefined;
  const { value, languageVersion = LANGUAGE_VERSION } = json;
  return typeof languageVersion === 'number' ? { value, languageVersion } : undefined;
}
