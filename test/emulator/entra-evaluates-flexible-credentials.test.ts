import { expect, test } from 'vitest';
import { evaluateExpression, matchesGlob } from '../../src/emulator/expression.ts';
import { application, codeOf, tenantOf } from './client.ts';
import { useEmulator } from './fixture.ts';

const emulator = useEmulator();
const ISSUER = 'https://token.actions.githubusercontent.com';
const SUB = "claims['sub'] matches 'repo:octo-org/octo-repo:*'";

test.each([
  ['*', '', true],
  ['a*', 'a', true],
  ['a*b', 'a/:/b', true],
  ['a*b*c', 'axxbxxbxc', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*main', 'refs/heads/main2', false],
  ['A', 'a', false],
  ['a*', '', false],
])('%s on %s is %s', (pattern, value, expected) => {
  expect(matchesGlob(pattern, value)).toBe(expected);
});

test('a hostile pattern takes no exponential time', () => {
  const begin = performance.now();
  expect(matchesGlob(`${'a*'.repeat(200)}b`, 'a'.repeat(600))).toBe(false);
  expect(performance.now() - begin).toBeLessThan(500);
});

function evaluate(
  value: string,
  claims: Record<string, unknown>,
  issuer = ISSUER,
  languageVersion = 1,
): string {
  const result = evaluateExpression({ value, languageVersion }, issuer, claims);
  return result.kind === 'problem' ? result.problem : result.kind;
}

test.each([
  [`${SUB} and claims['repository_id'] eq '74321'`, 'matched'],
  [`${SUB} and claims['repository_id'] eq '7432'`, 'unmatched'],
  [`${SUB} and claims['job_workflow_ref'] matches '*'`, 'unmatched'],
  ["claims['sub'] eq 'repo:octo-org/octo-repo:it''s'", 'unmatched'],
  [`${SUB}  and claims['repository_id'] eq '74321'`, 'syntax'],
  ["claims['sub']  eq 'x'", 'syntax'],
  ["claims['sub'] eq x", 'syntax'],
  ['', 'syntax'],
  [`${SUB} or ${SUB}`, 'syntax'],
  ["claims['repository_id'] matches '7*'", 'unsupported'],
  ["claims['actor'] eq 'octocat'", 'unsupported'],
  ["claims['sub'] startswith 'repo:'", 'unsupported'],
  ["claims['constructor'] eq 'x'", 'unsupported'],
])('%s is %s', (value, expected) => {
  expect(evaluate(value, { sub: 'repo:octo-org/octo-repo:environment:p', repository_id: '74321' })).toBe(
    expected,
  );
});

test('a doubled quote stands for one', () => {
  expect(evaluate("claims['sub'] eq 'it''s'", { sub: "it's" })).toBe('matched');
});

test('only listed issuers may use expressions, each with its own claims', () => {
  expect(evaluate(SUB, { sub: 'x' }, `${ISSUER}/octo-corp`)).toBe('issuer');
  expect(evaluate("claims['sub'] eq 'x'", { sub: 'x' }, 'https://gitlab.com')).toBe('matched');
  expect(evaluate("claims['repository_id'] eq 'x'", { repository_id: 'x' }, 'https://gitlab.com')).toBe(
    'unsupported',
  );
  expect(evaluate("claims['sub'] eq 'x'", { sub: 'x' }, ISSUER, 2)).toBe('syntax');
});

test.each([
  ["claims['sub'] like 'x'", 700237],
  ['nonsense', 700233],
  ["claims['sub'] eq 'x'", 7002131],
  [SUB, undefined],
])('the token endpoint answers %s with %s', async (value, code) => {
  const app = application(emulator.current, 'octo-flexible');
  Object.assign(app.federatedIdentityCredentials[0] ?? {}, {
    claimsMatchingExpression: { value, languageVersion: 1 },
  });
  expect(await codeOf(emulator.current, { client: app.appId })).toBe(code);
});

test('an expression for an issuer that may not have one is 7002241', async () => {
  const app = application(emulator.current, 'octo-flexible');
  emulator.current.state.run.enterprise = { slug: 'octo-corp', id: '1', uniqueIssuer: true };
  Object.assign(app.federatedIdentityCredentials[0] ?? {}, { issuer: `${ISSUER}/octo-corp` });
  expect(await codeOf(emulator.current, { client: app.appId })).toBe(7002241);
});

test('an expression on a managed identity is 700235', async () => {
  const [, identity] = tenantOf(emulator.current).managedIdentities;
  const [credential] = application(emulator.current, 'octo-flexible').federatedIdentityCredentials;
  if (identity && credential) identity.federatedIdentityCredentials = [credential];
  expect(await codeOf(emulator.current, { client: identity?.clientId ?? '' })).toBe(700235);
});
