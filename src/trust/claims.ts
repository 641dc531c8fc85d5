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

/**
 * A claim as the text that comparisons and reports use; null when it is absent or not a scalar. An audience that is a
 * list with one entry is that entry: so Kubernetes writes it (RFC 7519, section 4.1.3).
 */
export function claimText(claims: Claims, name: string): string | null {
  const claim = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const isAlone = name === 'aud' && Array.isArray(claim) && claim.length === 1;
  const value: unknown = isAlone ? claim[0] : claim;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Issuer, subject and audience as the token presents them; an absent one is the empty string. */
export function presentedBy(claims: Claims): Presented {
  return {
    issuer: claimText(claims, 'iss') ?? '',
    subject: claimText(claims, 'sub') ?? '',
    audience: audienceOf(claims) ?? '',
  };
}

/** The resource of token exchange: the id that Entra's own tokens name it with, and what credentials call it. */
const EXCHANGE_ID = 'fb60f99c-7a34-4190-8149-302f77469936';
const EXCHANGE_URI = 'api://AzureADTokenExchange';

/**
 * The audience as a credential would name it. Several are shown as they are; what Entra makes of them is not documented.
 * A token of a managed identity holds the id of the resource. Null where it is absent. Source: "Configure an
 * application to trust a managed identity".
 */
export function audienceOf(claims: Claims): string | null {
  const { aud } = claims;
  const text = claimText(claims, 'aud') ?? (Array.isArray(aud) ? aud.filter(isText).join(', ') : null);
  return text === EXCHANGE_ID ? EXCHANGE_URI : text;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether a JSON value is an object with members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
