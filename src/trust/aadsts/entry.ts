import type { Cause } from '../cause.ts';

/**
 * What to do after a refusal: `transient` may pass by itself, `propagating` passes once a recent change has
 * reached every node, `fresh-assertion` wants a newly minted ID token, `never` stays as it is.
 */
export type Retry = 'transient' | 'propagating' | 'fresh-assertion' | 'never';

/** The change to the directory that a refusal calls for, where one command makes it. */
export type Fix = 'create-credential' | 'create-service-principal' | 'enable-service-principal';

/**
 * One AADSTS code. `sentence` and `remedy` may hold `{client}`, `{tenant}`, `{authority}`, `{scope}`,
 * `{issuer}`, `{subject}` and `{audience}`, which stand for what this sign-in presented.
 */
export interface AadstsEntry {
  readonly code: number;
  readonly causes: readonly Cause[];
  readonly sentence: string;
  readonly remedy: string;
  readonly retry: Retry;
  /** How long to wait at least before asking again, where Entra does not say. */
  readonly pauseMs?: number;
  readonly fix?: Fix;
}
