import { expect, test } from 'vitest';
import { codeOf } from './client.ts';
import { useEmulator } from './fixture.ts';
import { arm, type Failure, GROUP, type Json, type List, SUBSCRIPTION } from './resources.ts';

const emulator = useEmulator();
const IDENTITIES = 'providers/Microsoft.ManagedIdentity/userAssignedIdentities';
const VERSION = 'api-version=2024-11-30';
const UNTRUSTING = 'dddddddd-0000-4000-8000-000000000002';
const SOUND = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:octo-org/octo-repo:environment:production',
  audiences: ['api://AzureADTokenExchange'],
};

function credential(method: string, name: string, properties?: Json, identity = 'octo-identity-untrusting') {
  const path = `${GROUP}/${IDENTITIES}/${identity}/federatedIdentityCredentials/${name}?${VERSION}`;
  const body = properties === undefined ? undefined : { properties };
  return arm<Failure>(emulator.current, 'octo-owner', path, { method, ...(body && { body }) });
}

test('identities are listed by subscription and by group, and read one by one', async () => {
  for (const scope of [SUBSCRIPTION, GROUP]) {
    const { body } = await arm<List>(emulator.current, 'octo-deploy', `${scope}/${IDENTITIES}?${VERSION}`);
    expect(body.value.map(({ name }) => name)).toEqual(['octo-identity', 'octo-identity-untrusting']);
  }
  const path = `${GROUP}/${IDENTITIES.toLowerCase()}/octo-identity?${VERSION}`;
  expect((await arm(emulator.current, 'octo-deploy', path)).body).toMatchObject({
    name: 'octo-identity',
    properties: {
      clientId: 'dddddddd-0000-4000-8000-000000000001',
      principalId: 'eeeeeeee-0000-4000-8000-000000000001',
      tenantId: emulator.current.env['AZURE_TENANT_ID'],
    },
  });
});

test('a credential that is put is trusted, changed, and gone once it is deleted', async () => {
  expect(await codeOf(emulator.current, { client: UNTRUSTING })).toBe(70025);
  expect((await credential('PUT', 'fix', SOUND)).status).toBe(201);
  expect(await codeOf(emulator.current, { client: UNTRUSTING })).toBeUndefined();
  expect((await credential('PUT', 'fix', { ...SOUND, subject: 'other' })).status).toBe(200);
  expect(await codeOf(emulator.current, { client: UNTRUSTING })).toBe(700213);
  expect((await credential('GET', 'fix')).body).toMatchObject({
    name: 'fix',
    properties: { subject: 'other' },
  });
  expect([(await credential('DELETE', 'fix')).status, (await credential('DELETE', 'fix')).status]).toEqual([
    200, 204,
  ]);
  expect((await credential('GET', 'fix')).status).toBe(404);
});

test.each([
  ['two audiences', 'fix', { audiences: ['a', 'b'] }, /must have exactly one audience/],
  ['no subject', 'fix', { subject: '' }, /has empty properties/],
  ['a short name', 'ab', {}, /name 'ab' is invalid/],
])('%s is a 400', async (_, name, change, message) => {
  const reply = await credential('PUT', name, { ...SOUND, ...change });
  expect(reply.status).toBe(400);
  expect(reply.body.error.message).toMatch(message);
});

test('issuer and subject are unique, twenty credentials are the most, the parent must be there', async () => {
  const twin = await credential('PUT', 'twin', SOUND, 'octo-identity');
  expect(twin.body.error.message).toBe(
    'Issuer and subject combination already exists for this Managed Identity.',
  );
  for (let index = 0; index < 20; index++)
    await credential('PUT', `fix-${index}`, { ...SOUND, subject: `s${index}` });
  expect((await credential('PUT', 'one-more', SOUND)).body.error.message).toMatch(/Too many/);
  expect((await credential('PUT', 'fix', SOUND, 'nobody')).body.error.code).toBe('ParentResourceNotFound');
});

test('a reader may list credentials and not write them', async () => {
  const path = `${GROUP}/${IDENTITIES}/octo-identity/federatedIdentityCredentials`;
  const client = 'dddddddd-0000-4000-8000-000000000001';
  const list = await arm<List>(emulator.current, client, `${path}?${VERSION}`);
  expect(list.body.value).toMatchObject([{ name: 'production', properties: SOUND }]);
  const write = await arm<Failure>(emulator.current, client, `${path}/fix?${VERSION}`, {
    method: 'PUT',
    body: { properties: SOUND },
  });
  expect(write.body.error.message).toContain(
    `${IDENTITIES.slice('providers/'.length)}/federatedIdentityCredentials/write`,
  );
});
