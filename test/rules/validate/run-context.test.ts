import { expect, test } from 'vitest';
import type { Claims } from '../../../src/trust/claims.ts';
import { runContext } from '../../../src/validate/run-context.ts';

const STEP = { isFork: false, cloud: 'AzureCloud', mayNotAsk: false };

test('whether the run may ask for ID tokens is known where it has one, or is refused for good', () => {
  const told = (mayNotAsk: boolean, claims: Claims | null) =>
    runContext({}, { ...STEP, mayNotAsk }, claims).id_token_permission ?? null;
  expect([told(false, {}), told(true, null), told(false, null)]).toEqual(['write', 'none', null]);
});
