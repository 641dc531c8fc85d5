import { type Claims, claimText, decodeClaims } from '../trust/claims.ts';

/** A signed statement of who this workload is, fit to be presented to Entra as client assertion (RFC 7523). */
export interface Assertion {
  readonly token: string;
  readonly claims: Claims;
  /** Where it came from, in words that a sentence can go on with. */
  readonly from: string;
  /** When it is to be replaced by a new one, in milliseconds since the epoch by this machine's clock. */
  readonly staleAt: number;
}

/** Where assertions come from. */
export interface AssertionSource {
  /** An assertion for the audience, as new as the source has one. */
  assertion(audience: string): Promise<Assertion>;
}

/** A source that is opened when it is first asked, so that its absence is the failure of that request. */
export function lazySource(open: () => AssertionSource | Promise<AssertionSource>): AssertionSource {
  let opened: Promise<AssertionSource> | null = null;
  return {
    async assertion(audience) {
      opened ??= Promise.resolve(open());
      return (await opened).assertion(audience);
    },
  };
}

const MARGIN_MS = 60_000;

/**
 * A token of a source that tells by `exp` how long it lives, whether it was minted just now or a while ago; null where
 * it is no JSON Web Token. One without `exp` is read again on each use.
 */
export function assertionOf(token: string, from: string): Assertion | null {
  const claims = decodeClaims(token);
  return claims && { token, claims, from, staleAt: (expiryOf(claims) ?? 0) - MARGIN_MS };
}

/** The last second that is a date (ECMAScript, "Time Values and Time Range"). */
const LAST_S = 8.64e12;

/** When a token ends, in milliseconds since the epoch; null where it does not say, or names what is no date. */
export function expiryOf(claims: Claims): number | null {
  const seconds = Number(claimText(claims, 'exp') ?? Number.NaN);
  return Math.abs(seconds) <= LAST_S ? seconds * 1000 : null;
}
