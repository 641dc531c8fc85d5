import { type SigningKey, signingKey } from '../keys.ts';

/** The key by which an issuer signs with RS256; each generation is another key. */
export function issuerKey(issuer: string, generation: number): Promise<SigningKey> {
  return signingKey(`${issuer} ${generation}`, 'thumbprint');
}
