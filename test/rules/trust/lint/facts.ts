import type { Credential } from '../../../../src/trust/credential.ts';
import type {
  GitHubFacts,
  LintFacts,
  RoleAssignment,
  WorkflowFacts,
  WorkflowJob,
} from '../../../../src/trust/lint/facts.ts';
import { type LintReport, lint } from '../../../../src/trust/lint/lint.ts';

export const GITHUB = 'https://token.actions.githubusercontent.com';
export const AUDIENCE = 'api://AzureADTokenExchange';
export const SUBSCRIPTION = '/subscriptions/11111111-0000-4000-8000-000000000001';

/** An exact credential. */
export function exact(subject: string, overrides: Partial<Credential> = {}): Credential {
  const base = { name: 'c', issuer: GITHUB, audiences: [AUDIENCE], claimsMatchingExpression: null };
  return { ...base, subject, ...overrides };
}

/** A flexible credential with this expression. */
export function flexible(value: string, overrides: Partial<Credential> = {}): Credential {
  return exact('', { subject: null, claimsMatchingExpression: { value, languageVersion: 1 }, ...overrides });
}

/** A flexible credential over the subject, pinned to a repository, an owner, or nothing. */
export function glob(pattern: string, pin = '', name = 'c'): Credential {
  return flexible(`claims['sub'] matches '${pattern}'${pin}`, { name });
}

export const BY_REPOSITORY = " and claims['repository_id'] eq '2'";
export const BY_OWNER = " and claims['repository_owner_id'] eq '1'";

export function role(
  roleName: string | null,
  scope: string = SUBSCRIPTION,
  overrides: Partial<RoleAssignment> = {},
): RoleAssignment {
  return { principalId: null, roleDefinitionId: '', roleName, scope, ...overrides };
}

export const READER = [role('Reader', `${SUBSCRIPTION}/resourceGroups/app`)];
export const WRITER = [role('Website Contributor', `${SUBSCRIPTION}/resourceGroups/app`)];

export function github(overrides: Partial<GitHubFacts> = {}): GitHubFacts {
  return {
    server: 'https://github.com',
    owners: [],
    repositories: [],
    environments: null,
    workflows: null,
    runnerEnvironment: null,
    repository: { fullName: 'org/app', id: '2', ownerId: '1' },
    ...overrides,
  };
}

export function job(overrides: Partial<WorkflowJob> = {}): WorkflowJob {
  const base = { id: 'deploy', idToken: null, environment: null, usesLogin: true };
  return { ...base, runsOn: ['ubuntu-latest'], ...overrides };
}

export function workflow(overrides: Partial<WorkflowFacts> = {}): WorkflowFacts {
  return { path: '.github/workflows/ci.yml', events: ['push'], idToken: null, jobs: [job()], ...overrides };
}

/** Facts of an identity of which nothing else is known. */
export function facts(credentials: LintFacts['credentials'], overrides: Partial<LintFacts> = {}): LintFacts {
  const identity = { kind: null, clientId: null, objectId: null, enabled: null };
  return {
    credentials,
    identity,
    roles: null,
    cloudAudience: AUDIENCE,
    github: null,
    lastUsed: null,
    ...overrides,
  };
}

export function lintOf(
  credentials: LintFacts['credentials'],
  overrides: Partial<LintFacts> = {},
): LintReport {
  return lint(facts(credentials, overrides));
}

/** The severity of the first finding with this code; null when there is none. */
export function severityOf(report: LintReport, code: string): string | null {
  return report.findings.find((finding) => finding.code === code)?.severity ?? null;
}

export function undecidedOf(report: LintReport, code: string): string[] {
  return report.undecided.filter((each) => each.code === code).map(({ missing }) => missing);
}
