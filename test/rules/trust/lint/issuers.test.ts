import { expect, test } from 'vitest';
import { classifyIssuer } from '../../../../src/trust/issuer.ts';
import { fc } from '../../../harness/property.ts';
import { exact, GITHUB, github, lintOf, READER, severityOf, undecidedOf } from './facts.ts';

const TENANT = '22222222-0000-4000-8000-000000000002';

test.each([
  GITHUB,
  `${GITHUB}/octo-enterprise`,
  'https://token.actions.octo.ghe.com',
  'https://token.actions.octo.ghe.com/octo',
  'https://github.octo.example/_services/token',
  'https://gitlab.com',
  'https://app.terraform.io',
  'https://app.eu.terraform.io',
  `https://login.microsoftonline.com/${TENANT}/v2.0`,
  `https://sts.windows.net/${TENANT}/`,
  `https://eastus.oic.prod-aks.azure.com/${TENANT}/${TENANT}/`,
  'https://oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF0123456789',
  'https://container.googleapis.com/v1/projects/p/locations/europe-west1/clusters/c',
  'https://accounts.google.com',
  'https://4f2a.tokens.sts.global.api.aws',
])('%s is known as it stands', (issuer) => {
  expect(classifyIssuer(issuer)).toMatchObject({ canonical: issuer });
  const report = lintOf([exact('s', { issuer })], { roles: READER });
  expect(severityOf(report, 'unknown-issuer')).toBe(null);
  expect(severityOf(report, 'issuer-never-matches')).toBe(null);
});

test.each([
  [`${GITHUB}/`, GITHUB],
  [`${GITHUB}//`, GITHUB],
  [` ${GITHUB}`, GITHUB],
  ['https://Token.Actions.GitHubUserContent.com', GITHUB],
  ['HTTPS://token.actions.githubusercontent.com', GITHUB],
  ['http://token.actions.githubusercontent.com', GITHUB],
  [`${GITHUB}/.well-known/openid-configuration`, GITHUB],
  [`${GITHUB}/octo/`, `${GITHUB}/octo`],
  ['https://github.octo.example/_Services/Token', 'https://github.octo.example/_services/token'],
  ['https://gitlab.com/', 'https://gitlab.com'],
  [`https://sts.windows.net/${TENANT}`, `https://sts.windows.net/${TENANT}/`],
  ['https://idp.example/ ', 'https://idp.example/'],
])('%s never matches: tokens carry %s', (issuer, right) => {
  const report = lintOf([exact('repo:org/app:pull_request', { issuer })], { roles: [] });
  const found = report.findings.find(({ code }) => code === 'issuer-never-matches') ?? expect.fail();
  expect(found).toMatchObject({ severity: 'medium', evidence: issuer });
  expect(found.message).toContain(`'${right}'`);
  expect(severityOf(report, 'pull-request-trusted')).toBe(null);
});

test.each([
  `${GITHUB}.evil.example`,
  `${GITHUB}@evil.example`,
  'https://evil.example/token.actions.githubusercontent.com',
  'https://evil.example',
  'https://store.blob.core.windows.net/oidc',
  'https://gitlab.com.evil.example',
  'token.actions.githubusercontent.com',
])('%s is unknown: critical with roles, undecided without knowing them, nothing without any', (issuer) => {
  const credentials = [exact('s', { issuer })];
  expect(severityOf(lintOf(credentials, { roles: READER }), 'unknown-issuer')).toBe('critical');
  expect(severityOf(lintOf(credentials, { roles: [] }), 'unknown-issuer')).toBe(null);
  const report = lintOf(credentials);
  expect(severityOf(report, 'unknown-issuer')).toBe(null);
  expect(undecidedOf(report, 'unknown-issuer')).toEqual([expect.stringContaining('roleAssignments/read')]);
});

const ANYBODYS = [
  'https://evil.example/_services/token',
  'https://token.actions.evil.ghe.com',
  'https://token.actions.evil.ghe.com/evil',
];

test.each(ANYBODYS)('%s is unknown where the identity is for another GitHub', (issuer) => {
  const credentials = [exact('repo:org/app:ref:refs/heads/main', { issuer })];
  for (const server of ['https://github.com', 'https://octo.ghe.com', 'https://github.octo.example/']) {
    const { findings } = lintOf(credentials, { roles: READER, github: github({ server }) });
    const found = findings.find(({ code }) => code === 'unknown-issuer') ?? expect.fail();
    expect(found).toMatchObject({ severity: 'critical', credential: 'c', evidence: issuer });
    expect(found.message).toContain(`not the issuer of ${server.replace(/^https:..|.$/g, '')}`);
  }
});

test.each(ANYBODYS)('%s is undecided where it is not known for which GitHub the identity is', (issuer) => {
  const credentials = [exact('repo:org/app:ref:refs/heads/main', { issuer })];
  const server = expect.stringContaining("'server'");
  for (const facts of [null, github({ server: null }), github({ server: 'github.com' })]) {
    const report = lintOf(credentials, { roles: READER, github: facts });
    expect(severityOf(report, 'unknown-issuer')).toBe(null);
    expect(undecidedOf(report, 'unknown-issuer')).toEqual([server]);
  }
  const neither = undecidedOf(lintOf(credentials), 'unknown-issuer');
  expect(neither).toEqual([expect.stringContaining('roleAssignments/read'), server]);
  expect(undecidedOf(lintOf(credentials, { roles: [] }), 'unknown-issuer')).toEqual([]);
});

test.each([
  ['https://evil.example/_services/token', 'https://EVIL.example'],
  ['https://token.actions.evil.ghe.com', 'https://evil.ghe.com/'],
  [GITHUB, 'https://evil.ghe.com'],
])('%s is known for %s', (issuer, server) => {
  const report = lintOf([exact('s', { issuer })], { roles: null, github: github({ server }) });
  expect(severityOf(report, 'unknown-issuer')).toBe(null);
  expect(undecidedOf(report, 'unknown-issuer')).toEqual([]);
});

test('a slash at the end of an issuer that nobody knows may be right', () => {
  expect(severityOf(lintOf([exact('s', { issuer: 'https://idp.example/' })]), 'issuer-never-matches')).toBe(
    null,
  );
});

test('the canonical form is its own', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.string()), (issuer) => {
      const { canonical } = classifyIssuer(issuer);
      expect(classifyIssuer(canonical).canonical).toBe(canonical);
    }),
  );
});
