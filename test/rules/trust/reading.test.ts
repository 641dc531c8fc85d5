import { expect, test } from 'vitest';
import { claimText, decodeClaims, presentedBy } from '../../../src/trust/claims.ts';
import { readCredential } from '../../../src/trust/credential.ts';
import { parseIdentityId } from '../../../src/trust/identity-id.ts';
import { meets, parseRequirement } from '../../../src/trust/requirement.ts';

test('what a report may hold of a credential, and what it may not', () => {
  const read = (json: unknown) => readCredential(json, 'none');
  expect(read({ name: 'arm', properties: { issuer: 'i', name: 'inner' } })).toMatchObject({
    name: 'arm',
    issuer: 'i',
  });
  expect(read({ properties: { issuer: 'i' } })).toMatchObject({ name: 'none', issuer: 'i' });
  expect(read({ properties: 'x', issuer: 'own' })).toMatchObject({ issuer: 'own' });
  expect(read({ name: 1 })).toBe(null);
  expect(read({ name: null })).toBe(null);
  expect(read({ issuer: null })).toBe(null);
  expect(read({ audiences: null })).toBe(null);
  expect(read({ audiences: ['a', 1] })).toBe(null);
  // Terraform's spelling stands in where Graph's is absent.
  expect(read({ audience: 'a' })?.audiences).toEqual(['a']);
  expect(read({ audience: ['a', 'b'] })?.audiences).toEqual(['a', 'b']);
  expect(read({ audience: 'a', audiences: [] })?.audiences).toEqual([]);
  expect(read({ audience: 1 })).toBe(null);
  expect(read({ claims_matching_expression: 'v' })?.claimsMatchingExpression?.value).toBe('v');
  // As a text by itself, as people write it; and as Graph has it.
  const expression = (json: unknown) => read({ claimsMatchingExpression: json })?.claimsMatchingExpression;
  expect(expression('v')).toEqual({ value: 'v', languageVersion: 1 });
  expect(expression({ value: 'v' })).toEqual({ value: 'v', languageVersion: 1 });
  expect(expression({ value: 'v', languageVersion: 2 })).toEqual({ value: 'v', languageVersion: 2 });
  expect(expression(null)).toBe(null);
  for (const broken of [1, [], {}, { value: 1 }, { value: 'v', languageVersion: '1' }])
    expect(expression(broken)).toBe(undefined);
});

test('a requirement that compares is no pattern, and one with a pattern is no comparison', () => {
  const holds = (line: string, claims = {}) =>
    meets({ ref: 'main', ...claims }, parseRequirement(line) ?? expect.fail(line));
  expect([holds('ref~ma*'), holds('ref~m?in'), holds('ref~x*'), holds('ref~Ma*')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([holds('ref=ma*'), holds('ref!=ma*'), holds('ref!=main')]).toEqual([false, true, false]);
  expect(holds('ref=MAIN')).toBe(false);
  const id = 'AAAAAAAA-0000-4000-8000-000000000001';
  expect(holds(`id=${id.toLowerCase()}`, { id })).toBe(true);
  expect(holds(`id=${id.replace(/1$/, '2')}`, { id })).toBe(false);
  expect(holds(`id!=${id.replace(/1$/, '2')}`, { id })).toBe(true);
  expect(holds(`id=x${id.toLowerCase()}`, { id: `x${id}` })).toBe(false);
  expect(parseRequirement('')).toBe(null);
  expect(parseRequirement('ref<main')).toBe(null);
});

test('claims are read as they were issued', () => {
  expect(presentedBy({})).toEqual({ issuer: '', subject: '', audience: '' });
  expect(presentedBy({ iss: null, sub: ['x'], aud: 5 })).toEqual({ issuer: '', subject: '', audience: '5' });
  expect(claimText({ sub: ['x'] }, 'sub')).toBe(null);
  const sized = (length: number) => `a.${'x'.repeat(length - 4)}.b`;
  expect(decodeClaims(sized(64 * 1024))).toBe(null);
  const body = Buffer.from(JSON.stringify({ a: 'x'.repeat(48_000) })).toString('base64url');
  const full = `${'h'.repeat(64 * 1024 - body.length - 3)}.${body}.s`;
  expect(full).toHaveLength(64 * 1024);
  expect(decodeClaims(full)).not.toBe(null);
  expect(decodeClaims(`h${full}`)).toBe(null);
});

const SUBSCRIPTION = '11111111-0000-4000-8000-000000000001';
const identity = (group: string, name: string) =>
  `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;

test('takes the resource id of a managed identity apart, in any case, and no other', () => {
  const parts = { subscriptionId: SUBSCRIPTION, resourceGroup: 'app-rg', name: 'deploy-id' };
  expect(parseIdentityId(identity('app-rg', 'deploy-id'))).toEqual(parts);
  expect(
    parseIdentityId(identity('app-rg', 'deploy-id').replace('resourceGroups', 'resourcegroups')),
  ).toEqual(parts);
  for (const id of [
    '',
    `x${identity('g', 'n')}`,
    `${identity('g', 'n')}/`,
    `${identity('g', 'n')}/federatedIdentityCredentials/c`,
    identity('', 'n'),
    identity('g', ''),
    identity('g/h', 'n'),
    identity('g', 'n').replace(SUBSCRIPTION, 'x'),
    identity('g', 'n').replace(SUBSCRIPTION, `${SUBSCRIPTION}0`),
    identity('g', 'n').replace('ManagedIdentity', 'Compute'),
    identity('g', 'n').replace('Microsoft.', 'Microsoftx'),
  ])
    expect(parseIdentityId(id), id).toBe(null);
});
