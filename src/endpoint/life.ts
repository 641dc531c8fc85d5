/** Whatever is asked of it, no endpoint outlives this: the longest that GitHub lets a token of a job live. */
export const LONGEST_LIFE_MS = 24 * 60 * 60_000;

/** When an endpoint has to stop, in milliseconds since the epoch, and whether the request token is the reason. */
export interface EndOfLife {
  readonly at: number;
  readonly byToken: boolean;
}

/**
 * An endpoint stops with the request token, which no ID token can be asked for without, and at the longest life that
 * there is. `expires` is the token's own `exp` in seconds, where it tells.
 */
export function endOfLife(startedAt: number, expires: number | null): EndOfLife {
  const longest = startedAt + LONGEST_LIFE_MS;
  return expires !== null && expires * 1000 <= longest
    ? { at: expires * 1000, byToken: true }
    : { at: longest, byToken: false };
}
