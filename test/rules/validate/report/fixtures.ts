import type { Credential } from '../../../../src/trust/credential.ts';
import { SEVERITIES } from '../../../../src/trust/finding.ts';
import { matchAll } from '../../../../src/trust/match.ts';
import { known, type Report, unknown } from '../../../../src/validate/model.ts';
import { fc } from '../../../harness/property.ts';

const ISSUER = 'https://token.actions.githubusercontent.com';
const AUDIENCE = 'api://AzureADTokenExchange';
const SUBJECT = 'repo:octo-org/octo-app:environment:production';
const CLIENT = '11111111-1111-1111-1111-111111111111';

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

/** Text from someone who wants more of a report than to be shown in it. */
export const hostile: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['\n', '\r\n', '`', '```', '|', '<', '>', '"', ']', '[', '(', ')', '#', '&', ';', ':', '\\', '@'],
        ...['::error::x', '##[add-mask]', '</details>', '</code>', '<script>', '](https://evil.example)'],
        ...['"]\nend', ' end ', 'subgraph', '%%{init}%%', 'www.evil.example', '~~~', '$$', '# ', '- '],
        ...['\u202e', '\u0000', '\u001b[31m', '\u2028', '\u200b', '\ud800', '\u{e0041}', '日', '😀'],
      ),
      fc.string({ maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const code = hostile.map((text) => `x${text}`);
const texts = fc.array(hostile, { maxLength: 3 });
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const credential: fc.Arbitrary<Credential> = fc.record({
  name: hostile,
  issuer: fc.oneof(fc.constant(ISSUER), hostile),
  audiences: texts,
  subject: perhaps(hostile),
  claimsMatchingExpression: perhaps(
    fc.record({
      value: fc.oneof(
        hostile,
        fc.constant("claims['sub'] matches 'repo:x/*' and claims['repository_id'] eq '1'"),
      ),
      languageVersion: fc.constant(1),
    }),
  ),
});

const knownOr = <T>(value: fc.Arbitrary<T>) => fc.oneof(value.map(known), hostile.map(unknown));
const form = perhaps(fc.record({ subject: hostile, credentials: texts }));

/** Reports of every shape, with hostile text wherever there is text. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    report: fc.record({
      version: fc.constant(1 as const),
      result: fc.constantFrom('pass', 'fail', 'unknown'),
      cause: perhaps(fc.constantFrom('audience', 'other')),
      confidence: perhaps(fc.constantFrom('certain', 'likely', 'possible')),
      verdict: hostile,
      explanation: perhaps(hostile),
      fix: fc.record(
        {
          az: hostile,
          graph: hostile,
          terraform: hostile,
          bicep: hostile,
          github: hostile,
          workflow: hostile,
        },
        { requiredKeys: [] },
      ),
      tenantId: hostile,
      clientId: hostile,
      cloud: hostile,
      presentedFrom: fc.constantFrom('token', 'prediction'),
      why: texts,
      exchange: fc.oneof(
        fc.record({ outcome: fc.constant('accepted' as const) }),
        fc.record({
          outcome: fc.constant('refused' as const),
          codes: fc.array(fc.nat(), { maxLength: 2 }),
          text: hostile,
          correlationId: hostile,
        }),
        fc.record({ outcome: fc.constant('not-tried' as const), reason: hostile }),
      ),
      identity: knownOr(
        fc.record({
          clientId: hostile,
          kind: fc.constantFrom('application', 'managed-identity'),
          displayName: hostile,
          principalId: perhaps(hostile),
          enabled: perhaps(fc.boolean()),
          objectId: hostile,
        }),
      ),
      credentialsFrom: fc.constantFrom('directory', 'file', 'none'),
      roles: knownOr(
        fc.array(
          fc.record({
            roleName: perhaps(hostile),
            roleDefinitionId: hostile,
            scope: hostile,
            condition: perhaps(hostile),
            through: perhaps(hostile),
          }),
          { maxLength: 5 },
        ),
      ),
      findings: fc.array(
        fc.record(
          {
            code,
            severity: fc.constantFrom(...SEVERITIES),
            credential: hostile,
            principal: hostile,
            message: hostile,
            evidence: hostile,
            remedy: hostile,
            source: hostile,
          },
          { requiredKeys: ['code', 'severity', 'message', 'evidence', 'remedy', 'source'] },
        ),
        { maxLength: 4 },
      ),
      undecided: fc.array(fc.record({ code, missing: hostile }), { maxLength: 2 }),
      migration: perhaps(
        fc.record({
          emits: fc.constantFrom('name-based', 'immutable', 'custom', 'unknown'),
          nameBased: form,
          immutable: form,
          steps: texts,
          breaks: texts,
        }),
      ),
      probes: fc.array(
        fc.record({
          audience: hostile,
          result: fc.constantFrom('passed', 'accepted', 'unknown'),
          detail: hostile,
        }),
        { maxLength: 2 },
      ),
    }),
    subject: hostile,
    configured: knownOr(fc.array(credential, { maxLength: 4 })),
  })
  .map(({ report, subject, configured }) =>
    configured.known
      ? { ...report, ...against(configured.value, subject) }
      : { ...report, ...against([], subject), credentials: configured },
  );

/** A report as large as any: every text of this length and made of this character. */
export function hugeReport(char: string, findings: number): Report {
  const long = char.repeat(Math.ceil(4_000 / char.length));
  const word = char.repeat(Math.ceil(600 / char.length)).slice(0, 600);
  const credentials = Array.from({ length: 20 }, (_, index) =>
    exact(`${index}${word}`.slice(0, 120), `${word.slice(0, 598)}${String(index).padStart(2, '0')}`, {
      issuer: word,
      audiences: [word],
    }),
  );
  return {
    ...FAIL,
    verdict: long,
    explanation: long,
    fix: { az: long.repeat(6), graph: word, terraform: word, bicep: word, github: word, workflow: word },
    tenantId: word,
    why: Array(100).fill(word),
    exchange: { outcome: 'refused', codes: [1], text: long, correlationId: word },
    identity: known({
      clientId: word,
      kind: 'application',
      displayName: word,
      principalId: word,
      enabled: null,
      objectId: word,
    }),
    ...against(credentials, word),
    roles: known(
      Array(500).fill({
        roleName: word,
        roleDefinitionId: word,
        scope: word,
        condition: word,
        through: word,
      }),
    ),
    findings: Array.from({ length: findings }, (_, index) => ({
      code: `code-${index % 30}`,
      severity: SEVERITIES[index % 5] ?? 'info',
      credential: word,
      message: word,
      evidence: word,
      remedy: word,
      source: word,
    })),
    undecided: Array(1_000).fill({ code: word, missing: word }),
    migration: {
      emits: 'name-based',
      nameBased: { subject: word, credentials: [word] },
      immutable: { subject: word, credentials: [word] },
      steps: Array(100).fill(word),
      breaks: Array(100).fill(word),
    },
    probes: Array(10).fill({ audience: word, result: 'unknown', detail: word }),
  };
}
