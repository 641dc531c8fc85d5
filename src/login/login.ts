import type { LoginInputs } from '../inputs/inputs.ts';
import type { TokenRequest } from '../inputs/tokens.ts';
import type { Effects } from '../io/effects.ts';
import type { Patience } from '../retry/policy.ts';
import type { Assertion, AssertionSource } from '../sources/source.ts';
import { claimText, decodeClaims } from '../trust/claims.ts';
import { shareAssertion } from './assertions.ts';
import { type AccessToken, type ExchangeContext, exchange } from './exchange.ts';
import { guardIds, guardTokenTenant } from './guards.ts';
import { explainSwappedIds } from './swapped-ids.ts';

/** What a sign-in came to. */
export interface SignedIn {
  readonly tokens: readonly AccessToken[];
  readonly assertion: Assertion;
  /** The id of the tenant, as the access token states it. */
  readonly tenantId: string;
  /** Object id of the service principal; null where the token is opaque. */
  readonly principalId: string | null;
  readonly correlationId: string;
}

/** Opens the source of assertions; called once the inputs have passed their guards. */
export type OpenSource = (patience: Patience, signal: AbortSignal) => AssertionSource;

/**
 * Signs in: guards → ID token → guards on its claims → one exchange per scope, in parallel → check of the tenant.
 * Throws a Failure; the first that is final stops all the rest.
 */
export async function login(inputs: LoginInputs, openSource: OpenSource, fx: Effects): Promise<SignedIn> {
  guardIds(inputs);
  const { timeoutMs, waitForTrustMs } = inputs;
  const patience: Patience = { startedAt: fx.clock.now(), timeoutMs, waitForTrustMs };
  const stop = new AbortController();
  const assertion = shareAssertion(openSource(patience, stop.signal), inputs, fx);
  const context = { inputs, assertion, correlationId: fx.uuid(), patience, fx, signal: stop.signal };
  try {
    await assertion();
    const tokens = await exchangeAll(inputs.tokens, context);
    const { tenantId, principalId } = principalOf(tokens, inputs);
    if (inputs.maskIds) fx.mask(tenantId);
    guardTokenTenant(inputs, tenantId);
    return {
      tokens,
      assertion: tokens[0]?.assertion ?? (await assertion()),
      tenantId,
      principalId,
      correlationId: context.correlationId,
    };
  } finally {
    stop.abort();
  }
}

async function exchangeAll(
  requests: readonly TokenRequest[],
  context: ExchangeContext,
): Promise<AccessToken[]> {
  try {
    return await Promise.all(requests.map((request) => exchange(request, context)));
  } catch (error) {
    throw await explainSwappedIds(error, context);
  }
}

function principalOf(tokens: readonly AccessToken[], inputs: LoginInputs) {
  const claims = tokens.map(({ token }) => decodeClaims(token)).find((decoded) => decoded !== null) ?? {};
  return { tenantId: claimText(claims, 'tid') ?? inputs.tenantId, principalId: claimText(claims, 'oid') };
}
