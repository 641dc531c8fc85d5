import { expect, test } from 'vitest';
import { parseIdentitySource } from '../../../src/inputs/identity-source.ts';
import { inputsOf } from '../../harness/inputs.ts';

const GUID = 'AAAAAAAA-0000-4000-8000-000000000001';
const OTHER = 'bbbbbbbb-0000-4000-8000-000000000002';
const RESOURCE =
  '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one';

test.each([
  ['github', { kind: 'github' }],
  ['GitHub', { kind: 'github' }],
  ['google', { kind: 'google' }],
  ['aws', { kind: 'aws' }],
  ['file:/var/run/token', { kind: 'file', path: '/var/run/token' }],
  ['file: /var/run/a:b', { kind: 'file', path: '/var/run/a:b' }],
  ['managed-identity', { kind: 'managed-identity', id: null }],
  [
    `managed-identity:${GUID}`,
    { kind: 'managed-identity', id: { by: 'client-id', value: GUID.toLowerCase() } },
  ],
  [
    `direct-managed-identity:object-id=${GUID}`,
    { kind: 'direct-managed-identity', id: { by: 'object-id', value: GUID.toLowerCase() } },
  ],
  [
    `direct-managed-identity:resource-id=${RESOURCE}`,
    { kind: 'direct-managed-identity', id: { by: 'resource-id', value: RESOURCE } },
  ],
])('%s is understood', (text, source) => {
  expect(parseIdentitySource(text)).toEqual(source);
});

test.each([
  ['azure', 'unknown value'],
  ['github:x', 'takes none'],
  ['google:', 'takes none'],
  ['file', 'names no file'],
  ['file:', 'names no file'],
  ['file:token', 'no absolute path'],
  ['managed-identity:', 'nothing follows the colon'],
  ['direct-managed-identity: ', 'nothing follows the colon'],
  ['managed-identity:client-id=', 'nothing follows the equals sign'],
  ['managed-identity:one', 'in a form that cannot be used'],
  ['managed-identity:resource-id=/subscriptions/x', 'in a form that cannot be used'],
  [`managed-identity:app-id=${GUID}`, 'in a form that cannot be used'],
])('%s is refused: %s', (text, problem) => {
  expect(() => parseIdentitySource(text)).toThrow(problem);
});

const DIRECT = { 'identity-source': 'direct-managed-identity' };

test('the machine itself needs neither client nor tenant, and every other source needs both', () => {
  expect(inputsOf(DIRECT)).toMatchObject({ mode: 'direct-login', clientId: null, tenantId: null });
  expect(() => inputsOf({ 'identity-source': 'google' })).toThrow('`client-id` is empty');
  expect(() => inputsOf({ 'identity-source': 'managed-identity', 'client-id': GUID })).toThrow(
    '`tenant-id` is empty',
  );
});

test('client-id names the identity of the machine, and may not contradict the source', () => {
  const id = { by: 'client-id', value: GUID.toLowerCase() };
  expect(inputsOf({ ...DIRECT, 'client-id': GUID }).source).toMatchObject({ id });
  const named = `direct-managed-identity:${GUID}`;
  expect(inputsOf({ 'identity-source': named, 'client-id': GUID }).source).toMatchObject({ id });
  expect(() => inputsOf({ 'identity-source': named, 'client-id': OTHER })).toThrow(
    'names another managed identity',
  );
});

test.each([
  ['mode', 'validate'],
  ['audience', 'api://x'],
  ['require-claims', 'a=b'],
  ['keep-alive', 'true'],
  ['tenant-id', 'contoso.com'],
])('the machine itself cannot be combined with %s: %s', (name, value) => {
  expect(() => inputsOf({ ...DIRECT, [name]: value })).toThrow(`input \`${name}\``);
});
