import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { JsonObject } from '../../json-object.ts';
import { signJwt } from '../../jwt.ts';
import { issuerKey } from '../issuer-key.ts';

/** How GetWebIdentityToken signs. */
export type SigningAlgorithm = 'RS256' | 'ES384';

interface CurveKey {
  privateKey: KeyObject;
  jwk: object;
  kid: string;
}

const curveKeys = new Map<string, CurveKey>();

function curveKey(issuer: string, generation: number): CurveKey {
  const name = `${issuer} ${generation}`;
  const known = curveKeys.get(name);
  if (known) return known;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const kid = `EC384_${createHash('sha256').update(x).digest('base64url').slice(0, 16)}`;
  const jwk = { kty: 'EC', use: 'sig', alg: 'ES384', crv: 'P-384', kid, x, y };
  const made = { privateKey, jwk, kid };
  curveKeys.set(name, made);
  return made;
}

/** The public key of an account's tokens on the curve P-384 (RFC 7518, section 6.2). */
export function publishedCurveKey(issuer: string, generation: number): object {
  return curveKey(issuer, generation).jwk;
}

/** Signs an account's token with either algorithm (RFC 7518, sections 3.3 and 3.4). */
export async function signAccountToken(
  claims: JsonObject,
  algorithm: SigningAlgorithm,
  issuer: string,
  generation: number,
): Promise<string> {
  if (algorithm === 'RS256') {
    const { jwk, privateKey } = await issuerKey(issuer, generation);
    return signJwt({ alg: algorithm, kid: jwk.kid, typ: 'JWT' }, claims, privateKey);
  }
  const { kid, privateKey } = curveKey(issuer, generation);
  const segments = [{ alg: algorithm, kid, typ: 'JWT' }, claims];
  const input = segments.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = sign('sha384', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}
