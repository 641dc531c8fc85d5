import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/api.ts';
import { type Ask, application, exchange, forged, idToken, tenantOf } from './client.ts';
import { useEmulator } from './fixture.ts';

const emulator = useEmulator();
const ISSUER = 'https://token.actions.githubusercontent.com';

type Prepare = (current: Emulator) => Ask | Promise<Ask>;

/** An ask for a seeded application by name. */
function as(name: string): Prepare {
  return (current) => ({ client: application(current, name).appId });
}

const cases: [code: number, status: number, error: string, when: string, Prepare][] = [
  [900561, 400, 'invalid_request', 'the method is GET', () => ({ init: { method: 'GET', body: null } })],
  [
    900144,
    400,
    'invalid_request',
    'the content type is JSON',
    () => ({ init: { headers: { 'content-type': 'application/json' } } }),
  ],
  [900144, 400, 'invalid_request', 'grant_type is missing', () => ({ form: { grant_type: null } })],
  [900144, 400, 'invalid_request', 'client_id is missing', () => ({ form: { client_id: null } })],
  [90014, 400, 'invalid_request', 'scope is missing', () => ({ form: { scope: null } })],
  [
    70003,
    400,
    'unsupported_grant_type',
    'the grant is another',
    () => ({ form: { grant_type: 'password' } }),
  ],
  [
    9002313,
    400,
    'invalid_request',
    'the assertion type is another',
    () => ({ form: { client_assertion_type: 'saml' } }),
  ],
  [7000216, 401, 'invalid_client', 'there is no credential', () => ({ form: { client_assertion: null } })],
  [
    7000215,
    401,
    'invalid_client',
    'a secret is presented',
    () => ({ form: { client_assertion: null, client_secret: 'secret' } }),
  ],
  [
    7000232,
    401,
    'invalid_client',
    'a secret is presented for a managed identity',
    (current) => ({
      client: tenantOf(current).managedIdentities[0]?.clientId ?? '',
      form: { client_assertion: null, client_secret: 'secret' },
    }),
  ],
  [
    700016,
    400,
    'unauthorized_client',
    'a secret is presented for a client that is unknown',
    () => ({ client: '00000000-0000-4000-8000-000000000000', form: { client_secret: 'secret' } }),
  ],
  [
    1002012,
    400,
    'invalid_scope',
    'the scope lacks /.default',
    () => ({ form: { scope: 'https://vault.azure.net' } }),
  ],
  [
    1002012,
    400,
    'invalid_scope',
    'the scope is encoded twice',
    () => ({ form: { scope: encodeURIComponent('https://vault.azure.net/.default') } }),
  ],
  [
    700022,
    400,
    'invalid_scope',
    'the scope names two resources',
    () => ({ form: { scope: 'https://vault.azure.net/.default https://graph.microsoft.com/.default' } }),
  ],
  [
    70011,
    400,
    'invalid_scope',
    'the scope mixes forms',
    () => ({ form: { scope: 'https://vault.azure.net/.default https://graph.microsoft.com/User.Read' } }),
  ],
  [700023, 400, 'invalid_scope', 'the scope names no resource', () => ({ form: { scope: '.default' } })],
  [900023, 400, 'invalid_request', 'the tenant is malformed', () => ({ tenant: 'contoso' })],
  [
    90002,
    400,
    'invalid_request',
    'the tenant is unknown',
    () => ({ tenant: '00000000-0000-4000-8000-000000000000' }),
  ],
  [90002, 400, 'invalid_request', 'the domain is unknown', () => ({ tenant: 'nowhere.example' })],
  [
    90002,
    400,
    'invalid_request',
    'the tenant is asked in another cloud',
    () => ({ host: 'login.microsoftonline.us' }),
  ],
  [
    900439,
    400,
    'invalid_request',
    'a government tenant is asked on the public endpoint',
    (current) => ({ tenant: tenantOf(current, 2).id }),
  ],
  [9001023, 400, 'invalid_request', 'the tenant is common', () => ({ tenant: 'common' })],
  [50059, 400, 'invalid_request', 'the tenant is organizations', () => ({ tenant: 'organizations' })],
  [
    700016,
    400,
    'unauthorized_client',
    'the client is unknown',
    () => ({ client: '00000000-0000-4000-8000-000000000000' }),
  ],
  [
    700016,
    400,
    'unauthorized_client',
    'an object id is given for the client id',
    (current) => ({ client: application(current, 'octo-deploy').objectId }),
  ],
  [7000229, 401, 'invalid_client', 'there is no service principal', as('octo-no-principal')],
  [
    7000229,
    401,
    'invalid_client',
    'a multi-tenant application is no guest here',
    (current) => ({ tenant: tenantOf(current, 1).id, client: application(current, 'octo-multi').appId }),
  ],
  [7000112, 400, 'unauthorized_client', 'the service principal is disabled', as('octo-disabled')],
  [50027, 400, 'invalid_request', 'the assertion is no JWT', () => ({ assertion: 'not-a-token' })],
  [
    50027,
    400,
    'invalid_request',
    'the assertion is cut off',
    async (current) => ({ assertion: (await idToken(current)).split('.').slice(0, 2).join('.') }),
  ],
  [
    5002727,
    400,
    'invalid_request',
    'the header type is another',
    async (c) => ({ assertion: await forged(c, { typ: 'at+jwt' }) }),
  ],
  [
    700021,
    401,
    'invalid_client',
    'the assertion is self-signed by another client',
    async (current) => {
      current.state.run.claims = { iss: 'somebody-else' };
      return { assertion: await idToken(current) };
    },
  ],
  [70025, 401, 'invalid_client', 'no credential is configured', as('octo-untrusting')],
  [700211, 401, 'invalid_client', 'the issuer has a slash more', as('octo-slash')],
  [700212, 401, 'invalid_client', 'the audience differs', as('octo-audience')],
  [700213, 401, 'invalid_client', 'the subject differs', as('octo-main-only')],
  [7002138, 401, 'invalid_client', 'the subject differs in case', as('octo-wrong-case')],
  [7002131, 401, 'invalid_client', 'no expression matches', as('octo-flexible-other')],
  [
    7000272,
    401,
    'invalid_client',
    'the key is unknown',
    async (c) => ({ assertion: await forged(c, { kid: 'other' }) }),
  ],
  [700027, 401, 'invalid_client', 'the signature is forged', async (c) => ({ assertion: await forged(c) })],
  [
    501661,
    400,
    'invalid_request',
    'the issuer cannot be reached',
    (current) => {
      current.state.unreachableIssuers = [ISSUER];
      return {};
    },
  ],
  [
    700024,
    401,
    'invalid_client',
    'the assertion has expired',
    (current) => {
      current.state.clockOffsetSeconds.github = -301;
      return {};
    },
  ],
  [
    700024,
    401,
    'invalid_client',
    'the assertion is not valid yet',
    (current) => {
      current.state.clockOffsetSeconds.entra = -700;
      return {};
    },
  ],
  [
    7002381,
    401,
    'invalid_client',
    'the tenant wants a GitHub enterprise',
    (current) => ({ tenant: tenantOf(current, 1).id, client: application(current, 'fab-deploy').appId }),
  ],
  [
    700238,
    401,
    'invalid_client',
    'the tenant allows other issuers only',
    (current) => {
      tenantOf(current).policies = { allowedIssuers: ['https://gitlab.com'] };
      return {};
    },
  ],
  [
    700223,
    401,
    'invalid_client',
    'the tenant has federation switched off',
    (current) => {
      tenantOf(current).policies = { federationDisabled: true };
      return {};
    },
  ],
  [53003, 400, 'invalid_grant', 'Conditional Access blocks the application', as('octo-blocked')],
  [
    500011,
    400,
    'invalid_resource',
    'the resource is unknown',
    () => ({ form: { scope: 'https://octo.example/.default' } }),
  ],
  [
    500011,
    400,
    'invalid_resource',
    'the resource has no principal here',
    (current) => {
      tenantOf(current).missingResources = ['https://management.azure.com/'];
      return {};
    },
  ],
];

test.each(cases)('AADSTS%i (%i %s) when %s', async (code, status, error, _, prepare) => {
  const ask = await prepare(emulator.current);
  const reply = await exchange(emulator.current, ask);
  expect([reply.body.error_codes, reply.status, reply.body.error]).toEqual([[code], status, error]);
  expect(reply.body.error_description.startsWith(`AADSTS${code}: `)).toBe(true);
  expect(reply.body.error_description).not.toMatch(/[{}]/);
  expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
});
