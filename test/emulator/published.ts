import { createLocalJWKSet, type JWTVerifyOptions, jwtVerify } from 'jose';
import { expect } from 'vitest';
import type { Emulator } from '../../src/emulator/api.ts';
import { send } from './client.ts';

/** What an issuer says of itself, as far as a token is verified by it. */
export interface Metadata {
  readonly issuer: string;
  readonly jwks_uri: string;
}

/** The metadata of an issuer, as its name leads to it (OpenID Connect Discovery 1.0, section 4). */
export function metadataOf(emulator: Emulator, issuer: string): Promise<Metadata> {
  return published(emulator, `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
}

/** The JSON that is published at an address. */
export async function published<T = Metadata>(emulator: Emulator, url: string): Promise<T> {
  const { status, text } = await send(emulator, new Request(url));
  expect(status, url).toBe(200);
  return JSON.parse(text);
}

/** Verifies a token by the keys that the metadata lead to; throws where they do not fit. */
export async function verified(
  emulator: Emulator,
  token: string,
  { issuer, jwks_uri }: Metadata,
  options: JWTVerifyOptions = {},
) {
  const keys = createLocalJWKSet(await published(emulator, jwks_uri));
  return jwtVerify(token, keys, { issuer, algorithms: ['RS256'], ...options });
}
