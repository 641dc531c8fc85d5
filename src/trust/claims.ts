/** The claims of a decoded token: names as issued, values as JSON gave them. */
export type Claims = Readonly<Record<string, unknown>>;

/** What identifies a workload to Entra: the three values that a federated identity credential names. */
export interface Presented {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

const JWT = /^[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+$/;
const LONGEST_JWT = 64 * 1024;

/**
 * Decodes the payload of a signed JWT (RFC 7519, compact JWS) without verifying it: Entra verifies.
 * Gives null for anything that is not one, so that a caller cannot mistake it for an empty token.
 */
export function decodeClaims(jwt: string): Claims | null {
  const payload = jwt.length > LONGEST_JWT ? undefined : JWT.exec(jwt)?.[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return isRecord(claims) ? claims : null;
  } catch {
    return null;
  }
}

/** A claim as the text that comparisons and reports use; null when it is absent or not a scalar. */
export function claimText(claims: Claims, name: string): string | null {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Issuer, subject and audience as the token presents them; an absent one is the empty string. */
export function presentedBy(claims: Claims): Presented {
  return {
    issuer: claimText(claims, 'iss') ?? '',
    subject: claimText(claims, 'sub') ?? '',
    audience: claimText(claims, 'aud') ?? '',
  };
}

/** Whether a JSON value is an object with members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
