import { expect, test } from 'vitest';
import { BY_REPOSITORY, exact, glob, lintOf, READER, undecidedOf } from './facts.ts';

const PROD = exact('repo:org@1/app@2:environment:prod', { name: 'e' });

test('what is not known is told with what would tell it', () => {
  const report = lintOf([PROD, glob('repo:org/app:environment:dev', BY_REPOSITORY)]);
  expect(Object.fromEntries(report.undecided.map(({ code, missing }) => [code, missing]))).toEqual({
    'environment-unprotected': expect.stringContaining("environment 'dev' of org/app"),
    'expression-unsupported': expect.stringContaining('application or a managed identity'),
    'foreign-owner-id': expect.stringContaining('Metadata: read'),
    'broad-role': expect.stringContaining('roleAssignments/read'),
    'disabled-principal': expect.stringContaining('Application.Read.All'),
    'stale-identity': expect.stringContaining('AuditLog.Read.All'),
    'plan-and-apply-shared': expect.stringContaining('Contents: read'),
    'self-hosted-runner': expect.stringContaining('runner_environment'),
    'id-token-overgranted': expect.stringContaining('Contents: read'),
  });
});

test('credentials that could not be read leave their rules undecided, and nothing passes for stale', () => {
  const report = lintOf(null, { roles: READER });
  expect(undecidedOf(report, 'owner-wildcard')).toEqual([
    expect.stringContaining('federatedIdentityCredentials/read'),
  ]);
  expect(report.findings).toEqual([]);
});
