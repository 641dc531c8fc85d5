import { expect, test } from 'vitest';
import { customCloud } from '../../../src/trust/custom-cloud.ts';

const ENDPOINT = new URL('https://management.local.azurestack.external');
const AUDIENCE = 'https://management.contoso.onmicrosoft.com/4de154de-f8a8-4017-af41-df619da68155';
const STACK = {
  galleryEndpoint: 'https://gallery.example/',
  graphEndpoint: 'https://graph.windows.net/',
  portalEndpoint: 'https://portal.local.azurestack.external/',
  authentication: { loginEndpoint: 'https://login.microsoftonline.com/', audiences: [AUDIENCE] },
};
const signingInAt = (loginEndpoint: unknown, audiences: unknown = [AUDIENCE]) => ({
  ...STACK,
  authentication: { loginEndpoint, audiences },
});

test('Azure Stack Hub that is connected to Entra ID: the form of 2015', () => {
  expect(customCloud(STACK, ENDPOINT)).toEqual({
    kind: 'cloud',
    cloud: {
      name: 'CustomCloud',
      authority: 'login.microsoftonline.com',
      azAuthority: 'login.microsoftonline.com',
      audience: 'api://AzureADTokenExchange',
      managementEndpoint: 'https://management.local.azurestack.external',
      terraform: { ARM_METADATA_HOSTNAME: 'management.local.azurestack.external' },
      resources: { arm: AUDIENCE, graph: 'https://graph.microsoft.com' },
      custom: { suffixes: {} },
    },
  });
});

test('a cloud of its own: the later form, alone or among others, with a port', () => {
  const own = {
    name: 'Airgap',
    resourceManager: 'https://arm.airgap.example:8443/',
    authentication: {
      loginEndpoint: 'https://login.airgap.example',
      audiences: ['https://management.core.airgap.example/'],
      identityProvider: 'AAD',
    },
    microsoftGraphResourceId: 'https://graph.airgap.example/',
    suffixes: { keyVaultDns: '.vault.airgap.example', storage: 'core.airgap.example' },
  };
  const endpoint = new URL('https://arm.airgap.example:8443');
  const read = customCloud(own, endpoint);
  expect(read).toMatchObject({
    kind: 'cloud',
    cloud: {
      name: 'Airgap',
      authority: 'login.airgap.example',
      audience: null,
      terraform: { ARM_METADATA_HOSTNAME: 'arm.airgap.example:8443' },
      resources: { graph: 'https://graph.airgap.example', keyvault: 'https://vault.airgap.example' },
      custom: { suffixes: { keyvault: 'vault.airgap.example', storage: 'core.airgap.example' } },
    },
  });
  const other = { ...own, resourceManager: 'https://other.example/', name: 'Other' };
  expect(customCloud([other, own], endpoint)).toEqual(read);
  expect(customCloud([other], endpoint)).toMatchObject({ kind: 'unusable' });
});

test.each([
  ['by its path', signingInAt('https://adfs.local.azurestack.external/adfs')],
  ['by its path with a slash', signingInAt('https://adfs.local.azurestack.external/adfs/')],
  [
    'by its provider',
    { authentication: { loginEndpoint: 'https://adfs.local.azurestack.external', identityProvider: 'ADFS' } },
  ],
])('AD FS is recognised %s', (_, metadata) => {
  expect(customCloud(metadata, ENDPOINT)).toEqual({
    kind: 'adfs',
    authority: 'adfs.local.azurestack.external',
  });
});

test.each<[string, unknown, string]>([
  ['nothing', null, 'no way to sign in'],
  ['a text', 'metadata', 'no way to sign in'],
  ['an empty list', [], 'no way to sign in'],
  ['no authentication', {}, 'no way to sign in'],
  ['http', signingInAt('http://login.example'), 'no https URL'],
  ['a password in the URL', signingInAt('https://user:pw@login.example'), 'no https URL'],
  ['a query', signingInAt('https://login.example/?x=1'), 'no https URL'],
  ['a number', signingInAt(5), 'no https URL'],
  ['another path', signingInAt('https://login.example/elsewhere'), 'a path that is not known'],
  ['no audience', signingInAt('https://login.example', []), 'no audience'],
  ['an audience with white space', signingInAt('https://login.example', ['https://a b']), 'no audience'],
  [
    "the audience of Microsoft's own Resource Manager",
    signingInAt('https://login.microsoftonline.com', ['https://management.core.windows.net/']),
    "belongs to one of Microsoft's own clouds",
  ],
  [
    "the audience of Microsoft's own Graph, in other letters",
    signingInAt('https://login.microsoftonline.com', ['HTTPS://GRAPH.microsoft.com//']),
    "belongs to one of Microsoft's own clouds",
  ],
])('metadata with %s cannot be used', (_, metadata, problem) => {
  const read = customCloud(metadata, ENDPOINT);
  expect(read.kind === 'unusable' && read.problem).toContain(problem);
});

test.each(['AzureCloud', 'a]\nname = x', '', 'x'.repeat(65)])('the name %j is not taken over', (name) => {
  const read = customCloud({ ...STACK, name }, ENDPOINT);
  expect(read.kind === 'cloud' && read.cloud.name).toBe('CustomCloud');
});

const problemOf = (audience: string, authority: string, endpoint = ENDPOINT) => {
  const read = customCloud(signingInAt(`https://${authority}`, [audience]), endpoint);
  return read.kind === 'unusable' ? read.problem : null;
};

test.each([
  ...['https://graph.windows.net', 'https://cosmos.azure.com/', 'https://vault.azure.net'],
  ...['https://ossrdbms-aad.database.windows.net', 'https://onestore.blob.core.windows.net/'],
  ...['HTTPS://Eventhubs.AZURE.net', 'https://graph.windows.net./x', 'https://graph.windows.net:443'],
  ...['https://u:p@graph.windows.net', 'api://graph.windows.net/x', 'api://GRAPH.windows.net'],
  ...['https://graph.microsoft.us', 'https://management.azure.us', 'https://management.microsoftazure.us'],
  ...['https://management.core.usgovcloudapi.net/', 'https://vault.azure.cn/', 'https://azure.com'],
  ...['https://graph.chinacloudapi.cn/', 'https://management.microsoftazure.de', 'https://graph.cloudapi.de'],
  ...['https://outlook.office365.com', 'https://contoso.sharepoint.com', 'https://contoso.crm.dynamics.com'],
  ...['api://AzureADTokenExchange', 'api://azureadtokenexchangeUSGov/'],
])("metadata may not ask for %s, a resource of Microsoft's, whatever their authority", (audience) => {
  for (const authority of ['login.microsoftonline.com', 'login.microsoftonline.us', 'login.example'])
    expect(problemOf(audience, authority), authority).toContain("one of Microsoft's own clouds");
});

test.each([
  ...[
    'https://management.contoso.onmicrosoft.com/4de154de-f8a8-4017-af41-df619da68155',
    'https://azure.com.example',
  ],
  ...[
    'https://management.contoso.example/x',
    'https://management.local.azurestack.external/',
    'https://myazure.com',
  ],
])('metadata may ask for %s', (audience) => {
  expect(problemOf(audience, 'login.microsoftonline.com')).toBeNull();
});

test('what names the host of the endpoint is its own, and a domain in common is not enough', () => {
  const [own, other] = ['https://a.eastus.cloudapp.azure.com', 'https://b.eastus.cloudapp.azure.com'];
  expect(problemOf(`${own}/`, 'login.microsoftonline.com', new URL(own))).toBeNull();
  for (const audience of [other, 'https://cosmos.azure.com'])
    expect(problemOf(audience, 'login.microsoftonline.com', new URL(own))).toContain('own clouds');
});

test('an audience that is no URI is none', () => {
  expect(problemOf('https://[', 'login.microsoftonline.com')).toContain('no audience');
});
