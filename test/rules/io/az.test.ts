import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ownAzDirectory } from '../../../src/io/az.ts';

const HOME = resolve('/home/octo');
const homeless = (): string => {
  throw new Error('ERR_SYSTEM_ERROR');
};

test('az is where AZURE_CONFIG_DIR says, an earlier sign-in’s directory too, else below the home', () => {
  const earlier = resolve('/temp/entra-federate-12345678-1234-4234-8234-123456789abc/az');
  expect(ownAzDirectory({ AZURE_CONFIG_DIR: earlier }, homeless)).toBe(earlier);
  expect(ownAzDirectory({ AZURE_CONFIG_DIR: '' }, () => HOME)).toBe(resolve(HOME, '.azure'));
});

test.each([
  ['names none', () => ''],
  ['names one that depends on the working directory', () => 'octo'],
  ['does not know the user', homeless],
])('where the system %s, az has no directory of the user’s', (_, homeOf) => {
  expect(ownAzDirectory({}, homeOf)).toBeNull();
});
