import type { Cause } from '../../cause.ts';
import type { Evidence, Rule } from '../evidence.ts';
import { OWN_CODES } from '../own-codes.ts';
import { wayFailed } from './network.ts';

const SAYS_ITSELF = 'The action says itself what stopped it.';

/** A rule about the failures of the action itself: its code tells more than the words that follow. */
export const ownFailure: Rule = ({ own, entry, error }) => {
  if (own === null || entry !== null) return [];
  const cause = causeOf(own, error);
  const why = cause === 'network-transient' ? wayFailed(error) : [];
  // Of what az said, which follows this code, the other rules may make more.
  const confidence = own === 'az-login-failed' ? 'possible' : 'likely';
  return [{ cause, confidence, why, ...(cause === 'other' ? { story: SAYS_ITSELF } : {}) }];
};

function causeOf(own: string, { text }: Evidence['error']): Cause {
  if (own === 'input-invalid' && /\bis empty\b/.test(text)) return 'missing-inputs';
  return OWN_CODES[own] ?? 'other';
}
