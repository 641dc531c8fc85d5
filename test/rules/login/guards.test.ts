import { expect, test } from 'vitest';
import { guardTokenTenant } from '../../../src/login/guards.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const DOMAIN = 'contoso.onmicrosoft.com';
const guard = (tenantId: string, tid: string | null, ...allowedTenants: string[]) =>
  guardTokenTenant({ tenantId, allowedTenants }, tid);

test('a domain is checked by the tenant that the token states', () => {
  expect(() => guard(DOMAIN, ID.toUpperCase(), DOMAIN, ID)).not.toThrow();
  expect(() => guard(DOMAIN, OTHER, DOMAIN, ID)).toThrow(
    `guard-tenant: the tenant '${OTHER}' is not among \`allowed-tenants\`, so its token was dropped.`,
  );
});

test('a token that does not state its tenant is said not to, and is no pass', () => {
  expect(() => guard(DOMAIN, null, DOMAIN, ID)).toThrow(
    'guard-tenant: the tenant of the token could not be read, ',
  );
});

test('where the list holds no id, or the tenant was given as one, the token has nothing to add', () => {
  expect(() => guard(DOMAIN, null, DOMAIN)).not.toThrow();
  expect(() => guard(ID, null, ID)).not.toThrow();
});
