import { expect, test } from 'vitest';
import { application, codeOf } from './client.ts';
import { useEmulator } from './fixture.ts';
import { type Failure, graph, type Json, type List } from './resources.ts';

const emulator = useEmulator();
const ISSUER = 'https://token.actions.githubusercontent.com';
const SUBJECT = 'repo:octo-org/octo-repo:environment:production';
const SOUND = { name: 'fix', issuer: ISSUER, subject: SUBJECT, audiences: ['api://AzureADTokenExchange'] };
const FLEXIBLE = {
  ...SOUND,
  subject: null,
  claimsMatchingExpression: {
    value: "claims['sub'] matches 'repo:octo-org/*' and claims['repository_id'] eq '74321'",
    languageVersion: 1,
  },
};

const path = (version = 'v1.0', name = 'octo-untrusting') =>
  `/${version}/applications(appId='${application(emulator.current, name).appId}')/federatedIdentityCredentials`;
const post = (body: Json, version = 'v1.0', name = 'octo-untrusting') =>
  graph<Failure>(emulator.current, 'octo-admin', path(version, name), { method: 'POST', body });

test('a credential that is created is trusted at once, and no longer once it is deleted', async () => {
  const { appId } = application(emulator.current, 'octo-untrusting');
  expect(await codeOf(emulator.current, { client: appId })).toBe(70025);
  const made = await post(SOUND);
  expect(made.status).toBe(201);
  expect(await codeOf(emulator.current, { client: appId })).toBeUndefined();
  const list = await graph<List>(emulator.current, 'octo-deploy', path());
  expect(list.body.value).toEqual([{ id: expect.any(String), description: null, ...SOUND }]);
  const gone = await graph(emulator.current, 'octo-admin', `${path()}/fix`, { method: 'DELETE' });
  expect(gone.status).toBe(204);
  expect(await codeOf(emulator.current, { client: appId })).toBe(70025);
});

const LONG = 'x'.repeat(601);

test.each([
  ['a short name', { name: 'ab' }, /3 to 120/],
  ['a name with a dot', { name: 'a.bc' }, /3 to 120/],
  ['no audience', { audiences: [] }, /exactly one audience/],
  ['two audiences', { audiences: ['a', 'b'] }, /exactly one audience/],
  ['no subject', { subject: null }, /must be specified for subject/],
  ['no issuer', { issuer: '' }, /must be specified for issuer/],
  ['a long subject', { subject: LONG }, /maximum length of 600/],
  ['a long description', { description: LONG }, /maximum length of 600/],
  ['an expression beside the subject', { ...FLEXIBLE, subject: 'x' }, /Only one of/],
  ['an expression without a numeric id', expression("claims['sub'] eq 'x'"), /repository_id/],
  ['an expression without sub', expression("claims['repository_id'] eq '1'"), /'sub'/],
  ['a malformed expression', expression("claims['sub']  eq 'x'"), /syntax/],
  ['an expression for another issuer', { ...FLEXIBLE, issuer: `${ISSUER}/octo` }, /issuer/],
])('%s is refused', async (_, change, message) => {
  const reply = await post({ ...SOUND, ...change }, 'beta');
  expect([reply.status, reply.body.error.code]).toEqual([400, 'InvalidFederatedIdentityCredentialValue']);
  expect(reply.body.error.message).toMatch(message);
});

function expression(value: string): Json {
  return { subject: null, claimsMatchingExpression: { value, languageVersion: 1 } };
}

test('issuer and subject are unique, and so is the name', async () => {
  await post(SOUND);
  const twin = await post({ ...SOUND, name: 'twin' });
  expect(twin.body.error.message).toContain('The combination of issuer and subject must be unique');
  const namesake = await post({ ...SOUND, subject: 'other' });
  expect([namesake.status, namesake.body.error.code]).toEqual([
    409,
    'Request_MultipleObjectsWithSameKeyValue',
  ]);
});

test('the 21st credential is refused', async () => {
  for (let index = 0; index < 20; index++)
    expect((await post({ ...SOUND, name: `fix-${index}`, subject: `s${index}` })).status).toBe(201);
  expect((await post(SOUND)).status).toBe(400);
});

test('an expression belongs to beta; v1.0 shows its credential without a subject', async () => {
  expect((await post(FLEXIBLE)).body.error.message).toContain('claimsMatchingExpression');
  expect((await post(FLEXIBLE, 'beta')).status).toBe(201);
  const beta = await graph<List>(emulator.current, 'octo-deploy', path('beta'));
  expect(beta.body.value).toMatchObject([FLEXIBLE]);
  const stable = await graph<List>(emulator.current, 'octo-deploy', path());
  expect(stable.body.value[0]).toMatchObject({ subject: null });
  expect(stable.body.value[0]).not.toHaveProperty('claimsMatchingExpression');
});

test('a credential is changed but never renamed, and upserted by its name', async () => {
  await post({ ...SOUND, subject: 'wrong' });
  const patch = (item: string, body: Json, headers = {}) =>
    graph(emulator.current, 'octo-admin', `${path()}${item}`, { method: 'PATCH', body, headers });
  expect((await patch('/fix', { subject: SUBJECT })).status).toBe(204);
  expect((await patch('/fix', { name: 'other' })).status).toBe(400);
  const fresh = { ...SOUND, name: 'fresh', subject: 'fresh' };
  expect((await patch("(name='fresh')", fresh)).status).toBe(404);
  expect((await patch("(name='fresh')", fresh, { prefer: 'create-if-missing' })).status).toBe(201);
  const names = application(emulator.current, 'octo-untrusting').federatedIdentityCredentials;
  expect(names.map(({ name, subject }) => [name, subject])).toEqual([
    ['fix', SUBJECT],
    ['fresh', 'fresh'],
  ]);
});

test('only a filter with eq on name, subject or issuer is known', async () => {
  await post(SOUND);
  const list = (filter: string) =>
    graph<List>(emulator.current, 'octo-deploy', `${path()}?$filter=${filter}`);
  expect((await list(`subject eq '${SUBJECT}'`)).body.value).toHaveLength(1);
  expect((await list("name eq 'nobody'")).body.value).toHaveLength(0);
  expect((await list("description eq 'x'")).status).toBe(400);
});
