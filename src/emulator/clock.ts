/** Seconds since the epoch on a clock that is `offsetSeconds` ahead of this machine's. */
export function nowSeconds(offsetSeconds: number): number {
  return Math.floor(nowMilliseconds(offsetSeconds) / 1000);
}

/** The same in milliseconds. */
export function nowMilliseconds(offsetSeconds: number): number {
  return Date.now() + offsetSeconds * 1000;
}
