import { expect, test } from 'vitest';
import { FAILURES } from '../../../../scripts/failures.ts';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { OWN_CODES, ownCodeIn } from '../../../../src/trust/explain/own-codes.ts';
import { read } from './reports.ts';

const told = (error: string) => explain(read({ error }));

test('every code that a failure of the action may have is known, and no other', () => {
  expect(Object.keys(OWN_CODES).sort()).toEqual(Object.keys(FAILURES).sort());
});

const TEXTS = Object.entries(FAILURES).flatMap(([code, { texts }]) =>
  texts.map((text) => [code, `${code}: ${text.replaceAll('…', 'x')}`] as const),
);

test.each(TEXTS)('of %s its cause is told, and the section that says what to do', (code, line) => {
  const { cause, confidence, explanation } = told(`Error: ${line}`);
  const empty = /is empty/.test(line) ? 'missing-inputs' : 'other';
  expect(cause).toBe(OWN_CODES[code] ?? empty);
  expect(confidence).not.toBe(code === 'az-login-failed' ? 'likely' : 'possible');
  expect(explanation).toContain(`docs/troubleshooting.md#${code} `);
});

test.each([
  ['guard-claim: the ID token does not meet it', 'guard-claim'],
  ['##[error]guard-claim: the ID token', 'guard-claim'],
  ['::error title=x::guard-claim: the ID token', 'guard-claim'],
  ['Run x\n2026-05-04T10:00:00.1234567Z ##[error]guard-claim: the ID token', 'guard-claim'],
  ['Error: internal: this action met an error', 'internal'],
  ['an internal: matter', null],
  ['see guard-claim: the ID token', null],
  ['unknown-code: the ID token', null],
  ['constructor: x', null],
])('%j begins with the code %s', (text, code) => {
  expect(ownCodeIn(text)).toBe(code);
});

test('what az said, or Entra, counts more than that the action says where it failed', () => {
  const az = 'az-login-failed: signed in, but `az account set` failed.\nERROR: No subscriptions found for x.';
  expect(told(az)).toMatchObject({
    cause: 'no-subscription',
    explanation: expect.stringContaining('docs/troubleshooting.md#az-login-failed'),
  });
  expect(told('entra-refused: x\nAADSTS700016: not found').cause).toBe('client-id-unknown');
});

test('an id that is not what it should be was not empty', () => {
  expect(told('input-invalid: input `client-id` is neither a GUID nor a domain (9 letters).').cause).toBe(
    'other',
  );
  expect(told('input-invalid: input `client-id` is empty.').cause).toBe('missing-inputs');
});

test('what stopped the action is no refusal of the trust, whoever issued the assertion', () => {
  const presented = { issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/0C70', subject: 'system:x' };
  const { explanation, fix } = explain(read({ error: 'guard-claim: it does not meet it.', presented }));
  expect(fix).toEqual({});
  expect(explanation).toContain('The action says itself what stopped it.');
});
