import { expect, test } from 'vitest';
import { classifyIssuer, isGitHubs, providerOf } from '../../../src/trust/issuer.ts';

const AKS = 'https://westeurope.oic.prod-aks.azure.com/11111111-1111-4111-8111-111111111111/8/';
const GOOGLE = 'https://accounts.google.com';
const AWS = 'https://7.tokens.sts.global.api.aws';
const TENANT = '11111111-1111-4111-8111-111111111111';
const ENTRA = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const ACCOUNT = 'system:serviceaccount:octo:deployer';
const NUMBER = '104920480235981234567';
const ROLE = 'arn:aws:iam::123456789012:role/octo-runner';
const PRINCIPAL = 'eeeeeeee-0000-4000-8000-000000000051';

test.each([
  ['https://token.actions.githubusercontent.com', 'repo:o/r:ref:x', 'github'],
  ['https://token.actions.githubusercontent.com/slug', null, 'github'],
  ['https://ghes.example/_services/token', null, 'github'],
  [AKS, ACCOUNT, 'kubernetes'],
  ['https://kubernetes.octo.example', ACCOUNT, 'kubernetes'],
  ['https://kubernetes.octo.example', 'x', 'other'],
  [GOOGLE, NUMBER, 'google'],
  [AWS, ROLE, 'aws'],
  [ENTRA, PRINCIPAL, 'entra'],
  [`https://sts.windows.net/${TENANT}/`, PRINCIPAL, 'entra'],
  [null, null, 'github'],
  [null, ACCOUNT, 'kubernetes'],
])('%s with %s is of %s', (issuer, subject, provider) => {
  expect(providerOf(issuer, subject)).toBe(provider);
});

test.each([
  [{ iss: 'https://token.actions.githubusercontent.com', sub: 'repo:o/r:ref:x' }, true],
  [{ sub: 'repo:o/r:ref:x' }, true],
  [{ iss: '', sub: 'repo:o/r:ref:x' }, true],
  [{ sub: ACCOUNT }, false],
  [{ iss: GOOGLE, sub: NUMBER }, false],
])('whether %j is a token of GitHub: %s', (claims, gitHubs) => {
  expect(isGitHubs(claims)).toBe(gitHubs);
});

test.each([
  [
    'HTTPS://Token.Actions.GitHubUserContent.com/',
    'https://token.actions.githubusercontent.com',
    'github',
    'github',
  ],
  [
    'https://token.actions.githubusercontent.com/a/b',
    'https://token.actions.githubusercontent.com',
    'github',
    'github',
  ],
  ['https://GHES.example/_Services/Token/', 'https://ghes.example/_services/token', 'github', 'github'],
  [AKS.slice(0, -1), AKS, 'known', 'kubernetes'],
  ['https://gitlab.com/', 'https://gitlab.com', 'known', 'other'],
  ['gitlab.com', 'gitlab.com', 'unknown', 'other'],
  ['', '', 'unknown', 'other'],
])('%s is written %s', (issuer, canonical, kind, provider) => {
  expect(classifyIssuer(issuer)).toMatchObject({ canonical, kind, provider });
});

test.each([
  ['https://token.actions.githubusercontent.com', null],
  ['https://token.actions.githubusercontent.com/octo', null],
  ['https://token.actions.octo.ghe.com', 'octo.ghe.com'],
  ['https://token.actions.octo.ghe.com/octo', 'octo.ghe.com'],
  ['https://GHES.example:8443/_services/token', 'ghes.example:8443'],
  ['https://gitlab.com', null],
  [`https://sts.windows.net/${TENANT}/`, null],
  ['https://idp.example', null],
])('%s is of the server %s', (issuer, server) => {
  expect(classifyIssuer(issuer).server).toBe(server);
});
