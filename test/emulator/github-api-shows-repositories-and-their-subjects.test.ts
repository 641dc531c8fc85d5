import { expect, test } from 'vitest';
import { ADMIN_TOKEN, BARE_TOKEN, JOB_TOKEN } from '../../src/emulator/seed-github.ts';
import { claimsOf, idToken } from './client.ts';
import { useEmulator } from './fixture.ts';
import { ask, type Json } from './resources.ts';

const emulator = useEmulator();
const API = 'https://api.github.com';
const REPOSITORY = '/repos/octo-org/octo-repo';
const TEMPLATE = `${REPOSITORY}/actions/oidc/customization/sub`;
const OWNER_TEMPLATE = '/orgs/octo-org/actions/oidc/customization/sub';

const get = <T = Json>(path: string, token: string | null = JOB_TOKEN) =>
  ask<T>(emulator.current, `${API}${path}`, token);
const put = (path: string, body: Json, token = ADMIN_TOKEN) =>
  ask(emulator.current, `${API}${path}`, token, { method: 'PUT', body });
const subject = async () => claimsOf(await idToken(emulator.current))['sub'];

test('a repository, its owner and their numeric ids are shown', async () => {
  expect((await get(REPOSITORY)).body).toMatchObject({
    id: 74321,
    full_name: 'octo-org/octo-repo',
    visibility: 'private',
    default_branch: 'main',
    owner: { login: 'octo-org', id: 65432 },
  });
  expect((await get('/repositories/74321')).body).toMatchObject({ full_name: 'octo-org/octo-repo' });
  expect((await get('/user/65432')).body).toMatchObject({ login: 'octo-org', type: 'Organization' });
  expect((await get('/users/octocat', null)).body).toMatchObject({ id: 583231, type: 'User' });
  expect((await get('/orgs/octo-org')).status).toBe(200);
  for (const path of ['/user/1', '/repositories/1', '/orgs/octocat', '/users/nobody'])
    expect((await get(path)).status).toBe(404);
});

test('environments show their protection, contents their text', async () => {
  const { body } = await get<{ environments: Json[] }>(`${REPOSITORY}/environments`);
  expect(body.environments.map(({ name }) => name)).toEqual(['production', 'staging']);
  const production = await get(`${REPOSITORY}/environments/Production`);
  expect(production.body).toMatchObject({
    protection_rules: [{ type: 'required_reviewers' }, { type: 'branch_policy' }],
    deployment_branch_policy: { protected_branches: true },
  });
  const files = await get<Json[]>(`${REPOSITORY}/contents/.github/workflows`);
  expect(files.body).toMatchObject([{ type: 'file', path: '.github/workflows/deploy.yml' }]);
  const file = await get<{ content: string }>(`${REPOSITORY}/contents/.github/workflows/deploy.yml`);
  expect(Buffer.from(file.body.content, 'base64').toString()).toContain('id-token: write');
  expect((await get(`${REPOSITORY}/contents/none`)).status).toBe(404);
});

test('what a token may not do is refused in its own way', async () => {
  const statuses = async (path: string) => {
    const replies = await Promise.all([null, 'wrong', BARE_TOKEN].map((token) => get<Json>(path, token)));
    return replies.map(({ status, body }) => [status, body['message']]);
  };
  expect(await statuses(TEMPLATE)).toEqual([
    [404, 'Not Found'],
    [401, 'Bad credentials'],
    [403, 'Resource not accessible by personal access token'],
  ]);
  expect(await statuses(OWNER_TEMPLATE)).toEqual([
    [401, 'Requires authentication'],
    [401, 'Bad credentials'],
    [403, 'Resource not accessible by personal access token'],
  ]);
  const reply = await get<Json>(OWNER_TEMPLATE);
  expect(reply).toMatchObject({
    status: 403,
    body: { message: 'Resource not accessible by integration', status: '403' },
  });
  expect(reply.body['documentation_url']).toMatch(/^https:\/\/docs\.github\.com\//);
  expect((await put(TEMPLATE, { use_default: true }, JOB_TOKEN)).status).toBe(403);
});

test('the default is told, and the run decides it', async () => {
  expect((await get(TEMPLATE)).body).toEqual({
    use_default: true,
    use_immutable_subject: false,
    sub_claim_prefix: 'repo:octo-org/octo-repo',
  });
  emulator.current.state.run.subject = { immutable: true, claimKeys: ['repo', 'job_workflow_ref'] };
  expect((await get(TEMPLATE)).body).toEqual({
    use_default: false,
    include_claim_keys: ['repo', 'job_workflow_ref'],
    use_immutable_subject: true,
    sub_claim_prefix: 'repo:octo-org@65432/octo-repo@74321',
  });
});

test('a template that is put shapes the next ID token', async () => {
  const keys = ['repository_owner_id', 'repository_id', 'environment'];
  expect(await put(TEMPLATE, { use_default: false, include_claim_keys: keys })).toMatchObject({
    status: 201,
    body: {},
  });
  expect(await subject()).toBe('repository_owner_id:65432:repository_id:74321:environment:production');
  await put(TEMPLATE, { use_default: true, use_immutable_subject: true });
  expect(await subject()).toBe('repo:octo-org@65432/octo-repo@74321:environment:production');
});

test("an organization's template counts where a repository opts in without keys", async () => {
  await put(OWNER_TEMPLATE, { include_claim_keys: ['repository_id'] });
  expect((await get(OWNER_TEMPLATE, ADMIN_TOKEN)).body).toMatchObject({
    include_claim_keys: ['repository_id'],
  });
  expect(await subject()).toBe('repo:octo-org/octo-repo:environment:production');
  await put(TEMPLATE, { use_default: false });
  expect(await subject()).toBe('repository_id:74321');
});

test.each([
  [{}],
  [{ use_default: 'yes' }],
  [{ use_default: false, include_claim_keys: ['a', 'a'] }],
  [{ use_default: false, include_claim_keys: ['a-b'] }],
])('the template %j is a 422', async (body) => {
  expect((await put(TEMPLATE, body)).status).toBe(422);
});

test('GHES and GHE.com have the API elsewhere', async () => {
  Object.assign(emulator.current.state.run, { serverUrl: 'https://ghes.octo.example' });
  const ghes = await ask(emulator.current, `https://ghes.octo.example/api/v3${REPOSITORY}`, JOB_TOKEN);
  expect(ghes.body).toMatchObject({ id: 74321, url: `https://ghes.octo.example/api/v3${REPOSITORY}` });
  Object.assign(emulator.current.state.run, { serverUrl: 'https://octo.ghe.com' });
  expect((await ask(emulator.current, `https://api.octo.ghe.com${REPOSITORY}`, JOB_TOKEN)).status).toBe(200);
  expect((await get(REPOSITORY)).status).toBe(404);
});
