import { expect, test } from 'vitest';
import type { Credential } from '../../../src/trust/credential.ts';
import { agreementOf, isUnderEnterprise } from '../../../src/validate/agreement.ts';

const PLAIN = 'https://token.actions.githubusercontent.com';
const OWN = `${PLAIN}/acme`;
const claims = { iss: PLAIN, sub: 'repo:o/r:environment:production', aud: 'a' };
const otherwise = { ...claims, sub: 'repo:o@65/r@74:environment:production' };
const predicted = (other: typeof otherwise | null = null) =>
  ({ from: 'prediction', claims, why: [], otherwise: other, open: [] }) as const;
const credential = (issuer: string, subject = claims.sub): Credential => ({
  name: `${issuer} ${subject}`,
  issuer,
  subject,
  audiences: ['a'],
  claimsMatchingExpression: null,
});

test('what is trusted in the one form of the subject alone is not known', () => {
  expect(agreementOf(predicted(), [credential(PLAIN)]).holds).toBe(true);
  expect(agreementOf(predicted(), [credential(PLAIN, 'another')]).holds).toBe(false);
  expect(agreementOf(predicted(otherwise), [credential(PLAIN)]).holds).toBe(null);
  expect(agreementOf(predicted(otherwise), [credential(PLAIN, otherwise.sub)]).holds).toBe(null);
  expect(agreementOf(predicted(otherwise), [credential(PLAIN), credential(PLAIN, otherwise.sub)]).holds).toBe(
    true,
  );
});

test('a credential that differs only by the enterprise at the end of its issuer may match', () => {
  const own = credential(OWN);
  const under = { credential: own.name, issuer: OWN };
  expect(agreementOf(predicted(), [own])).toEqual({ holds: null, underEnterprise: under });
  expect(agreementOf(predicted(), [credential(PLAIN, 'another'), own]).underEnterprise).toEqual(under);
  const immutable = credential(OWN, otherwise.sub);
  expect(agreementOf(predicted(otherwise), [immutable]).underEnterprise?.credential).toBe(immutable.name);
});

test('it does not where anything else differs, where another matches, or where a token tells', () => {
  expect(agreementOf(predicted(), [credential(OWN, 'another')])).toEqual({
    holds: false,
    underEnterprise: null,
  });
  expect(agreementOf(predicted(), [credential(OWN), credential(PLAIN)])).toEqual({
    holds: true,
    underEnterprise: null,
  });
  expect(agreementOf({ from: 'token', claims }, [credential(OWN)]).holds).toBe(false);
});

test.each([
  [OWN, PLAIN, true],
  ['https://token.actions.octo.ghe.com/octo', 'https://token.actions.octo.ghe.com', true],
  [PLAIN, PLAIN, false],
  [`${PLAIN}/`, PLAIN, false],
  [`${OWN}/`, PLAIN, false],
  [`${OWN}/b`, PLAIN, false],
  [`${PLAIN}.evil.example/acme`, PLAIN, false],
  ['https://ghes.example/_services/token/acme', 'https://ghes.example/_services/token', false],
])('%s is under an enterprise of %s: %s', (issuer, plain, is) => {
  expect(isUnderEnterprise(issuer, plain)).toBe(is);
});
