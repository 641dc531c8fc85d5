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
  /** A token for Resource Manager, where a session needs one; it is not handed on as an output. */
  readonly management: AccessToken | null;
  readonly assertion: Assertion;
  /** The id of the tenant, as the access token states it. */
  readonly tenantId: string;
  /** Object id of the service principal; null where the token is opaque. */
  readonly principalId: string | null;
  readonly correlationId: string;
}

/** What a sign-in works with. */
export interface LoginTools {
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
  also: TokenRequest | null = null,
): Promise<SignedIn> {
  guardIds(inputs);
  const { patience, fx, signal } = tools;
  const assertion = shareAssertion(openSource(patience, signal), inputs, fx);
  const context = { inputs, assertion, correlationId: fx.uuid(), ...tools };
  await assertion();
  const shared = inputs.tokens.findIndex(({ scope }) => scope === also?.scope);
  const requests = also && shared < 0 ? [...inputs.tokens, also] : inputs.tokens;
  const obtained = await exchangeAll(requests, context);
  const { tenantId, principalId } = principalOf(obtained, inputs);
  if (inputs.maskIds) fx.mask(tenantId);
  guardTokenTenant(inputs, tenantId);
  return {
    tokens: obtained.slice(0, inputs.tokens.length),
    management: also ? (obtained[shared < 0 ? inputs.tokens.length : shared] ?? null) : null,
    assertion: obtained[0]?.assertion ?? (await assertion()),
    tenantId,
    principalId,
    correlationId: context.correlationId,
  };
}

/** How long all of a sign-in may take, from now. */
export function patienceFrom(
  { timeoutMs, waitForTrustMs }: Pick<LoginInputs, 'timeoutMs' | 'waitForTrustMs'>,
  clock: Effects['clock'],
): Patience {
  return { startedAt: clock.now(), timeoutMs, waitForTrustMs };
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
