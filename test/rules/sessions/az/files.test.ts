import { expect, test } from 'vitest';
import {
  cloudsFile,
  configFile,
  defaultSubscription,
  encryptionIn,
  profileFile,
  type Subscription,
  servicePrincipal,
  tokenCacheFile,
} from '../../../../src/sessions/az/files.ts';
import { CLOUDS, type Cloud } from '../../../../src/trust/clouds.ts';

const subscription = (id: string, state = 'Enabled'): Subscription => ({
  id,
  name: `name of ${id}`,
  state,
  homeTenantId: 't',
  managedByTenants: [],
});
const account = {
  clientId: 'c',
  tenantId: 't',
  cloud: 'AzureCloud',
  subscriptions: [subscription('off', 'Disabled'), subscription('one'), subscription('two')],
  subscriptionId: null,
};
const INSTALLATION = '12345678-1234-4234-8234-123456789abc';
const profile = (text: string) => JSON.parse(text.replace(/^\uFEFF/, '')).subscriptions;

test('the default subscription is the one that was given, else the first that is enabled', () => {
  expect(defaultSubscription({ ...account, subscriptionId: 'TWO' })?.id).toBe('two');
  expect(defaultSubscription(account)?.id).toBe('one');
  expect(defaultSubscription({ ...account, subscriptions: [subscription('off', 'Disabled')] })?.id).toBe(
    'off',
  );
  expect(defaultSubscription({ ...account, subscriptions: [] })).toBeNull();
});

test('the profile begins with a byte order mark and has one default', () => {
  const text = profileFile(account, servicePrincipal(account.clientId), INSTALLATION);
  expect(text.startsWith('\uFEFF{')).toBe(true);
  expect(profile(text).filter((one: { isDefault: boolean }) => one.isDefault)).toMatchObject([{ id: 'one' }]);
});

test('without a subscription the profile is that of the tenant', () => {
  expect(
    profile(profileFile({ ...account, subscriptions: [] }, servicePrincipal(account.clientId), INSTALLATION)),
  ).toMatchObject([{ id: 't', name: 'N/A(tenant level account)', isDefault: true, tenantId: 't' }]);
});

test('a token is found under its resource with and without the slash, a GUID as it is', () => {
  const scopes = ['https://vault.azure.net/.default', '499b84ac-1321-427f-aa17-267ca6975798/.default'];
  const tokens = scopes.map((scope) => ({ scope, token: 'x', expiresAt: 2 }));
  const cache = JSON.parse(tokenCacheFile(account, 'login.example', tokens, 1));
  expect(Object.values<{ target: string }>(cache.AccessToken).map(({ target }) => target)).toEqual([
    'https://vault.azure.net/.default',
    'https://vault.azure.net//.default',
    '499b84ac-1321-427f-aa17-267ca6975798/.default',
  ]);
});

test.each([
  ['', '[cloud]\nname = X\n'],
  ['[defaults]\ngroup = g\n', '[cloud]\nname = X\n[defaults]\ngroup = g\n'],
  [
    '[cloud]\nNAME=Y\nprofile = latest\n[core]\nname = kept',
    '[cloud]\nname = X\nprofile = latest\n[core]\nname = kept\n',
  ],
  // To Python these are other sections.
  ['[Cloud]\nname=Y\n[ cloud ]', '[cloud]\nname = X\n[Cloud]\nname=Y\n[ cloud ]\n'],
  ['\uFEFF[core]\r\na = 1\r\n', '[cloud]\nname = X\n[core]\na = 1\n'],
])('sets the cloud in a config of the user: %j', (own, expected) => {
  expect(configFile(own, { ...CLOUDS.AzureCloud, name: 'X' })).toBe(expected);
});

const CUSTOM: Cloud = {
  ...CLOUDS.AzureCloud,
  name: 'Stack',
  authority: 'login.stack.example',
  audience: null,
  managementEndpoint: 'https://management.stack.example',
  resources: { arm: 'https://management.stack.example/id' },
  custom: { suffixes: { keyvault: 'vault.stack.example' } },
};

test('a cloud of its own is described to az, beside those of the user', () => {
  const own = '[AzureCloud]\nsubscription = theirs\n[Stack]\nprofile = old\n[Other]\nprofile = latest\n';
  expect(cloudsFile(own, CUSTOM, subscription('one', 'Enabled'))).toBe(
    [
      '[AzureCloud]',
      'subscription = theirs',
      '[Other]',
      'profile = latest',
      '[Stack]',
      'subscription = one',
      'profile = latest',
      'endpoint_resource_manager = https://management.stack.example',
      'endpoint_management = https://management.stack.example',
      'endpoint_active_directory = https://login.stack.example',
      'endpoint_active_directory_resource_id = https://management.stack.example/id',
      'suffix_keyvault_dns = .vault.stack.example',
      '',
    ].join('\n'),
  );
  expect(cloudsFile('', CLOUDS.AzureCloud, null)).toBe('');
});

test('of a cloud that az knows only the default subscription is said anew', () => {
  const own = '[AzureCloud]\nprofile = old\nsubscription = theirs\n[Other]\nsubscription = kept\n';
  expect(cloudsFile(own, CLOUDS.AzureCloud, subscription('one'))).toBe(
    '[AzureCloud]\nsubscription = one\nprofile = old\n[Other]\nsubscription = kept\n',
  );
  expect(cloudsFile(own, CLOUDS.AzureCloud, null)).toBe(
    '[AzureCloud]\nprofile = old\n[Other]\nsubscription = kept\n',
  );
  expect(cloudsFile('', CLOUDS.AzureCloud, subscription('one'))).toBe('[AzureCloud]\nsubscription = one\n');
});

test("an authority that is not Microsoft's is not looked up at theirs", () => {
  expect(configFile('', CUSTOM)).toContain('[core]\ninstance_discovery = false');
  expect(configFile('', { ...CUSTOM, audience: 'api://x' })).not.toContain('instance_discovery');
});

test.each([
  ['[core]\nencrypt_token_cache = true', undefined, true],
  ['[core]\nEncrypt_Token_Cache: ON', undefined, true],
  ['[core]\nencrypt_token_cache=False', undefined, false],
  ['[core]\n', undefined, null],
  ['[other]\nencrypt_token_cache = true\n[core]\n', undefined, null],
  ['', 'true', true],
  ['[core]\nencrypt_token_cache = true', 'false', false],
  ['[core]\nencrypt_token_cache = false', 'Yes', true],
])('reads whether az encrypts: %j, AZURE_CORE_ENCRYPT_TOKEN_CACHE=%s', (config, variable, encrypts) => {
  expect(encryptionIn(config, variable)).toBe(encrypts);
});
