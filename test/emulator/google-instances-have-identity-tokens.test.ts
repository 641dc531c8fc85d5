import { expect, test } from 'vitest';
import { application, claimsOf, codeOf } from './client.ts';
import { useEmulator } from './fixture.ts';
import { askGoogle, GOOGLE_IDENTITY } from './local.ts';
import { metadataOf, verified } from './published.ts';

const emulator = useEmulator();
const AUDIENCE = 'api://AzureADTokenExchange';
const FULL = `${GOOGLE_IDENTITY}?audience=${AUDIENCE}&format=full`;

test('the answer is a token and nothing else, and Google’s keys verify it', async () => {
  const { status, headers, text } = await askGoogle(emulator.current, FULL);
  expect([status, headers.get('metadata-flavor')]).toEqual([200, 'Google']);
  const metadata = await metadataOf(emulator.current, 'https://accounts.google.com');
  expect(metadata).toMatchObject({
    issuer: 'https://accounts.google.com',
    jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
  });
  const { payload } = await verified(emulator.current, text, metadata, {
    audience: AUDIENCE,
    typ: 'JWT',
  });
  expect(payload).toMatchObject({
    sub: expect.stringMatching(/^\d{21}$/),
    azp: payload.sub,
    email: 'octo-runner@octo-project.iam.gserviceaccount.com',
    email_verified: true,
    google: { compute_engine: { project_id: 'octo-project', instance_name: 'octo-runner' } },
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  expect(emulator.current.issued()).toContain(text);
});

test('the standard format says nothing of the instance', async () => {
  const { text } = await askGoogle(emulator.current, `${GOOGLE_IDENTITY}?audience=${AUDIENCE}`);
  expect(Object.keys(claimsOf(text)).sort()).toEqual(['aud', 'azp', 'exp', 'iat', 'iss', 'sub']);
});

test('Entra takes the token for the application that trusts the account', async () => {
  const client = application(emulator.current, 'octo-from-google').appId;
  const { text } = await askGoogle(emulator.current, FULL);
  expect(await codeOf(emulator.current, { client, assertion: text })).toBeUndefined();
  const other = await askGoogle(emulator.current, `${GOOGLE_IDENTITY}?audience=other`);
  expect(await codeOf(emulator.current, { client, assertion: other.text })).toBe(700212);
});

test.each([
  ['without its header', FULL, {}, 403],
  ['with another flavour', FULL, { 'Metadata-Flavor': 'Vanilla' }, 403],
  ['that was forwarded', FULL, { 'Metadata-Flavor': 'Google', 'X-Forwarded-For': '10.0.0.1' }, 403],
  ['without an audience', GOOGLE_IDENTITY, undefined, 400],
  ['with another format', `${GOOGLE_IDENTITY}?audience=x&format=short`, undefined, 400],
  ['of an account of nobody', FULL.replace('default', 'nobody@example.com'), undefined, 404],
])('a request %s is refused', async (_, path, headers, status) => {
  expect((await askGoogle(emulator.current, path, headers)).status).toBe(status);
});

test('an instance without a service account has no tokens', async () => {
  await fetch(`${emulator.current.control}/workloads/google`, {
    method: 'PATCH',
    body: JSON.stringify({ serviceAccount: null }),
  });
  expect((await askGoogle(emulator.current, FULL)).status).toBe(404);
  const probe = await askGoogle(emulator.current, '/', {});
  expect([probe.status, probe.headers.get('metadata-flavor')]).toEqual([200, 'Google']);
});
