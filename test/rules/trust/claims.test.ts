import { expect, test } from 'vitest';
import { claimText, decodeClaims, presentedBy } from '../../../src/trust/claims.ts';
import { fc } from '../../harness/property.ts';

const jwt = (payload: string) => `eyJ0.${Buffer.from(payload).toString('base64url')}.c2ln`;

test('decodes the payload of a JWT', () => {
  expect(decodeClaims(jwt('{"sub":"repo:ö/r"}'))).toEqual({ sub: 'repo:ö/r' });
});

test('gives null for whatever is no JWT with an object', () => {
  for (const text of [
    '',
    'a.b',
    'a.b.c.d',
    jwt('[]'),
    jwt('null'),
    jwt('"x"'),
    jwt('{'),
    'a.b=.c',
    `${jwt('{}')}\n`,
  ]) {
    expect(decodeClaims(text), text).toBeNull();
  }
  expect(decodeClaims(jwt(JSON.stringify({ a: 'x'.repeat(70_000) })))).toBeNull();
});

test('never throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string().map(jwt)), (text) => {
      const claims = decodeClaims(text);
      return claims === null || typeof claims === 'object';
    }),
  );
});

test('reads scalars only, and own ones only', () => {
  expect(claimText({ a: 'x', b: 1, c: false }, 'b')).toBe('1');
  expect(claimText({ c: false }, 'c')).toBe('false');
  for (const name of ['toString', '__proto__', 'list', 'absent'])
    expect(claimText({ list: ['x'] }, name)).toBeNull();
  expect(claimText({ aud: ['x'] }, 'aud')).toBe('x');
  expect(claimText({ aud: ['x', 'y'] }, 'aud')).toBeNull();
  expect(presentedBy({ aud: ['x', 5, 'y'] }).audience).toBe('x, y');
  expect(presentedBy({ aud: 'fb60f99c-7a34-4190-8149-302f77469936' }).audience).toBe(
    'api://AzureADTokenExchange',
  );
  expect(presentedBy({ iss: 'i', sub: 's' })).toEqual({ issuer: 'i', subject: 's', audience: '' });
});
