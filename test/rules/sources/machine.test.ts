import { expect, test } from 'vitest';
import {
  imdsAddress,
  type MachineKind,
  machineHosts,
  machineKind,
  notOfThisMachine,
} from '../../../src/sources/machine.ts';
import { type AskedOfMachine, explainMachine } from '../../../src/sources/machine-refusal.ts';

const APP_SERVICE = { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/msi', IDENTITY_HEADER: 'h' };

test.each<[MachineKind, Record<string, string>, boolean]>([
  ['imds', {}, false],
  ['arc', {}, true],
  ['arc', { IDENTITY_ENDPOINT: 'http://127.0.0.1:40342', IMDS_ENDPOINT: 'http://127.0.0.1:40342' }, false],
  ['app-service', APP_SERVICE, true],
  ['service-fabric', { ...APP_SERVICE, IDENTITY_SERVER_THUMBPRINT: 't' }, false],
  ['machine-learning', { MSI_ENDPOINT: 'http://127.0.0.1', MSI_SECRET: 's' }, false],
  ['cloud-shell', { MSI_ENDPOINT: 'http://127.0.0.1' }, false],
])('%s is recognised by %j', (kind, env, hasArcAgent) => {
  expect(machineKind(env, hasArcAgent)).toBe(kind);
});

test('who else would be signed in as is taken out of the environment', () => {
  const ours = (endpoint: string) => endpoint.includes('/entra-federate/');
  const own = { ...APP_SERVICE, AZURE_FEDERATED_TOKEN_FILE: '/t' };
  expect(notOfThisMachine(own, ours)).toEqual(['AZURE_FEDERATED_TOKEN_FILE']);
  const left = { ...own, IDENTITY_ENDPOINT: 'http://127.0.0.1:1/entra-federate/n/msi/token' };
  expect(notOfThisMachine(left, ours)).toEqual([
    'AZURE_FEDERATED_TOKEN_FILE',
    'IDENTITY_ENDPOINT',
    'IDENTITY_HEADER',
  ]);
});

test('the address of the metadata service is that of Azure, or the one that the host names', () => {
  expect(imdsAddress({}).host).toBe('169.254.169.254');
  expect(imdsAddress({ AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:8' }).host).toBe('127.0.0.1:8');
  expect(imdsAddress({ AZURE_POD_IDENTITY_AUTHORITY_HOST: 'nonsense' }).host).toBe('169.254.169.254');
});

const said = (text: string) => JSON.stringify({ error: 'invalid_request', error_description: text });

test.each<[string, Partial<AskedOfMachine>, number, string, string]>([
  [
    'several and none named',
    {},
    400,
    said(
      'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
    ),
    'identity-ambiguous: the machine has several',
  ],
  [
    'none at all',
    {},
    400,
    said('Identity not found'),
    'identity-not-assigned: this machine has no managed identity.',
  ],
  [
    'the named one is not there',
    { named: 'client-id=c' },
    400,
    said('Identity not found'),
    'identity-not-assigned: the managed identity client-id=c is not assigned',
  ],
  [
    'App Service has none',
    { kind: 'app-service' },
    400,
    '{"statusCode":400,"message":"Unable to load the proper Managed Identity."}',
    'identity-not-assigned: this app has no system-assigned managed identity, and',
  ],
  [
    'App Service refuses the header',
    { kind: 'app-service' },
    401,
    '{"statusCode":401,"message":"Unauthorized"}',
    'identity-refused: the managed identity endpoint in IDENTITY_ENDPOINT does not accept IDENTITY_HEADER.',
  ],
  [
    'Arc has only its own',
    { kind: 'arc', named: 'client-id=c' },
    400,
    '{}',
    'identity-not-assigned: a machine of Azure Arc has its system-assigned identity only',
  ],
  [
    'Arc keeps its key from this user',
    { kind: 'arc' },
    401,
    '',
    'identity-refused: the agent of Azure Arc asked for the key',
  ],
  [
    'a metadata service of another cloud',
    {},
    404,
    '<html>',
    "identity-unreachable: what answers at h is not Azure's",
  ],
  [
    'the container network',
    {},
    403,
    '{"error":{"message":"A socket operation was attempted to an unreachable network"}}',
    "identity-unreachable: what answers at h is not Azure's",
  ],
  [
    'anything else',
    {},
    500,
    'broken',
    "identity-refused: Azure's instance metadata service gave no token: it answered 500.",
  ],
])('%s: its own sentence', (_, asked, status, body, sentence) => {
  const failure = explainMachine(
    { kind: 'refused', status, body },
    { kind: 'imds', named: null, host: 'h', ...asked },
  );
  expect(failure.message).toContain(sentence);
});

test('nobody answers: where, and why that may be', () => {
  const failure = explainMachine(
    { kind: 'unreachable', reason: 'EHOSTUNREACH' },
    { kind: 'imds', named: null, host: '169.254.169.254' },
  );
  expect(failure.message).toBe(
    "identity-unreachable: Azure's instance metadata service cannot be reached at 169.254.169.254: EHOSTUNREACH.",
  );
  expect(failure.diagnosis.remedy.join(' ')).toContain('firewall');
});

test.each([
  [{}, []],
  [{ IDENTITY_ENDPOINT: 'http://msi.internal:8081/msi/token' }, ['msi.internal']],
  [{ MSI_ENDPOINT: 'http://localhost:50342/oauth2/token' }, ['localhost']],
  [{ AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:8' }, []],
  [{ IDENTITY_ENDPOINT: 'ours', MSI_ENDPOINT: 'nonsense' }, []],
  [{ IDENTITY_ENDPOINT: 'http://ours.example/' }, []],
])('%j is asked at the addresses of every machine, and at %j', (env, more) => {
  const isOurs = (endpoint: string) => endpoint.includes('ours');
  expect(machineHosts(env, isOurs)).toEqual(['127.0.0.1', '169.254.169.254', ...more]);
});
