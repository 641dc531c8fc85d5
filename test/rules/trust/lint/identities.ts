import type { LintFacts } from '../../../../src/trust/lint/facts.ts';
import {
  AUDIENCE,
  BY_OWNER,
  BY_REPOSITORY,
  exact,
  facts,
  flexible,
  GITHUB,
  github,
  glob,
  job,
  role,
  SUBSCRIPTION,
  workflow,
} from './facts.ts';

const GROUP = `${SUBSCRIPTION}/resourceGroups/app`;
const MANAGED = { kind: 'managed-identity', clientId: 'cid', objectId: 'oid', enabled: null } as const;

/** Identities as they are found, with all that can be known of them. */
export const IDENTITIES: Readonly<Record<string, LintFacts>> = {
  'one identity for plan and apply': facts(
    [
      exact('repo:org/app:pull_request', { name: 'plan' }),
      exact('repo:org/app:ref:refs/heads/main', { name: 'apply' }),
      exact('repo:org@1/app@2:ref:refs/heads/main', { name: 'apply-by-id' }),
      exact('repo:org@9/app@2:environment:production', { name: 'strangers' }),
      exact('repo:gone/app:environment:production', { name: 'renamed' }),
    ],
    {
      identity: { kind: 'application', clientId: 'cid', objectId: 'oid', enabled: false },
      roles: [
        role('Contributor', SUBSCRIPTION, { id: 'a', principalId: 'oid', principalExists: true }),
        role('User Access Administrator', GROUP, { id: 'b', condition: '@x' }),
        role('Deployer', SUBSCRIPTION, { id: 'c', actions: ['*/read', 'Microsoft.Web/sites/write'] }),
        role('Reader', '/providers/Microsoft.Management/managementGroups/root', { id: 'd' }),
        role('Owner', GROUP, { id: 'e', principalId: 'gone', principalExists: false }),
      ],
      github: github({
        owners: [
          { name: 'org', id: '1', exists: true },
          { name: 'gone', id: null, exists: false },
        ],
        repositories: [
          { fullName: 'org/app', id: '2', ownerId: '1', exists: true },
          { fullName: 'gone/app', id: null, ownerId: null, exists: false },
        ],
        environments: [
          { repository: 'org/app', name: 'production', protected: false },
          { repository: 'org/app', name: 'staging', protected: true },
        ],
        runnerEnvironment: 'self-hosted',
        workflows: [
          workflow({
            path: '.github/workflows/deploy.yml',
            events: ['push', 'pull_request'],
            idToken: 'write',
            jobs: [
              job({ environment: 'production' }),
              job({ id: 'test', usesLogin: false, runsOn: ['self-hosted', 'linux'] }),
              job({ id: 'call', usesLogin: null, runsOn: null }),
            ],
          }),
          workflow({
            path: '.github/workflows/preview.yml',
            events: ['pull_request_target'],
            jobs: [job({ id: 'preview', idToken: 'write', environment: '${{ inputs.env }}' })],
          }),
        ],
      }),
      lastUsed: { plan: null, apply: '2026-01-01T00:00:00Z' },
    },
  ),
  'a managed identity with wide expressions': facts(
    [
      glob('repo:org/*', BY_OWNER),
      glob('repo:org@1/app@2:ref:refs/heads/*', BY_REPOSITORY),
      glob('repo:org@1/app@2:ref:refs/tags/*', BY_REPOSITORY),
      glob('repo:org@1/app@2:environment:*', BY_REPOSITORY),
      glob('repo:org@1/app@2:*', ` and claims['job_workflow_ref'] matches 'org/ci/.github/workflows/*@*'`),
      glob('repo:org@1/app@2:pull_request', ` and claims['actor'] eq 'dependabot[bot]'`),
      { ...exact('repo:org@1/app@2:ref:refs/heads/*'), name: 'star' },
    ].map((credential, at) => ({ ...credential, name: `${credential.name}${at}` })),
    {
      identity: MANAGED,
      roles: [role('Key Vault Secrets User', `${GROUP}/providers/Microsoft.KeyVault/vaults/kv`)],
      github: github({
        environments: [{ repository: 'org/app', name: 'production', protected: true }],
        workflows: [workflow({ events: ['pull_request'], idToken: 'write' })],
      }),
      lastUsed: {},
    },
  ),
  'credentials that never match': facts(
    [
      exact('repo:org/app:ref:refs/heads/main', { name: 'slash', issuer: `${GITHUB}/` }),
      exact('repo:org/app:ref:refs/heads/main', { name: 'audience', audiences: ['api://other'] }),
      exact('repo:org/app:ref:main', { name: 'short ref' }),
      exact('repo:org/app:ref:refs/heads/gh-readonly-queue/main/pr-7-ab12', { name: 'queue' }),
      exact('repo:org/app:environment:prod', {
        name: 'ghes',
        issuer: 'https://ghes.example/_services/token',
      }),
      exact('system:serviceaccount:apps:deploy', { name: 'cluster', issuer: 'https://oidc.example/cluster' }),
      exact('org/app', { name: 'no form' }),
    ],
    { identity: MANAGED, roles: [], cloudAudience: AUDIENCE },
  ),
  'an identity that many have added to': facts(
    [
      exact('repo:old/app:environment:prod', { name: 'former' }),
      exact('repo:org/app:environment:Prod', { name: 'prod' }),
      exact('repo:org@1/app@2:environment:prod', { name: 'prod by id' }),
      exact('repository_id:2:environment:staging', { name: 'staging by id' }),
      exact('repository_id:3:environment:staging', { name: 'elsewhere by id' }),
      exact('repository_owner_id:1:repository_id:2:environment:dev:ref:refs/heads/main', {
        name: 'dev of main',
      }),
      exact('repository_owner:old', { name: 'all of old' }),
      exact('repository_owner:new', { name: 'all of new' }),
      exact('repository_owner_id:9', { name: 'all of 9' }),
      exact('enterprise:acme:environment:prod', { name: 'enterprise' }),
      glob('repository_owner_id:1:*', '', 'all of 1'),
      exact('system:serviceaccount:apps:deploy', { name: 'cluster', issuer: 'https://oidc.example/cluster' }),
      exact('repo:org/app:environment:prod', { name: 'padded', issuer: ' https://oidc.example/cluster' }),
    ],
    {
      identity: { kind: 'application', clientId: 'cid', objectId: 'oid', enabled: true },
      roles: [
        role('Reader', '/', { id: "/it's", principalId: 'oid' }),
        role('User Access Administrator', '/', { principalId: 'team', principalType: 'Group' }),
        role(null, '/providers/Microsoft.Management/managementGroups/root', { actions: ['*'] }),
        role('Contributor', `${GROUP}/providers/Microsoft.KeyVault/vaults/kv`, { principalId: 'oid' }),
        role('Steward', SUBSCRIPTION, { principalId: 'other' }),
        role('Owner', 'nowhere', { principalId: 'oid' }),
        role('Owner', GROUP, { id: "/roles/it's", principalId: 'left', principalExists: false }),
        role('Owner', GROUP, { principalExists: false }),
      ],
      github: github({
        owners: [
          { name: 'OLD', id: null, exists: false },
          { name: 'new', id: '4', exists: true },
        ],
        repositories: [{ fullName: 'Org/App', id: '2', ownerId: '1', exists: true }],
        environments: [
          { repository: 'ORG/app', name: 'PROD', protected: false },
          { repository: 'org/app', name: 'staging', protected: false },
        ],
        workflows: [
          workflow({
            path: '.github/workflows/plan.yml',
            events: ['pull_request_target', 'push'],
            idToken: 'write',
            jobs: [job({ id: 'plan', runsOn: ['Self-Hosted', 'linux'] }), job({ id: 'lint' })],
          }),
          workflow({
            path: '.github/workflows/deploy.yml',
            idToken: 'write',
            jobs: [
              job(),
              job({ id: 'test', usesLogin: false }),
              job({ id: 'docs', usesLogin: false }),
              job({ id: 'none', idToken: 'none', usesLogin: false }),
            ],
          }),
        ],
      }),
    },
  ),
  'patterns that were meant to be narrow': facts(
    [
      glob('repo:org/app-*:ref:refs/heads/gh-readonly-queue/main/*', BY_OWNER, 'queues'),
      glob('repo:org@1/app@2:ref:refs/tags/v*', BY_REPOSITORY, 'releases'),
      flexible("claims['sub'] matches 'repo:org/app:*", { name: 'cut off' }),
    ],
    {
      identity: { kind: 'application', clientId: 'cid', objectId: 'oid', enabled: true },
      roles: [role('Website Contributor', GROUP, { principalId: 'oid' })],
      github: github({ runnerEnvironment: 'github-hosted', workflows: [workflow()] }),
    },
  ),
  'roles without a credential': facts([], {
    identity: { kind: 'application', clientId: 'cid', objectId: 'oid', enabled: false },
    roles: [role('Reader', GROUP, { principalId: 'oid' }), role('AcrPull', GROUP, { principalId: 'oid' })],
    lastUsed: {},
  }),
};
