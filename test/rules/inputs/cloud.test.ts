import { expect, test } from 'vitest';
import { chosenCloud } from '../../../src/inputs/cloud.ts';
import { CLOUDS, type Cloud } from '../../../src/trust/clouds.ts';
import { inputsOf } from '../../harness/inputs.ts';

test.each([
  ['AzureCloud', CLOUDS.AzureCloud],
  ['azureusgovernment', CLOUDS.AzureUSGovernment],
  ['https://management.usgovcloudapi.net', CLOUDS.AzureUSGovernment],
  ['https://management.chinacloudapi.cn/', CLOUDS.AzureChinaCloud],
])('%s is a known cloud', (value, cloud) => {
  expect(chosenCloud(value)).toBe(cloud);
});

test('any other Resource Manager is to be asked', () => {
  expect(chosenCloud('https://management.local.azurestack.external:8443/')).toEqual(
    new URL('https://management.local.azurestack.external:8443'),
  );
});

test.each([
  'Azure',
  'http://management.example',
  'https://user:pw@management.example',
  'https://management.example/path',
  'https://management.example/?x=1',
  'https://management.example/#x',
  'management.example',
])('%s is refused', (value) => {
  expect(() => chosenCloud(value)).toThrow('input `cloud` has an unknown value');
});

const CUSTOM: Cloud = { ...CLOUDS.AzureCloud, name: 'Own', authority: 'login.own.example', audience: null };

function audienceOf(cloud: Cloud, audience: string): string | null {
  const given = {
    audience,
    'client-id': 'aaaaaaaa-0000-4000-8000-000000000001',
    'tenant-id': '11111111-1111-4111-8111-111111111111',
  };
  const inputs = inputsOf(given, cloud);
  return inputs.mode === 'login' ? inputs.audience : null;
}

test('an authority of its own needs an audience of its own', () => {
  expect(audienceOf(CUSTOM, 'api://own')).toBe('api://own');
  expect(() => audienceOf(CUSTOM, '')).toThrow('input `audience` is empty, and for Own there is no default');
  for (const { audience } of Object.values(CLOUDS))
    expect(() => audienceOf(CUSTOM, audience)).toThrow("is that of one of Microsoft's own clouds");
  expect(
    audienceOf({ ...CUSTOM, authority: 'login.microsoftonline.us' }, 'api://AzureADTokenExchangeUSGov'),
  ).toBe('api://AzureADTokenExchangeUSGov');
});
