import type { ClientInputs } from '../inputs/inputs.ts';
import type { Effects } from '../io/effects.ts';
import type { Assertion, AssertionSource } from '../sources/source.ts';
import type { FreshAssertion } from './exchange.ts';
import { guardClaims } from './guards.ts';

/**
 * One ID token for all exchanges until it is about to expire or is refused; each new one passes `require-claims`
 * before it is handed out.
 */
export function shareAssertion(
  source: AssertionSource,
  { audience, requireClaims }: Pick<ClientInputs, 'audience' | 'requireClaims'>,
  fx: Effects,
): FreshAssertion {
  const mint = async () => {
    const assertion = await source.assertion(audience);
    guardClaims(requireClaims, assertion.claims);
    return assertion;
  };
  let current: Promise<Assertion> | null = null;
  return async (refused) => {
    const seen = current;
    const held = await seen;
    const usable = held !== null && held !== refused && fx.clock.now() < held.staleAt;
    // Whoever comes first replaces it; the others find the replacement.
    if (!usable && current === seen) current = mint();
    return current ?? mint();
  };
}
