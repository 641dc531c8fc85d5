import { expect, test } from 'vitest';
import { managedIdentity, profileFile, servicePrincipal } from '../../../../src/sessions/az/files.ts';
import { clientIn, installationIdIn } from '../../../../src/sessions/az/own-profile.ts';

const INSTALLATION = '12345678-1234-4234-8234-123456789abc';
const account = {
  clientId: 'c',
  tenantId: 't',
  cloud: 'AzureCloud',
  subscriptions: [],
  subscriptionId: null,
};
const users = [servicePrincipal(account.clientId), managedIdentity(account.clientId)];

test('who is signed in can be read back, in both forms', () => {
  for (const user of users) expect(clientIn(profileFile(account, user, INSTALLATION))).toBe('c');
  expect(clientIn('')).toBeNull();
  expect(clientIn('{"subscriptions":[]}')).toBeNull();
});

test('what the installation is called can be read back, in both forms', () => {
  for (const user of users)
    expect(installationIdIn(profileFile(account, user, INSTALLATION))).toBe(INSTALLATION);
});

test.each(['', '{}', '[]', '{"installationId":"mine"}', '{"installationId":7}', '{"installationId":null}'])(
  'an installation has no name in %j',
  (profile) => {
    expect(installationIdIn(profile)).toBeNull();
  },
);
