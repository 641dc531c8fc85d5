import type { TokenRequest } from '../inputs/tokens.ts';
import { Failure } from '../report/failure.ts';

/** An access token with the name it was asked for under. Never to be printed. */
export interface AccessToken {
  readonly name: string;
  readonly scope: string;
  readonly token: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** A token that a session needs; `optional` where the sign-in goes on without it. */
export interface Needed {
  readonly request: TokenRequest;
  readonly optional: boolean;
}

/** The tokens of a sign-in. */
export interface ObtainedTokens<Token extends AccessToken> {
  /** Those that were asked for, in their order. */
  readonly tokens: readonly Token[];
  /**
   * A token for Resource Manager, where a session needs one, or why there is none; it is not handed on as an output.
   */
  readonly management: AccessToken | Failure | null;
}

/**
 * Gets all tokens in parallel: those that were asked for, and `also`, unless it is among them. Throws the Failure of the
 * first that is final.
 */
export async function obtainAll<Token extends AccessToken>(
  requests: readonly TokenRequest[],
  also: Needed | null,
  get: (request: TokenRequest) => Promise<Token>,
): Promise<ObtainedTokens<Token>> {
  const needed = requests.some(({ scope }) => scope === also?.request.scope) ? null : also;
  const [tokens, management] = await Promise.all([
    Promise.all(requests.map(get)),
    needed && get(needed.request).catch((error: unknown) => excused(error, needed)),
  ]);
  return {
    tokens,
    management: management ?? tokens.find(({ scope }) => scope === also?.request.scope) ?? null,
  };
}

function excused(error: unknown, { optional }: Needed): Failure {
  if (optional && error instanceof Failure) return error;
  throw error;
}

/** All access tokens of a sign-in, each once. */
export function tokensOf({ tokens, management }: ObtainedTokens<AccessToken>): AccessToken[] {
  return [...new Set(management && !(management instanceof Failure) ? [...tokens, management] : tokens)];
}
