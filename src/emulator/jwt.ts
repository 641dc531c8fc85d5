import { constants, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { isJsonObject, type JsonObject } from './json-object.ts';

/** Public RSA key in a JWK set (RFC 7517), with the certificate members that GitHub and Entra publish. */
export interface PublicJwk {
  kty: 'RSA';
  use: 'sig';
  alg?: 'RS256';
  kid: string;
  x5t: string;
  n: string;
  e: string;
  x5c: string[];
}

export interface DecodedJwt {
  header: JsonObject;
  payload: JsonObject;
  /** The bytes that the signature covers (RFC 7515, section 5.2). */
  signingInput: string;
  signature: Buffer;
}

const BASE64URL = /^[A-Za-z0-9_-]+$/;

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Signs a compact JWS with RS256 (RFC 7515, RFC 7518 section 3.3). */
export function signJwt(header: JsonObject, payload: JsonObject, key: KeyObject): string {
  const signingInput = `${encode(header)}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(signingInput), { key, padding: constants.RSA_PKCS1_PADDING });
  return `${signingInput}.${signature.toString('base64url')}`;
}

function decodeObject(segment: string): JsonObject | null {
  if (!BASE64URL.test(segment)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Decodes a compact JWS without trusting it; null when it is not one (RFC 7519, section 7.2). */
export function decodeJwt(token: string): DecodedJwt | null {
  const [head = '', body = '', mark = '', ...rest] = token.split('.');
  const header = decodeObject(head);
  const payload = decodeObject(body);
  if (header === null || payload === null || rest.length > 0 || !BASE64URL.test(mark)) return null;
  return { header, payload, signingInput: `${head}.${body}`, signature: Buffer.from(mark, 'base64url') };
}

/** Whether the token's RS256 signature was made by the holder of this key. */
export function verifyJwt(token: DecodedJwt, jwk: PublicJwk): boolean {
  const key = createPublicKey({ key: { kty: jwk.kty, n: jwk.n, e: jwk.e }, format: 'jwk' });
  const options = { key, padding: constants.RSA_PKCS1_PADDING };
  return verify('sha256', Buffer.from(token.signingInput), options, token.signature);
}
