import { expect, test } from 'vitest';
import type { RunFacts } from '../../../src/trust/subject/predict.ts';
import { issuerOf, predictClaims } from '../../../src/validate/prediction.ts';

const run: RunFacts = {
  repository: 'o/r',
  ownerId: '65',
  repositoryId: '74',
  eventName: 'push',
  ref: 'refs/heads/main',
  environment: null,
  template: null,
  claims: {},
};
const custom = { useDefault: true, claimKeys: [], useImmutableSubject: null, prefix: null };
const claims = (customization: Parameters<typeof predictClaims>[3], facts = run) => {
  const presented = predictClaims(facts, 'a', 'https://github.com', customization);
  return presented.from === 'prediction' ? presented : expect.fail();
};

test('assumes names where GitHub does not tell, and says so', () => {
  const { claims: found, why } = claims(null);
  expect(found).toMatchObject({
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'a',
    sub: 'repo:o/r:ref:refs/heads/main',
  });
  expect(why.at(-1)).toContain('name-based form is assumed');
});

test('follows the prefix before the flag', () => {
  expect(claims({ ...custom, prefix: 'repo:o@65/r@74', useImmutableSubject: false }).claims['sub']).toBe(
    'repo:o@65/r@74:ref:refs/heads/main',
  );
  expect(claims({ ...custom, useImmutableSubject: true }).claims['sub']).toMatch(/^repo:o@65/);
  expect(claims({ ...custom, useImmutableSubject: false }).claims['sub']).toMatch(/^repo:o\/r/);
});

test("follows the repository's template", () => {
  const template = {
    ...custom,
    useDefault: false,
    claimKeys: ['repository_id', 'context'],
    useImmutableSubject: false,
  };
  expect(claims(template).claims['sub']).toBe('repository_id:74:ref:refs/heads/main');
});

test('claims no subject that it does not know', () => {
  expect(claims(null, { ...run, ref: null }).claims).not.toHaveProperty('sub');
});

test.each([
  ['https://github.com', 'https://token.actions.githubusercontent.com'],
  ['https://octo.ghe.com', 'https://token.actions.octo.ghe.com'],
  ['https://ghes.example', 'https://ghes.example/_services/token'],
])('knows the issuer of %s', (server, issuer) => {
  expect(issuerOf(server)).toBe(issuer);
});
