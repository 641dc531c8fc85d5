import type { Credential } from '../../../../src/trust/credential.ts';
import { matchAll } from '../../../../src/trust/match.ts';
import { known, type Report, unknown } from '../../../../src/validate/model.ts';

export const ISSUER = 'https://token.actions.githubusercontent.com';
const AUDIENCE = 'api://AzureADTokenExchange';
const SUBJECT = 'repo:octo-org/octo-app:environment:production';
const CLIENT = '11111111-1111-1111-1111-111111111111';

/** A credential that trusts GitHub's token with this subject. */
export function exact(name: string, subject: string, rest: Partial<Credential> = {}): Credential {
  return { name, issuer: ISSUER, audiences: [AUDIENCE], subject, claimsMatchingExpression: null, ...rest };
}

/** What the credentials make of a subject, as the flow fills it in. */
export function against(
  credentials: readonly Credential[],
  subject = SUBJECT,
): Pick<Report, 'credentials' | 'matched' | 'matches' | 'presented'> {
  const presented = { issuer: ISSUER, subject, audience: AUDIENCE };
  const { matched, results } = matchAll({ iss: ISSUER, sub: subject, aud: AUDIENCE }, credentials);
  return { credentials: known(credentials), matched, matches: results, presented };
}

export const PASS: Report = {
  version: 1,
  result: 'pass',
  cause: null,
  confidence: null,
  verdict: 'The credential `production` matches, and Entra accepted the token.',
  explanation: null,
  fix: {},
  tenantId: '22222222-2222-2222-2222-222222222222',
  clientId: CLIENT,
  cloud: 'AzureCloud',
  presentedFrom: 'token',
  why: ['The environment wins over the branch, because the job names one.'],
  exchange: { outcome: 'accepted' },
  identity: known({
    clientId: CLIENT,
    kind: 'application',
    displayName: 'octo-app deploys',
    principalId: '33333333-3333-3333-3333-333333333333',
    enabled: true,
    objectId: '44444444-4444-4444-4444-444444444444',
  }),
  credentialsFrom: 'directory',
  ...against([exact('production', SUBJECT)]),
  roles: known([
    {
      roleName: 'Website Contributor',
      roleDefinitionId: 'de139f84-1756-47ae-9be6-808fbbe84772',
      scope: '/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/octo',
      condition: null,
      through: null,
    },
  ]),
  findings: [],
  undecided: [],
  migration: null,
  probes: [{ audience: 'https://github.com/octo-org', result: 'passed', detail: 'AADSTS700212' }],
};

export const FAIL: Report = {
  ...PASS,
  result: 'fail',
  cause: 'subject-case',
  confidence: 'certain',
  verdict: 'No credential trusts `repo:octo-org/octo-app:environment:production`.',
  explanation:
    'Entra compares subjects case-sensitively, and the nearest credential names the environment in another case than the job does.',
  fix: {
    workflow: 'environment: Production',
    az: "az ad app federated-credential update --id 1 \\\n  --parameters '{}'",
  },
  exchange: {
    outcome: 'refused',
    codes: [700213],
    text: 'No matching federated identity record found.',
    correlationId: 'c0',
  },
  ...against([
    exact('main', 'repo:octo-org/octo-app:ref:refs/heads/main', { audiences: ['api://other'] }),
    exact('production', 'repo:octo-org/octo-app:environment:Production'),
    exact('pull', 'repo:octo-org/octo-app:pull_request'),
  ]),
  roles: known([]),
  findings: [
    {
      code: 'credential-headroom',
      severity: 'low',
      message: '16 of 20 credentials are used.',
      evidence: '16',
      remedy: 'Remove those that nothing uses.',
      source: 'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations',
    },
    {
      code: 'pull-request-trusted',
      severity: 'critical',
      credential: 'pull',
      message: 'Unreviewed code of a pull request gets this identity.',
      evidence: 'repo:octo-org/octo-app:pull_request',
      remedy: 'Trust an environment with a protection rule instead.',
      source: 'binarysecurity.no 2025/09',
    },
  ],
  migration: {
    emits: 'name-based',
    nameBased: { subject: SUBJECT, credentials: [] },
    immutable: { subject: 'repo:octo-org@1/octo-app@2:environment:production', credentials: ['new'] },
    steps: ['Throw the switch.', 'Remove the name-based credential.'],
    breaks: ['The workflow `deploy.yml`.'],
  },
};

export const UNKNOWN: Report = {
  ...PASS,
  result: 'unknown',
  verdict: 'Whether Entra trusts this workflow could not be found out.',
  presentedFrom: 'prediction',
  why: [],
  exchange: { outcome: 'not-tried', reason: 'there is no token outside of a workflow' },
  identity: unknown('Application.Read.All on Microsoft Graph'),
  credentials: unknown('Application.Read.All on Microsoft Graph'),
  credentialsFrom: 'none',
  matched: null,
  matches: [],
  roles: unknown('Microsoft.Authorization/roleAssignments/read'),
  undecided: [{ code: 'environment-unprotected', missing: 'the protection rules of the environment' }],
  migration: { emits: 'unknown', nameBased: null, immutable: null, steps: [], breaks: [] },
  probes: [{ audience: 'api://AzureADTokenExchangeUSGov', result: 'unknown', detail: 'no answer' }],
};
