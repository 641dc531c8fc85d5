import { expect, test } from 'vitest';
import { runContext } from '../../../src/validate/run-context.ts';

const STEP = { isFork: false, cloud: 'AzureCloud' };

test('the enterprise is that of the token', () => {
  const claims = { event_name: 'push', enterprise: 'octo-enterprise' };
  expect(runContext({}, STEP, claims)).toMatchObject({ enterprise_slug: 'octo-enterprise' });
  expect(runContext({}, STEP, { event_name: 'push' })).not.toHaveProperty('enterprise_slug');
  expect(runContext({}, STEP, null)).not.toHaveProperty('enterprise_slug');
});
