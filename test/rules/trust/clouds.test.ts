import { expect, test } from 'vitest';
import {
  CLOUDS,
  cloudOfAuthority,
  cloudOfEndpoint,
  defaultScope,
  isKnownResource,
} from '../../../src/trust/clouds.ts';

test('each cloud has its own authority, audience and Resource Manager', () => {
  const clouds = Object.values(CLOUDS);
  for (const pick of ['authority', 'audience'] as const) {
    expect(new Set(clouds.map((cloud) => cloud[pick])).size).toBe(clouds.length);
  }
  expect(new Set(clouds.map(({ resources }) => resources.arm)).size).toBe(clouds.length);
  expect(clouds.map(({ terraform }) => terraform['ARM_ENVIRONMENT'])).toEqual([
    'public',
    'usgovernment',
    'china',
  ]);
  for (const [name, cloud] of Object.entries(CLOUDS)) expect(cloud.name).toBe(name);
});

test("keeps a resource's own trailing slash in its scope", () => {
  expect(defaultScope('https://management.core.windows.net/')).toBe(
    'https://management.core.windows.net//.default',
  );
  expect(defaultScope('6dae42f8-4368-4678-94ff-3960e28e3630')).toBe(
    '6dae42f8-4368-4678-94ff-3960e28e3630/.default',
  );
});

test.each([
  ['management.azure.com', 'AzureCloud'],
  ['management.usgovcloudapi.net', 'AzureUSGovernment'],
  ['management.chinacloudapi.cn', 'AzureChinaCloud'],
  ['management.local.azurestack.external', undefined],
])('the cloud of the Resource Manager at %s is %s', (host, name) => {
  expect(cloudOfEndpoint(host)?.name).toBe(name);
});

test.each([
  ['login.microsoftonline.com', 'AzureCloud'],
  ['login.microsoftonline.us', 'AzureUSGovernment'],
  ['login.partner.microsoftonline.cn', 'AzureChinaCloud'],
  ['login.chinacloudapi.cn', 'AzureChinaCloud'],
  ['adfs.local.azurestack.external', undefined],
])('the cloud of the authority at %s is %s', (host, name) => {
  expect(cloudOfAuthority(host)?.name).toBe(name);
});

test.each([
  ['https://vault.azure.net', true],
  ['https://Vault.Azure.NET/', true],
  ['https://management.core.windows.net', true],
  ['https://management.chinacloudapi.cn/', true],
  ['499b84ac-1321-427f-aa17-267ca6975798', true],
  ['https://vault.local.azurestack.external', false],
  ['https://vault.azure.net/secrets', false],
])('whether %s is a service of a cloud of Microsoft: %s', (resource, known) => {
  expect(isKnownResource(resource)).toBe(known);
});
