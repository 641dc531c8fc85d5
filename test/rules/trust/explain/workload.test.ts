import { expect, test } from 'vitest';
import { explain } from '../../../../src/trust/explain/explain.ts';
import {
  ACCOUNT,
  AUDIENCE,
  EKS,
  ENTRA,
  expectOwnStory,
  explained,
  INSTANCE,
  MACHINE,
  RUNNER,
  type Slip,
  TENANT,
} from './tokens-of-others.ts';

test.each<Slip>([
  [
    'an e-mail address',
    INSTANCE,
    { subject: 'octo@p.iam.gserviceaccount.com' },
    'other',
    'name it by its number',
  ],
  [
    'a number and more',
    INSTANCE,
    { subject: '104920480235981234567x' },
    'other',
    'by its number, its unique id',
  ],
  ['more and a number', INSTANCE, { subject: 'x1' }, 'other', 'by its number, its unique id'],
  ['a long number', INSTANCE, { subject: '1'.repeat(21) }, 'other', 'the number of another service account'],
  [
    "another provider's issuer",
    INSTANCE,
    { issuer: 'https://gitlab.com' },
    'issuer-other',
    'No federated credential names the issuer that is presented',
  ],
  ['another number', INSTANCE, { subject: '1' }, 'other', 'the number of another service account'],
  [
    'a client id of Google',
    INSTANCE,
    { subject: 'x.apps.googleusercontent.com' },
    'other',
    'by its number, its unique id',
  ],
  [
    "a role's session",
    RUNNER,
    { subject: 'arn:aws:sts::123456789012:assumed-role/octo-runner/i-0' },
    'other',
    "the ARN of a role's session",
  ],
  ['an account', RUNNER, { subject: '123456789012' }, 'other', 'is the ARN of the role or user'],
  [
    'another role',
    RUNNER,
    { subject: 'arn:aws:iam::123456789012:role/other' },
    'other',
    'another role or user of AWS',
  ],
  [
    "another account's issuer",
    RUNNER,
    { issuer: 'https://8.tokens.sts.global.api.aws' },
    'issuer-other',
    'Each AWS account has an issuer of its own',
  ],
  [
    'a client id',
    MACHINE,
    { subject: 'dddddddd-0000-4000-8000-000000000051' },
    'other',
    'such as its client id',
  ],
  [
    'a name',
    MACHINE,
    { subject: 'octo-identity' },
    'other',
    'is its object (principal) id, and the credential holds something else',
  ],
  [
    'the issuer of another provider',
    MACHINE,
    { issuer: `https://gitlab.example/${TENANT}` },
    'issuer-other',
    'No federated credential names the issuer that is presented',
  ],
  [
    'the same tenant in capitals',
    { ...MACHINE, iss: ENTRA.replace(TENANT, 'aaaaaaaa-1111-4111-8111-111111111111') },
    { issuer: 'https://sts.windows.net/AAAAAAAA-1111-4111-8111-111111111111/' },
    'issuer-other',
    'the same tenant, with its issuer in another form',
  ],
  [
    'a tenant that begins alike',
    MACHINE,
    { issuer: ENTRA.replace('1111-1111-4111-8111-11111111111', '2222-1111-4111-8111-11111111111') },
    'issuer-other',
    'belongs to another tenant',
  ],
  [
    'a resource id',
    MACHINE,
    { subject: '/subscriptions/x' },
    'other',
    'the resource id of a managed identity',
  ],
  [
    'the issuer of v1',
    MACHINE,
    { issuer: `https://sts.windows.net/${TENANT}/` },
    'issuer-other',
    'the same tenant, with its issuer in another form',
  ],
  [
    'another tenant',
    MACHINE,
    { issuer: ENTRA.replace('1111-1111', '2222-2222') },
    'issuer-other',
    'belongs to another tenant',
  ],
])('%s: its own first sentence, and a credential that works', (...slip) => expectOwnStory(slip));

test.each([
  ['AWS', { ...RUNNER, aud: 'sts' }],
  ['Entra', { ...MACHINE, aud: 'api://x' }],
  ['Google', { ...INSTANCE, aud: 'https://x.example' }],
])('another audience of %s is asked for by the input', (_, token) => {
  const said = explained(token, {});
  expect(said.explanation).toMatch(
    /^The audience of the token is not the one that the federated credential accepts/,
  );
  expect(said.fix.workflow).toContain(AUDIENCE);
});

test('a refused subject of another issuer is not taken for one of GitHub', () => {
  const said = explain({
    error: `AADSTS700213: No matching federated identity record found for presented assertion subject '${ACCOUNT}'.`,
    presented: { issuer: EKS, subject: ACCOUNT, audience: AUDIENCE },
    claims: null,
    configured: null,
    context: {},
  });
  expect(said.cause).toBe('other');
  expect(said.explanation).toMatch(/^No federated credential trusts the subject that is presented/);
  expect(said.fix.az).toContain(ACCOUNT);
});

test('how long the assertion of another issuer lives is not known', () => {
  const late = 'AADSTS700024: Client assertion is not within its valid time range.';
  const said = explain({
    error: late,
    presented: { issuer: EKS },
    claims: null,
    configured: null,
    context: { minutes_since_login: 30 },
  });
  expect(said.cause).toBe('assertion-expired');
  expect(said.explanation).not.toMatch(/GitHub|five minutes/);
});
