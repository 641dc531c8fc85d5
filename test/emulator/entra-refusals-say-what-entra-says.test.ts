import { expect, test } from 'vitest';
import { type Ask, application, codeOf, exchange, tenantOf } from './client.ts';
import { useEmulator } from './fixture.ts';

const emulator = useEmulator();
const ISSUER = 'https://token.actions.githubusercontent.com';

/** An ask for a seeded application by name. */
function ask(name: string): Ask {
  return { client: application(emulator.current, name).appId };
}

test('a refusal has the members and the trail of a recorded one', async () => {
  const id = '12345678-1234-4234-8234-123456789012';
  const headers = { 'client-request-id': id, 'content-type': 'application/x-www-form-urlencoded' };
  const { body } = await exchange(emulator.current, {
    ...ask('octo-main-only'),
    init: { headers },
  });
  expect(body.correlation_id).toBe(id);
  expect(body.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  expect(body.error_description).toContain(
    "presented assertion subject 'repo:octo-org/octo-repo:environment:production'.",
  );
  const trail = ` Trace ID: ${body.trace_id} Correlation ID: ${id} Timestamp: ${body.timestamp}`;
  expect(body.error_description.endsWith(trail)).toBe(true);
});

test('700024 tells the three times', async () => {
  emulator.current.state.clockOffsetSeconds.entra = 301;
  const { body } = await exchange(emulator.current);
  const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z`;
  expect(body.error_description).toMatch(
    new RegExp(`Current time: ${time}, assertion valid from ${time}, expiry time of assertion ${time}\\.`),
  );
});

test('7002381 names the accepted enterprises and the actual one', async () => {
  const fabrikam = {
    tenant: tenantOf(emulator.current, 1).id,
    client: application(emulator.current, 'fab-deploy').appId,
  };
  const { body } = await exchange(emulator.current, fabrikam);
  expect(body.error_description).toContain(
    "with value 'microsoft', 'github' or 'microsoftopensource' but actual value is ''.",
  );
  emulator.current.state.run.enterprise = { slug: 'github', id: '1', uniqueIssuer: false };
  expect((await exchange(emulator.current, fabrikam)).status).toBe(200);
});

test('53003 carries suberror and claims, and spares managed identities', async () => {
  const { body } = await exchange(emulator.current, ask('octo-blocked'));
  expect(body.suberror).toBe('message_only');
  const policy = tenantOf(emulator.current).conditionalAccess;
  expect(JSON.parse(body.claims ?? '')).toEqual({
    access_token: { capolids: { essential: true, values: [policy?.policyId] } },
  });
  const [identity] = tenantOf(emulator.current).managedIdentities;
  policy?.blockedAppIds.push(identity?.clientId ?? '');
  expect((await exchange(emulator.current, { client: identity?.clientId ?? '' })).status).toBe(200);
});

test.each([
  ['a space after the issuer', { issuer: `${ISSUER} ` }, 700211],
  ['a space before the subject', { subject: ' repo:octo-org/octo-repo:environment:production' }, 700213],
  ['an audience in another case', { audiences: ['api://azureadtokenexchange'] }, 700212],
])('%s is a difference', async (_, change, code) => {
  Object.assign(application(emulator.current, 'octo-deploy').federatedIdentityCredentials[0] ?? {}, change);
  expect(await codeOf(emulator.current)).toBe(code);
});

test('an enterprise issuer is another issuer', async () => {
  emulator.current.state.run.enterprise = { slug: 'octo-corp', id: '1', uniqueIssuer: true };
  expect(await codeOf(emulator.current)).toBe(700211);
  Object.assign(application(emulator.current, 'octo-deploy').federatedIdentityCredentials[0] ?? {}, {
    issuer: `${ISSUER}/octo-corp`,
  });
  expect(await codeOf(emulator.current)).toBeUndefined();
});

test('a key rotation fails until Entra forgets the old keys', async () => {
  expect(await codeOf(emulator.current)).toBeUndefined();
  emulator.current.rotateGitHubKeys();
  const { body } = await exchange(emulator.current);
  expect(body.error_codes).toEqual([7000272]);
  expect(body.error_description).toMatch(/certificate with identifier [0-9A-F]{40} used to sign/);
  emulator.current.forgetIssuerKeys();
  expect(await codeOf(emulator.current)).toBeUndefined();
});

test('a change that propagates fails as often as it was told to', async () => {
  application(emulator.current, 'octo-deploy').propagation = { attempts: 2 };
  expect([
    await codeOf(emulator.current),
    await codeOf(emulator.current),
    await codeOf(emulator.current),
  ]).toEqual([700213, 700213, undefined]);
});
