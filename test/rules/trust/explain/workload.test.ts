import { expect, test } from 'vitest';
import type { Credential } from '../../../../src/trust/credential.ts';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { classifyIssuer, isGitHubs, providerOf } from '../../../../src/trust/issuer.ts';

const AKS = 'https://westeurope.oic.prod-aks.azure.com/11111111-1111-4111-8111-111111111111/8/';
const EKS = 'https://oidc.eks.eu-west-1.amazonaws.com/id/0C70';
const GOOGLE = 'https://accounts.google.com';
const AWS = 'https://7.tokens.sts.global.api.aws';
const TENANT = '11111111-1111-4111-8111-111111111111';
const ENTRA = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const AUDIENCE = 'api://AzureADTokenExchange';
const ACCOUNT = 'system:serviceaccount:octo:deployer';
const NUMBER = '104920480235981234567';
const ROLE = 'arn:aws:iam::123456789012:role/octo-runner';
const PRINCIPAL = 'eeeeeeee-0000-4000-8000-000000000051';

interface Token {
  readonly iss: string;
  readonly sub: string;
  readonly aud?: string | readonly string[];
}

/** What is said of a token beside one credential that differs from it in the given way. */
function explained(token: Token, change: Partial<Credential>) {
  const credential: Credential = {
    name: 'one',
    issuer: token.iss,
    subject: token.sub,
    audiences: [AUDIENCE],
    claimsMatchingExpression: null,
    ...change,
  };
  return explain({
    error: null,
    presented: null,
    claims: { aud: AUDIENCE, ...token },
    configured: [credential],
    // What only GitHub's tokens are shaped by must not lead astray.
    context: {
      fork: true,
      reusable_workflow: true,
      server_url: 'https://ghes.example',
      event_name: 'pull_request',
    },
  });
}

const POD: Token = { iss: AKS, sub: ACCOUNT, aud: [AUDIENCE] };
const INSTANCE: Token = { iss: GOOGLE, sub: NUMBER };
const RUNNER: Token = { iss: AWS, sub: ROLE };
const MACHINE: Token = { iss: ENTRA, sub: PRINCIPAL };

test.each<[string, Token, Partial<Credential>, string, string]>([
  [
    "AKS' issuer without its slash",
    POD,
    { issuer: AKS.slice(0, -1) },
    'issuer-trailing-slash',
    'ends in a slash, as all of AKS do',
  ],
  [
    "EKS' issuer with a slash",
    { ...POD, iss: EKS },
    { issuer: `${EKS}/` },
    'issuer-trailing-slash',
    'has no slash at its end',
  ],
  [
    'another cluster of AKS',
    POD,
    { issuer: `${AKS.slice(0, -2)}9/` },
    'issuer-other',
    '`az aks show --query oidcIssuerProfile.issuerUrl`',
  ],
  [
    'another cluster of EKS',
    { ...POD, iss: EKS },
    { issuer: `${EKS}1` },
    'issuer-other',
    '`aws eks describe-cluster',
  ],
  [
    'another cluster of its own',
    { ...POD, iss: 'https://k.example' },
    { issuer: EKS },
    'issuer-other',
    '`kubectl get --raw /.well-known/openid-configuration`',
  ],
  [
    'another namespace',
    POD,
    { subject: 'system:serviceaccount:prod:deployer' },
    'other',
    "in the namespace 'octo', and the credential trusts one in 'prod'",
  ],
  [
    'another service account',
    POD,
    { subject: 'system:serviceaccount:octo:default' },
    'other',
    "runs as the service account 'deployer', and the credential trusts 'default'",
  ],
  ['a bare name', POD, { subject: 'octo/deployer' }, 'other', 'is system:serviceaccount:NAMESPACE:NAME'],
  [
    'another case',
    POD,
    { subject: 'system:serviceaccount:octo:Deployer' },
    'subject-case',
    "trusts 'Deployer' of the same namespace",
  ],
  [
    'a token for the API server',
    { ...POD, aud: 'https://kubernetes.default.svc' },
    {},
    'audience',
    "made for the cluster's own API server",
  ],
  [
    'a token for a vault',
    { ...POD, aud: 'vault' },
    {},
    'audience',
    "The token in the file was made for 'vault'",
  ],
  [
    'a token for something behind AWS',
    { ...POD, aud: 'https://x/sts.amazonaws.com' },
    {},
    'audience',
    "made for 'https://x/sts.amazonaws.com'",
  ],
  [
    'an issuer without its two slashes',
    { ...POD, iss: EKS },
    { issuer: `${EKS}//` },
    'issuer-trailing-slash',
    'has no slash at its end',
  ],
  [
    'a service account with a part too many',
    POD,
    { subject: `${ACCOUNT}:x` },
    'other',
    'is system:serviceaccount:NAMESPACE:NAME',
  ],
  [
    'a service account without its name',
    POD,
    { subject: 'system:serviceaccount:octo:' },
    'other',
    'is system:serviceaccount:NAMESPACE:NAME',
  ],
  [
    'a service account behind something else',
    POD,
    { subject: `x:${ACCOUNT}` },
    'other',
    'is system:serviceaccount:NAMESPACE:NAME',
  ],
  [
    'a subject that no pod has',
    { ...POD, sub: 'octo/deployer' },
    { subject: ACCOUNT },
    'other',
    'No federated credential trusts the subject that is presented',
  ],
  ['a token for AWS', { ...POD, aud: ['sts.amazonaws.com'] }, {}, 'audience', 'made for AWS (IRSA)'],
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
])('%s: its own first sentence, and a credential that works', (_, token, change, cause, sentence) => {
  const said = explained(token, change);
  expect(said.cause).toBe(cause);
  expect(said.explanation.split('\n')[0]).toContain(sentence);
  expect(said.explanation).not.toMatch(/GitHub|workflow|repository|pull.request/i);
  expect(Object.keys(said.fix).filter((kind) => kind === 'github' || kind === 'workflow')).toEqual([]);
  if (cause !== 'audience') {
    expect(said.fix.az).toContain(token.sub);
    expect(said.fix.az).toContain(token.iss);
  }
});

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
  expect(classifyIssuer(issuer)).toEqual({ canonical, kind, provider });
});
