import { createHash, KeyObject } from 'node:crypto';
import { selfSigned } from './certificates.ts';
import { guidOf } from './guids.ts';
import type { PublicJwk } from './jwt.ts';

export interface SigningKey {
  privateKey: KeyObject;
  jwk: PublicJwk;
}

/** How the key's owner names keys: GitHub with a GUID, Entra with the certificate's thumbprint. */
export type KidStyle = 'guid' | 'thumbprint';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

// RSA generation costs up to hundreds of milliseconds, so each named key is made once per process.
const keys = new Map<string, Promise<SigningKey>>();

async function generate(name: string, style: KidStyle): Promise<SigningKey> {
  const pair = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const certificate = await selfSigned(name, pair);
  const { n = '', e = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const thumbprint = createHash('sha1').update(certificate).digest();
  const x5t = thumbprint.toString('base64url');
  const kid = style === 'guid' ? guidOf(thumbprint, 5) : x5t;
  const jwk: PublicJwk = { kty: 'RSA', use: 'sig', kid, x5t, n, e, x5c: [certificate.toString('base64')] };
  return { privateKey: KeyObject.from(pair.privateKey), jwk };
}

/** The RSA 2048 signing key of that name: the same one for the life of the process. */
export function signingKey(name: string, style: KidStyle): Promise<SigningKey> {
  const known = keys.get(name) ?? generate(name, style);
  keys.set(name, known);
  return known;
}
