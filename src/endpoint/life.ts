/** Whatever is asked of it, no endpoint outlives this: the longest that GitHub lets a token of a job live. */
export const LONGEST_LIFE_MS = 24 * 60 * 60_000;

/**
 * When an endpoint has to stop, in milliseconds since the epoch: with the request token, which no ID token can be asked
 * for without, and at the longest life that there is. `expires` is the token's own `exp` in seconds, where it tells.
 */
export function endOfLife(startedAt: number, expires: number | null): number {
  const longest = startedAt + LONGEST_LIFE_MS;
  return expires === null ? longest : Math.min(longest, expires * 1000);
}
