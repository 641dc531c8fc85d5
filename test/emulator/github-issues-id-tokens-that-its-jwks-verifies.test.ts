import { expect, test } from 'vitest';
import { AUDIENCE, claimsOf, idToken, idTokenRequest } from './client.ts';
import { useEmulator } from './fixture.ts';
import { metadataOf, verified } from './published.ts';

const emulator = useEmulator();

test.each([
  ['https://github.com', {}, 'https://token.actions.githubusercontent.com'],
  [
    'https://github.com',
    { enterprise: { slug: 'octo-corp', id: '7', uniqueIssuer: true } },
    'https://token.actions.githubusercontent.com/octo-corp',
  ],
  ['https://octo.ghe.com', {}, 'https://token.actions.octo.ghe.com'],
  [
    'https://octo.ghe.com',
    { enterprise: { slug: 'octo-corp', id: '7', uniqueIssuer: true } },
    'https://token.actions.octo.ghe.com/octo',
  ],
  ['https://ghes.octo.example', {}, 'https://ghes.octo.example/_services/token'],
])('%s %j issues as %s', async (serverUrl, run, issuer) => {
  Object.assign(emulator.current.state.run, { serverUrl, ...run });
  const metadata = await metadataOf(emulator.current, issuer);
  expect(metadata.issuer).toBe(issuer);
  const token = await idToken(emulator.current);
  const { payload, protectedHeader } = await verified(emulator.current, token, metadata, {
    audience: AUDIENCE,
  });
  expect(protectedHeader).toMatchObject({
    typ: 'JWT',
    alg: 'RS256',
    x5t: expect.any(String),
    kid: expect.any(String),
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  expect((payload.iat ?? 0) - (payload.nbf ?? 0)).toBe(600);
});

test('every call mints a new token with all claims as strings', async () => {
  const [first, second] = [
    claimsOf(await idToken(emulator.current)),
    claimsOf(await idToken(emulator.current)),
  ];
  expect(first['jti']).not.toBe(second['jti']);
  const { exp, iat, nbf, ...rest } = first;
  expect([typeof exp, typeof iat, typeof nbf]).toEqual(['number', 'number', 'number']);
  expect(Object.values(rest).every((value) => typeof value === 'string')).toBe(true);
  expect(rest).toMatchObject({ repository_id: '74321', environment: 'production', ref_type: 'branch' });
  expect(rest).not.toHaveProperty('enterprise');
});

test('without an audience it is the owner', async () => {
  expect(claimsOf(await idToken(emulator.current, null))['aud']).toBe('https://github.com/octo-org');
});

test('claims can be overridden and removed', async () => {
  emulator.current.state.run.claims = { sub: 'mine', environment: null };
  const claims = claimsOf(await idToken(emulator.current));
  expect(claims['sub']).toBe('mine');
  expect(claims).not.toHaveProperty('environment');
});

test.each([
  ['another method', (url: string) => new Request(url, { method: 'POST' }), 405],
  ['no bearer', (url: string) => new Request(url), 401],
  ['a wrong bearer', (url: string) => new Request(url, { headers: { authorization: 'Bearer no' } }), 401],
])('refuses %s', async (_, build, status) => {
  const { url } = idTokenRequest(emulator.current);
  expect((await emulator.current.handle(build(url))).status).toBe(status);
});

test('refuses a URL that lost its query or was given two audiences', async () => {
  const sound = idTokenRequest(emulator.current);
  const { headers } = sound;
  const bare = sound.url.replace('api-version=2.0&', '');
  expect((await emulator.current.handle(new Request(bare, { headers }))).status).toBe(400);
  expect((await emulator.current.handle(new Request(`${sound.url}&audience=b`, { headers }))).status).toBe(
    400,
  );
  expect(
    (await emulator.current.handle(new Request(sound.url.replace('/68/', '/69/'), { headers }))).status,
  ).toBe(404);
});

test('the clock offset moves the times of a token', async () => {
  emulator.current.state.clockOffsetSeconds.github = 3600;
  expect(claimsOf(await idToken(emulator.current))['iat']).toBeGreaterThan(Date.now() / 1000 + 3500);
});
