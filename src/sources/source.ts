import type { Claims } from '../trust/claims.ts';

/** A signed statement of who this workload is, fit to be presented to Entra as client assertion (RFC 7523). */
export interface Assertion {
  readonly token: string;
  readonly claims: Claims;
  /** When it is to be replaced by a new one, in milliseconds since the epoch by this machine's clock. */
  readonly staleAt: number;
}

/** Where assertions come from. */
export interface AssertionSource {
  /**
   * A newly minted assertion for the audience. `until` (milliseconds since the epoch) is when whoever asks must be
   * done: it extends the time that the source gives itself.
   */
  assertion(audience: string, until?: number): Promise<Assertion>;
}

/** A source that is opened when it is first asked, so that its absence is the failure of that request. */
export function lazySource(open: () => AssertionSource): AssertionSource {
  let opened: AssertionSource | null = null;
  return {
    async assertion(audience, until) {
      opened ??= open();
      return opened.assertion(audience, until);
    },
  };
}
