import type { LoginInputs } from '../inputs/inputs.ts';
import type { Effects } from '../io/effects.ts';
import type { Patience } from '../retry/policy.ts';
import type { Assertion, AssertionSource } from '../sources/source.ts';
import { claimText, decodeClaims } from '../trust/claims.ts';
import { shareAssertion } from './assertions.ts';
import { type Explain, exchange } from './exchange.ts';
import { guardIds, guardTokenTenant } from './guards.ts';
import { type AccessToken, type Needed, type ObtainedTokens, obtainAll } from './tokens.ts';

/** What a sign-in came to. */
export interface SignedIn extends ObtainedTokens<AccessToken> {
  /** What was presented last; null where the machine's own identity signed in. */
  readonly assertion: Assertion | null;
  readonly clientId: string;
  /** The id of the tenant, as the access token states it. */
  readonly tenantId: string;
  /** Object id of the service principal; null where the token is opaque. */
  readonly principalId: string | null;
  /** The managed identity of the machine, where that signed in. */
  readonly machine: MachineFacts | null;
  readonly correlationId: string;
}

/** What a token of a machine's managed identity says of it; null where it does not. */
export interface MachineFacts {
  readonly resourceId: string | null;
  readonly assigned: 'system' | 'user' | null;
}

/** What a sign-in works with. */
export interface LoginTools {
  readonly explain: Explain;
  readonly patience: Patience;
  readonly fx: Effects;
  readonly signal: AbortSignal;
}

/** Opens the source of assertions; called once the inputs have passed their guards. */
export type OpenSource = (patience: Patience, signal: AbortSignal) => AssertionSource;

/**
 * Signs in: guards → ID token → guards on its claims → one exchange per scope, in parallel → check of the tenant.
 * `also` is a token that is needed beside those that were asked for. Throws the Failure of the first that is final.
 */
export async function login(
  inputs: LoginInputs,
  openSource: OpenSource,
  tools: LoginTools,
  also: Needed | null = null,
): Promise<SignedIn> {
  guardIds(inputs);
  const { patience, fx, signal } = tools;
  const assertion = shareAssertion(openSource(patience, signal), inputs, fx);
  const context = { inputs, assertion, correlationId: fx.uuid(), ...tools };
  await assertion();
  const { tokens, management } = await obtainAll(inputs.tokens, also, (one) => exchange(one, context));
  const { tid, principalId } = principalOf(tokens);
  const tenantId = tid ?? inputs.tenantId;
  if (inputs.maskIds) fx.mask(tenantId);
  guardTokenTenant(inputs, tid);
  return {
    tokens,
    management,
    assertion: tokens[0]?.assertion ?? (await assertion()),
    clientId: inputs.clientId,
    tenantId,
    principalId,
    machine: null,
    correlationId: context.correlationId,
  };
}

/** How long all of a sign-in may take; `startedAt` in milliseconds since the epoch. */
export function patienceFrom(
  { timeoutMs, waitForTrustMs }: Pick<LoginInputs, 'timeoutMs' | 'waitForTrustMs'>,
  startedAt: number,
): Patience {
  return { startedAt, timeoutMs, waitForTrustMs, trust: { missingSince: null } };
}

function principalOf(tokens: readonly AccessToken[]) {
  const claims = tokens.map(({ token }) => decodeClaims(token)).find((decoded) => decoded !== null) ?? {};
  return { tid: claimText(claims, 'tid'), principalId: claimText(claims, 'oid') };
}
