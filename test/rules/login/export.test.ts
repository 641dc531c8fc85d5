import { expect, test } from 'vitest';
import type { Environment } from '../../../src/io/effects.ts';
import { privateDirectory } from '../../../src/io/private-directory.ts';
import { exportEffects, type Prepared } from '../../../src/login/export.ts';
import type { SignedIn } from '../../../src/login/login.ts';
import { session } from '../../../src/sessions/session.ts';
import { inputsOf } from '../../harness/inputs.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const CLIENT = 'aaaaaaaa-0000-4000-8000-000000000001';
const UUID = '00000000-0000-4000-8000-000000000000';
const directory = privateDirectory('/t', UUID);
const assertion = { token: 'assertion', claims: { iss: 'i', sub: 's', aud: 'a' }, from: 'f', staleAt: 0 };
const signedIn: SignedIn = {
  tokens: [{ name: 'arm', scope: 'x/.default', token: 'access', expiresAt: 1 }],
  management: null,
  assertion,
  clientId: CLIENT,
  tenantId: TENANT,
  principalId: null,
  machine: null,
  correlationId: 'c',
};
const endpoint = { url: 'http://127.0.0.1:1/entra-federate/n/msi/token', header: 'h' };

interface Case {
  readonly sessions: string;
  readonly keepAlive?: boolean;
  readonly az?: boolean;
  readonly env?: Environment;
}

/** What a sign-in leaves in the environment, and what it says. */
function left({ sessions, keepAlive = false, az = false, env = {} }: Case) {
  const given = { 'client-id': CLIENT, 'tenant-id': TENANT, sessions };
  const inputs = inputsOf(given);
  if (inputs.mode !== 'login') throw new Error('not a login');
  const azVariables = {
    AZURE_CONFIG_DIR: directory.at('az'),
    ...(keepAlive ? { IDENTITY_ENDPOINT: endpoint.url, IDENTITY_HEADER: endpoint.header } : {}),
  };
  const prepared: Prepared = {
    az: az ? session('az', azVariables) : null,
    azMayGo: false,
    endpoint: keepAlive ? endpoint : null,
    inTheWay: [],
    goesOn: false,
    noProxy: {},
    warnings: [],
    notes: [],
  };
  const effects = exportEffects(signedIn, inputs, prepared, env, directory);
  return {
    variables: Object.fromEntries(
      effects.flatMap((effect) => (effect.kind === 'variable' ? [[effect.name, effect.value]] : [])),
    ),
    files: effects.flatMap((effect) => (effect.kind === 'file' ? [effect.path] : [])),
    said: effects.flatMap((effect) =>
      effect.kind === 'warning' || effect.kind === 'notice' ? [effect.text] : [],
    ),
  };
}

const CLIENTS = ['az', 'terraform', 'sdk', 'azcopy', 'powershell'];
const SUBSETS = Array.from({ length: 2 ** CLIENTS.length - 1 }, (_, bits) =>
  CLIENTS.filter((_, index) => (bits + 1) & (1 << index)).join(','),
);
const ALL = [...SUBSETS, 'auto'].flatMap((sessions) =>
  [false, true].flatMap((keepAlive) => [false, true].map((az) => ({ sessions, keepAlive, az }))),
);

test.each(ALL)('no client hijacks another: $sessions, keep-alive $keepAlive, az $az', (one) => {
  const { variables, files } = left(one);
  const names = Object.keys(variables);
  // JavaScript's and .NET's managed identity credentials would take the file before the endpoint.
  expect(Boolean(variables['AZURE_FEDERATED_TOKEN_FILE']) && names.includes('IDENTITY_ENDPOINT')).toBe(false);
  // A file that a variable names is there, and no other.
  expect(files).toEqual(variables['AZURE_FEDERATED_TOKEN_FILE'] ? [directory.at('federated-token')] : []);
  // They outrank Terraform's own way, which renews.
  expect(names.filter((name) => name.startsWith('ARM_OIDC_') || name === 'ARM_USE_MSI')).toEqual([]);
  // New clients take it for Cloud Shell's.
  expect(names).not.toContain('MSI_ENDPOINT');
  expect(names.includes('IDENTITY_ENDPOINT')).toBe(names.includes('IDENTITY_HEADER'));
  expect(names).not.toContain('AZURE_CLIENT_SECRET');
  // No token enters the environment unasked.
  expect(Object.values(variables)).not.toContain('access');
  expect(Object.values(variables)).not.toContain('assertion');
});

test.each([
  [{ sessions: 'auto' }, true],
  [{ sessions: 'auto', az: true }, false],
  [{ sessions: 'sdk', az: true }, true],
  [{ sessions: 'az,sdk', az: true }, true],
  [{ sessions: 'auto', keepAlive: true }, false],
  [{ sessions: 'azcopy' }, true],
  [{ sessions: 'az,azcopy', az: true }, false],
  [{ sessions: 'powershell' }, true],
  [{ sessions: 'az,terraform', az: true }, false],
])('%j writes the token file: %s', (one, written) => {
  expect(left(one).files.length > 0).toBe(written);
});

test.each([
  [{ sessions: 'azcopy' }, 'WORKLOAD'],
  [{ sessions: 'az,azcopy', az: true }, 'AZCLI'],
  [{ sessions: 'azcopy', keepAlive: true }, 'MSI'],
])('%j signs AzCopy in by %s', (one, way) => {
  expect(left(one).variables).toMatchObject({ AZCOPY_AUTO_LOGIN_TYPE: way, AZCOPY_TENANT_ID: TENANT });
});

test('a token file of an earlier sign-in of ours is emptied where it would hijack, a foreign one is named', () => {
  const env = (path: string) => ({ AZURE_FEDERATED_TOKEN_FILE: path });
  const ours = left({
    sessions: 'sdk',
    keepAlive: true,
    env: env(`/t/entra-federate-${UUID}/federated-token`),
  });
  expect(ours.variables['AZURE_FEDERATED_TOKEN_FILE']).toBe('');
  const emptied = expect.stringContaining(
    'AZURE_FEDERATED_TOKEN_FILE of an earlier step could only be emptied',
  );
  expect(ours.said).toEqual([emptied]);
  const foreign = left({ sessions: 'auto', keepAlive: true, env: env('/elsewhere/token') });
  expect(foreign.variables).not.toHaveProperty('AZURE_FEDERATED_TOKEN_FILE');
  expect(foreign.said).toEqual([
    'AZURE_FEDERATED_TOKEN_FILE is set in this job, and sdk prefers it to this sign-in.',
  ]);
  const named = left({ sessions: 'sdk', keepAlive: true, env: env('/elsewhere/token') });
  expect(named.variables['AZURE_FEDERATED_TOKEN_FILE']).toBe('');
  expect(named.said).toEqual([
    emptied,
    'The session for sdk replaces what this job had set in AZURE_FEDERATED_TOKEN_FILE.',
  ]);
});

test('under auto an endpoint is exported for all of its clients or for none', () => {
  const env = { AZURE_CLIENT_ID: 'another' };
  const { variables, said } = left({ sessions: 'auto', keepAlive: true, az: true, env });
  expect(Object.keys(variables).filter((name) => !name.startsWith('ARM_'))).toEqual([]);
  expect(said).toEqual([
    expect.stringContaining('The session for az was not set up: it would share IDENTITY_ENDPOINT'),
    expect.stringContaining('The session for sdk was not set up: this job has set AZURE_CLIENT_ID'),
  ]);
});

test('an endpoint replaces one of ours, and nothing else of another identity under auto', () => {
  const ours = { IDENTITY_ENDPOINT: 'http://127.0.0.1:2/x', IDENTITY_HEADER: 'y' };
  expect(left({ sessions: 'auto', keepAlive: true, env: ours }).variables).toMatchObject({
    IDENTITY_ENDPOINT: endpoint.url,
  });
  const another = { ...ours, AZURE_CLIENT_ID: 'another', ARM_CLIENT_ID: 'another' };
  const { variables, said } = left({ sessions: 'auto', keepAlive: true, env: another });
  expect(variables).toEqual({});
  expect(said).toHaveLength(2);
});
