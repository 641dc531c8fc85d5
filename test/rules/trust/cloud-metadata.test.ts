import { expect, test } from 'vitest';
import { customCloud } from '../../../src/trust/custom-cloud.ts';

const ENDPOINT = new URL('https://arm.airgap.example');
const OWN = {
  resourceManager: 'https://arm.airgap.example/',
  authentication: {
    loginEndpoint: 'https://login.airgap.example',
    audiences: ['https://management.airgap.example/'],
  },
};
const reading = (change: object) => {
  const read = customCloud({ ...OWN, ...change }, ENDPOINT);
  return read.kind === 'cloud' ? read.cloud : read;
};
const signingIn = (change: object) => reading({ authentication: { ...OWN.authentication, ...change } });

test.each([
  ['https://login.airgap.example/adfs', 'adfs'],
  ['https://login.airgap.example/ADFS/', 'adfs'],
  ['https://login.airgap.example/x/adfs', 'unusable'],
  ['https://login.airgap.example/adfs/ls', 'unusable'],
  ['https://user@login.airgap.example', 'unusable'],
  ['https://:pw@login.airgap.example', 'unusable'],
  ['https://login.airgap.example/#x', 'unusable'],
  ['https://login.airgap.example/?x', 'unusable'],
  ['login.airgap.example', 'unusable'],
  [null, 'unusable'],
])('a cloud whose loginEndpoint is %j is %s', (loginEndpoint, kind) => {
  expect(signingIn({ loginEndpoint })).toMatchObject({ kind });
});

test.each([
  ['ADFS', 'adfs'],
  ['adfs', 'adfs'],
  ['AADFS', undefined],
  ['ADFSv2', undefined],
  ['AAD', undefined],
  [undefined, undefined],
])('the identity provider %j is %s', (identityProvider, kind) => {
  expect((signingIn({ identityProvider }) as { kind?: string }).kind).toBe(kind);
});

test.each([
  ['https://management.airgap.example/', true],
  ['api://management', true],
  ['URN+x.y-z1://a', true],
  [`https://${'a'.repeat(600)}`, true],
  [`https://${'a'.repeat(601)}`, false],
  ['1https://a', false],
  [' https://a', false],
  ['https://', false],
  ['https://a\n', false],
  ['https://ä', false],
  [5, false],
  [null, false],
])('the audience %j can be asked for: %s', (audience, usable) => {
  expect(signingIn({ audiences: [audience] })).toMatchObject(
    usable
      ? { resources: { arm: audience } }
      : { kind: 'unusable', problem: expect.stringContaining('no audience') },
  );
});

test('audiences that are no list are none', () => {
  for (const audiences of ['https://a', { 0: 'https://a' }, null])
    expect(signingIn({ audiences })).toMatchObject({ kind: 'unusable' });
});

test('of a list of clouds the one of the endpoint is taken, whatever else it holds', () => {
  const read = customCloud([null, 'x', {}, { resourceManager: 'x' }, OWN], ENDPOINT);
  expect(read).toMatchObject({
    kind: 'cloud',
    cloud: { azAuthority: 'login.airgap.example', audience: null },
  });
  expect(customCloud([{ ...OWN, resourceManager: 'http://arm.airgap.example/' }], ENDPOINT)).toMatchObject({
    kind: 'unusable',
  });
});

test.each([
  ['.vault.airgap.example', 'vault.airgap.example'],
  ['Vault.Airgap.Example', 'vault.airgap.example'],
  ['..vault.airgap.example', undefined],
  ['vault', undefined],
  ['vault.airgap.example/', undefined],
  ['x y.vault.airgap.example', undefined],
  ['https://vault.airgap.example', undefined],
  ['', undefined],
  [5, undefined],
])('the suffix %j is read as %s', (keyVaultDns, suffix) => {
  const cloud = reading({ suffixes: { keyVaultDns, storage: keyVaultDns } });
  const suffixes = suffix === undefined ? {} : { keyvault: suffix, storage: suffix };
  expect(cloud).toMatchObject({ custom: { suffixes } });
  expect(cloud).toHaveProperty('custom.suffixes', suffixes);
});

test.each([
  ['https://graph.airgap.example/x', 'https://graph.airgap.example'],
  ['http://graph.airgap.example', undefined],
  ['graph', undefined],
  [undefined, undefined],
])('Graph at %j is asked for as %s', (microsoftGraphResourceId, graph) => {
  const cloud = reading({ microsoftGraphResourceId });
  expect((cloud as { resources?: { graph?: string } }).resources?.graph).toBe(graph);
});
