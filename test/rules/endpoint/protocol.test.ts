import { describe, expect, test } from 'vitest';
import {
  type Asked,
  type Identity,
  pathsOf,
  readDemand,
  refusalBody,
  tokenBody,
} from '../../../src/endpoint/protocol.ts';

const CLIENT = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';
const VAULT = 'https://vault.azure.net';
const IDENTITY: Identity = {
  port: 4321,
  clientId: CLIENT,
  nonce: 'n0nce',
  secret: 's3cret',
  legacySecret: null,
  resources: [],
};
const TOKEN = '/entra-federate/n0nce/msi/token';
const STATUS = '/entra-federate/n0nce/status';
const LEGACY = '/entra-federate/n0nce/old3r';
const RIGHT = { host: '127.0.0.1:4321', 'x-identity-header': 's3cret' };

interface Change {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Asked['headers'];
  readonly form?: string;
}

function demand(change: Change = {}, identity: Partial<Identity> = {}) {
  const { method = 'GET', path = TOKEN, query = `resource=${VAULT}`, headers = {}, form = '' } = change;
  const target = query === '' ? path : `${path}?${query}`;
  return readDemand(
    { method, target, headers: { ...RIGHT, ...headers }, form },
    { ...IDENTITY, ...identity },
  );
}

const SERVED: [string, Change, string][] = [
  ['the App Service protocol', { query: `api-version=2019-08-01&resource=${VAULT}` }, VAULT],
  ['the version that go-azure-sdk asks for', { query: `api-version=2018-02-01&resource=${VAULT}` }, VAULT],
  ['parameters of newer MSALs', { query: `resource=${VAULT}&xms_cc=cp1&token_sha256_to_refresh=00` }, VAULT],
  ['a resource that is encoded', { query: `resource=${encodeURIComponent(VAULT)}` }, VAULT],
  ['slashes that were put together', { path: '//entra-federate//n0nce/msi//token' }, VAULT],
  ['a slash at the end of the path', { path: `${TOKEN}/` }, VAULT],
  [
    'a resource with a slash at its end',
    { query: 'resource=https://management.core.windows.net/' },
    'https://management.core.windows.net/',
  ],
  ['a resource that is a GUID', { query: `resource=${OTHER}` }, OTHER],
  ['its own client id', { query: `resource=${VAULT}&client_id=${CLIENT}` }, VAULT],
  ['its own client id in capitals', { query: `resource=${VAULT}&client_id=${CLIENT.toUpperCase()}` }, VAULT],
  ['what no page sent: Sec-Fetch-Site "none"', { headers: { 'sec-fetch-site': 'none' } }, VAULT],
  ['the header Metadata', { headers: { metadata: 'true' } }, VAULT],
  ['the longest resource', { query: `resource=${'x'.repeat(600)}` }, 'x'.repeat(600)],
];

test.each(SERVED)('serves %s', (_, change, resource) => {
  expect(demand(change)).toEqual({ kind: 'token', resource });
});

test('tells its status to who knows the secret', () => {
  expect(demand({ path: STATUS, query: '' })).toEqual({ kind: 'status' });
  expect(demand({ path: STATUS, headers: { 'x-identity-header': 'x' } })).toMatchObject({ status: 401 });
});

const REFUSED: [string, Change, number][] = [
  ['no secret', { headers: { 'x-identity-header': undefined } }, 401],
  ['an empty secret', { headers: { 'x-identity-header': '' } }, 401],
  ['a wrong secret', { headers: { 'x-identity-header': 's3creT' } }, 401],
  ['the beginning of the secret', { headers: { 'x-identity-header': 's3cre' } }, 401],
  ['a secret that came twice', { headers: { 'x-identity-header': ['s3cret', 's3cret'] } }, 401],
  ['no Host', { headers: { host: undefined } }, 403],
  ['another Host', { headers: { host: 'evil.example:4321' } }, 403],
  ['a Host with another port', { headers: { host: '127.0.0.1:80' } }, 403],
  ['a Host without a port', { headers: { host: '127.0.0.1' } }, 403],
  ['localhost as Host', { headers: { host: 'localhost:4321' } }, 403],
  ['an Origin', { headers: { origin: 'http://127.0.0.1:4321' } }, 403],
  ['an empty Origin', { headers: { origin: '' } }, 403],
  ['the Origin null', { headers: { origin: 'null' } }, 403],
  ...['via', 'forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'].flatMap(
    (name): [string, Change, number][] => [
      [name, { headers: { [name]: '127.0.0.1' } }, 403],
      [`an empty ${name}`, { headers: { [name]: '' } }, 403],
    ],
  ),
  ...['cross-site', 'same-site', 'same-origin', ''].map((site): [string, Change, number] => [
    `what a page sends: Sec-Fetch-Site "${site}"`,
    { headers: { 'sec-fetch-site': site } },
    403,
  ]),
  ...['POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'get'].map((method): [string, Change, number] => [
    method,
    { method },
    405,
  ]),
  ['the root', { path: '/' }, 404],
  ['an absolute target', { path: `http://127.0.0.1:4321${TOKEN}` }, 404],
  ['another nonce', { path: '/entra-federate/other/msi/token' }, 404],
  ['a path below the one that there is', { path: `${TOKEN}/more` }, 404],
  ['a path in capitals', { path: TOKEN.toUpperCase() }, 404],
  ['the path of an old az where there is none', { path: LEGACY }, 404],
  ...['object_id', 'principal_id', 'mi_res_id', 'msi_res_id'].map((name): [string, Change, number] => [
    name,
    { query: `resource=${VAULT}&client_id=${CLIENT}&${name}=${CLIENT}` },
    400,
  ]),
  ['a foreign client id', { query: `resource=${VAULT}&client_id=${OTHER}` }, 400],
  ['a foreign client id as old protocols spell it', { query: `resource=${VAULT}&clientid=${OTHER}` }, 400],
  ['no resource', { query: 'api-version=2019-08-01' }, 400],
  ['no query', { query: '' }, 400],
  ['an empty resource', { query: 'resource=' }, 400],
  ['a resource that is too long', { query: `resource=${'x'.repeat(601)}` }, 400],
  ['a resource with a line end', { query: `resource=${VAULT}%0d%0aX` }, 400],
  ['a resource with a control character', { query: `resource=${VAULT}%00` }, 400],
  ['a resource with a space', { query: `resource=${VAULT}%20openid` }, 400],
];

test.each(REFUSED)('refuses %s', (_, change, status) => {
  expect(demand(change)).toMatchObject({ kind: 'refused', status });
});

test('a refusal repeats nothing that was sent', () => {
  const echoes = REFUSED.map(([, change]) => JSON.stringify(demand({ ...change, form: 'resource=zebra' })));
  expect(echoes.filter((text) => /zebra|evil|s3cre|n0nce|old3r|openid/.test(text))).toEqual([]);
});

describe('keep-alive-resources', () => {
  const only = { resources: ['https://Vault.azure.net', 'https://management.core.windows.net/'] };

  test.each([
    VAULT,
    `${VAULT}/`,
    'HTTPS://VAULT.AZURE.NET',
    'https://management.core.windows.net',
    'https://management.core.windows.net//',
  ])('allow %s in any case, with and without a slash, and ask for it as it was written', (resource) => {
    expect(demand({ query: `resource=${resource}` }, only)).toEqual({ kind: 'token', resource });
  });

  test.each([
    'https://graph.microsoft.com',
    `${VAULT}.evil.example`,
    `${VAULT}/keys`,
    'https://a.vault.azure.net',
  ])('refuse %s', (resource) => {
    expect(demand({ query: `resource=${resource}` }, only)).toMatchObject({ status: 400 });
  });
});

describe('the path that an old az posts to', () => {
  const old = { legacySecret: 'old3r' };
  const post = { method: 'POST', path: LEGACY, query: '', form: `resource=${VAULT}` };

  test('serves a form, without a secret in a header', () => {
    const headers = { 'x-identity-header': undefined, metadata: 'true' };
    expect(demand({ ...post, headers }, old)).toEqual({ kind: 'token', resource: VAULT });
  });

  test.each([
    ['a GET', { ...post, method: 'GET' }, 405],
    ['a wrong secret', { ...post, path: `${LEGACY}x` }, 405],
    ['a wrong secret in a GET', { method: 'GET', path: `${LEGACY}x` }, 404],
    ['the usual path', { ...post, path: TOKEN }, 405],
    ['a resource in the query alone', { ...post, query: `resource=${VAULT}`, form: '' }, 400],
    ['an Origin', { ...post, headers: { origin: 'null' } }, 403],
    ['another Host', { ...post, headers: { host: 'localhost:4321' } }, 403],
    ['a foreign client id', { ...post, form: `${post.form}&client_id=${OTHER}` }, 400],
  ])('refuses %s', (_, change, status) => {
    expect(demand(change, old)).toMatchObject({ kind: 'refused', status });
  });

  test('is not there unless there is such an az', () => {
    expect(demand(post)).toMatchObject({ status: 405 });
    expect(pathsOf(IDENTITY)).toEqual({
      token: TOKEN,
      status: STATUS,
      proof: STATUS.replace('status', 'proof'),
      legacy: null,
    });
    expect(pathsOf({ ...IDENTITY, ...old }).legacy).toBe(LEGACY);
  });
});

test('the body has the order and the texts that every client reads', () => {
  const served = { token: 'a.b.c', expiresAt: 1_790_000_000 };
  expect(tokenBody(served, CLIENT, VAULT, 1_789_996_401)).toBe(
    `{"access_token":"a.b.c","client_id":"${CLIENT}","expires_in":"3599","expires_on":"1790000000","resource":"${VAULT}","token_type":"Bearer"}`,
  );
});

test('a token that has just expired is good for no time, not for less', () => {
  const body = JSON.parse(tokenBody({ token: 'a', expiresAt: 10 }, CLIENT, VAULT, 11));
  expect([body.expires_in, body.expires_on]).toEqual(['0', '10']);
});

test('a refusal is told in the words of IMDS and of App Service', () => {
  expect(JSON.parse(refusalBody({ status: 400, error: 'invalid_request', description: 'No.' }))).toEqual({
    error: 'invalid_request',
    error_description: 'No.',
    statusCode: 400,
    message: 'No.',
  });
});
