import { expect, test } from 'vitest';
import type { AzForm } from '../../../../src/sessions/az/form.ts';
import { hidesMachineFromAz } from '../../../../src/sessions/az/machine-hidden.ts';

const both = (value: string) => ({ IDENTITY_ENDPOINT: value, IDENTITY_HEADER: '' });
const CASES: [AzForm, Record<string, string>, string | null][] = [
  ['msal', {}, null],
  ['msal', both('ours'), 'IDENTITY_ENDPOINT'],
  ['msal', both(''), 'IDENTITY_ENDPOINT'],
  ['msal-switched', both(''), 'IDENTITY_ENDPOINT'],
  ['msal', both('of the machine'), null],
  ['msal', { IDENTITY_ENDPOINT: '' }, null],
  ['msal', { MSI_ENDPOINT: 'ours' }, null],
  ['msi-endpoint', both('ours'), null],
  ['msi-endpoint', { MSI_ENDPOINT: 'ours' }, 'MSI_ENDPOINT'],
  ['msi-endpoint', { MSI_ENDPOINT: '' }, 'MSI_ENDPOINT'],
];

test.each(CASES)('an az of the form %s with %j does not see the machine behind: %s', (form, env, name) => {
  expect(hidesMachineFromAz(form, env, (endpoint) => endpoint === 'ours')).toBe(name);
});
