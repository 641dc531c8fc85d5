import { nowMilliseconds } from '../clock.ts';
import { type DecodedJwt, decodeJwt, type PublicJwk, verifyJwt } from '../jwt.ts';
import type { State } from '../state.ts';
import { Refusal } from './refusal.ts';

/** A client assertion whose form is sound; nothing of it is trusted yet. */
export interface Assertion {
  jwt: DecodedJwt;
  issuer: string;
  subject: string;
  audiences: string[];
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Refusal(50027);
  return value;
}

function audiencesOf(aud: unknown): string[] {
  const all: unknown[] = Array.isArray(aud) ? aud : [aud];
  return all.map(text);
}

/** An assertion that the client signed itself names the client as its issuer (RFC 7523, section 3). */
function refuseSelfSigned(issuer: string, clientId: string): void {
  if (issuer.startsWith('https://')) return;
  if (issuer !== clientId) throw new Refusal(700021);
  throw new Refusal(700027, { reason: 'The key was not found.' });
}

/**
 * Decodes a client assertion.
 * Throws a Refusal: 50027 malformed, 5002727 header type, 700021 and 700027 for one that the client signed itself.
 * Source: Entra, reference-error-codes.
 */
export function readAssertion(token: string, clientId: string): Assertion {
  const jwt = decodeJwt(token);
  if (jwt === null) throw new Refusal(50027);
  // Kubernetes leaves the type out, which RFC 7519, section 5.1 allows.
  const { typ = 'JWT' } = jwt.header;
  if (typ !== 'JWT') throw new Refusal(5002727);
  const { iss, sub, aud, exp } = jwt.payload;
  if (jwt.header['alg'] !== 'RS256' || typeof exp !== 'number') throw new Refusal(50027);
  const assertion = { jwt, issuer: text(iss), subject: text(sub), audiences: audiencesOf(aud) };
  refuseSelfSigned(assertion.issuer, clientId);
  return assertion;
}

// Entra prints the certificate's thumbprint in hex where the header has one, else the kid as it is.
function keyIdentifier(header: DecodedJwt['header']): string {
  const { x5t, kid } = header;
  if (typeof x5t === 'string') return Buffer.from(x5t, 'base64url').toString('hex').toUpperCase();
  return typeof kid === 'string' ? kid : '';
}

/** Throws a Refusal: 7000272 when the metadata holds no such key, 700027 when the signature is not the key's. */
export function checkSignature(assertion: Assertion, keys: readonly PublicJwk[]): void {
  const { header } = assertion.jwt;
  const key = keys.find(({ kid, kty }) => kid === header['kid'] && kty === 'RSA');
  if (!key) throw new Refusal(7000272, { kid: keyIdentifier(header), issuer: assertion.issuer });
  if (!verifyJwt(assertion.jwt, key))
    throw new Refusal(700027, { reason: 'The key used does not match the signature.' });
}

// .NET's round-trip format, with seven digits of a second.
function roundTrip(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '0000Z');
}

function seconds(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/**
 * Throws a Refusal 700024 outside `nbf`..`exp`, by Entra's own clock.
 * No tolerance: nothing public says that Entra grants one to federated assertions.
 */
export function checkTime(assertion: Assertion, state: State): void {
  const from = seconds(assertion.jwt.payload['nbf']) * 1000;
  const until = seconds(assertion.jwt.payload['exp']) * 1000;
  const now = nowMilliseconds(state.clockOffsetSeconds.entra);
  if (now >= from && now < until) return;
  throw new Refusal(700024, { now: roundTrip(now), from: roundTrip(from), until: roundTrip(until) });
}
