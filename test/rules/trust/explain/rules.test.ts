import { expect, test } from 'vitest';
import { gather } from '../../../../src/trust/explain/evidence.ts';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { readExplainInput } from '../../../../src/trust/explain/input.ts';
import { RULES } from '../../../../src/trust/explain/rules.ts';

const ISSUER = 'https://token.actions.githubusercontent.com';
const AUDIENCE = 'api://AzureADTokenExchange';
const DEV = 'repo:acme/shop:ref:refs/heads/dev';
const MAIN = 'repo:acme/shop:ref:refs/heads/main';

function read(json: unknown) {
  const input = readExplainInput(json);
  return input.ok ? input.input : expect.fail(input.problem);
}

function causes(json: unknown): readonly string[] {
  const { cause, confidence, also } = explain(read(json));
  return [{ cause, confidence }, ...also].map((each) => `${each.cause} (${each.confidence})`);
}

/** The rules that have anything to say, by name. */
function speaking(json: unknown): readonly string[] {
  const evidence = gather(read(json));
  return RULES.filter((rule) => rule(evidence).length > 0).map(({ name }) => name);
}

// A log in which every rule finds words of its own.
const NOISE = `
Not all values are present. Ensure 'client-id' and 'tenant-id' are supplied. Please make sure to give write permissions to id-token.
the external oidc provider; Tenant 'x' not found; unauthorized_client; blocked by Conditional Access; the principal is disabled
the maximum number of federated identity credentials; flexible federated credential; PrincipalNotFound; No subscriptions found
AuthorizationFailed: 403 Forbidden; ECONNRESET; invalid signature; the ID token has expired; the token is not yet valid`;
const QUIET = NOISE.replace('AuthorizationFailed: ', '');
const CREDENTIALS = [
  { name: 'main', issuer: `${ISSUER}/`, subject: MAIN, audiences: [AUDIENCE] },
  {
    name: 'flexible',
    issuer: ISSUER,
    audiences: [AUDIENCE],
    claimsMatchingExpression: { value: 'nonsense', languageVersion: 1 },
  },
];
const FACTS = {
  presented: { issuer: ISSUER, subject: DEV, audience: 'https://github.com/acme' },
  configured: CREDENTIALS,
  context: { intermittent: true, cloud: 'AzureUSGovernment' },
};

test.each<[string, string, readonly string[]]>([
  [
    'a refused subject is about the trust: who got there had a token, its ids and a network',
    `AADSTS700213: No matching federated identity record found for presented assertion subject '${DEV}'.`,
    ['expression', 'nearestDiffers', 'propagation', 'audienceAlone', 'aadstsCode'],
  ],
  [
    'the same refusal without its code',
    `No matching federated identity record found for presented assertion subject '${DEV}'.`,
    ['expression', 'nearestDiffers', 'propagation', 'audienceAlone'],
  ],
  [
    'a policy of Entra speaks for itself',
    'AADSTS53003: Access has been blocked by Conditional Access policies.',
    ['missingInputs', 'aadstsCode'],
  ],
  [
    'a code that is not listed leaves what Entra may have meant',
    'AADSTS19999: something else.',
    ['missingInputs', 'issuerUnreachable', 'wrongTenant', 'refusedByState', 'validity'],
  ],
  [
    'without a code every word counts',
    'Error: it did not work.',
    [
      'idTokenPermission',
      'missingInputs',
      'expression',
      'issuerUnreachable',
      'validity',
      'wrongTenant',
      'unknownClient',
      'refusedByState',
      'credentialLimit',
      'notYetReplicated',
      'noSubscription',
      'noRole',
      'network',
      'signature',
      'differsAnyway',
    ],
  ],
])('%s', (_, error, names) => {
  expect([...speaking({ ...FACTS, error: `${error}${QUIET}` })].sort()).toEqual([...names].sort());
});

const REFUSED = `AADSTS700213: No matching federated identity record found for presented assertion subject '${MAIN}'.`;
const FORBIDDEN =
  "AuthorizationFailed: The client does not have authorization to perform action 'a' over scope 's'.";
const OUT_OF_TIME = 'AADSTS700024: Client assertion is not within its valid time range.';
const times = (now: string, from: string, until: string) =>
  `${OUT_OF_TIME} Current time: ${now}, assertion valid from ${from}, expiry time of assertion ${until}.`;
const AGREES = {
  presented: { issuer: ISSUER, subject: MAIN, audience: AUDIENCE },
  configured: [{ name: 'main', issuer: ISSUER, subject: MAIN, audiences: [AUDIENCE] }],
};

test.each<[string, unknown, string]>([
  // Ages: what is a quarter of an hour old has reached every node.
  [
    'a credential of almost 15 minutes',
    { ...AGREES, error: REFUSED, context: { credential_age_seconds: 899 } },
    'propagation-delay (certain)',
  ],
  [
    'a credential of 15 minutes',
    { ...AGREES, error: REFUSED, context: { credential_age_seconds: 900 } },
    'propagation-delay (likely)',
  ],
  [
    'a role of almost 15 minutes',
    { error: FORBIDDEN, context: { role_assignment_age_seconds: 899 } },
    'propagation-delay (likely)',
  ],
  [
    'a role of 15 minutes',
    { error: FORBIDDEN, context: { role_assignment_age_seconds: 900 } },
    'no-role-assignment (likely)',
  ],
  [
    'no credential found, though one agrees and is new',
    {
      ...AGREES,
      error: 'AADSTS70025: The client has no configured federated identity credentials.',
      context: { credential_age_seconds: 60 },
    },
    'propagation-delay (certain)',
  ],
  [
    'a policy blocks, and the credential is new',
    { ...AGREES, error: 'AADSTS53003: blocked.', context: { credential_age_seconds: 60 } },
    'conditional-access (certain)',
  ],

  // Times: an ID token lives five minutes.
  [
    'out of its time, right after the sign-in',
    { error: OUT_OF_TIME, context: { minutes_since_login: 3 } },
    'clock-skew (likely)',
  ],
  [
    'out of its time, just before its end',
    { error: OUT_OF_TIME, context: { minutes_since_login: 4 } },
    'assertion-expired (likely)',
  ],
  [
    'out of its time, after its end',
    { error: OUT_OF_TIME, context: { minutes_since_login: 5 } },
    'assertion-expired (certain)',
  ],
  [
    'signed out, before its end',
    { error: 'ERROR: Please run az login', context: { minutes_since_login: 4 } },
    'other (possible)',
  ],
  [
    'signed out, at its end',
    { error: 'ERROR: Please run az login', context: { minutes_since_login: 5 } },
    'assertion-expired (likely)',
  ],
  [
    'an hour in, the trust is refused',
    { error: REFUSED, context: { minutes_since_login: 60 } },
    'subject-entity-type (likely)',
  ],
  [
    'after its end, by the clock of Entra',
    { error: times('2026-05-04T10:05:01.1Z', '2026-05-04T10:00:00Z', '2026-05-04T10:05:00Z') },
    'assertion-expired (certain)',
  ],
  [
    'at its end',
    { error: times('2026-05-04T10:05:00.1Z', '2026-05-04T10:00:00Z', '2026-05-04T10:05:00Z') },
    'assertion-expired (likely)',
  ],
  [
    'at its beginning',
    { error: times('2026-05-04T10:00:00.1Z', '2026-05-04T10:00:00Z', '2026-05-04T10:05:00Z') },
    'assertion-expired (likely)',
  ],
  [
    'before its beginning',
    { error: times('2026-05-04T09:59:59.1Z', '2026-05-04T10:00:00Z', '2026-05-04T10:05:00Z') },
    'clock-skew (certain)',
  ],
  [
    'late by the clock, though the log speaks of NotBefore',
    { error: `${times('2026-05-04T10:09:00Z', '2026-05-04T10:00:00Z', '2026-05-04T10:05:00Z')} NotBefore` },
    'assertion-expired (certain)',
  ],
  [
    'only the beginning is quoted',
    { error: `${OUT_OF_TIME} assertion valid from 2026-05-04T10:00:00Z` },
    'assertion-expired (likely)',
  ],

  // What a credential that is not wholly known may hide.
  [
    'one of two credentials is not known in full',
    {
      error: REFUSED,
      presented: { subject: MAIN },
      configured: [
        { name: 'a', issuer: ISSUER, subject: DEV, audiences: [AUDIENCE] },
        { name: 'b', issuer: ISSUER, audiences: [AUDIENCE] },
      ],
    },
    'subject-entity-type (likely)',
  ],
  [
    'one of two credentials agrees, and nothing was refused',
    {
      ...AGREES,
      configured: [{ name: 'a', issuer: ISSUER, subject: DEV, audiences: [AUDIENCE] }, ...AGREES.configured],
    },
    'other (possible)',
  ],
  [
    'a credential without an issuer is no proof',
    {
      error: 'AADSTS70021: No match.',
      configured: [{ name: 'a', issuer: '', subject: MAIN, audiences: [AUDIENCE] }],
      context: { enterprise_slug: 'acme' },
    },
    'subject-entity-type (possible)',
  ],

  [
    'the credential whose subject is not known may be the one that was meant',
    {
      error: REFUSED,
      presented: { issuer: ISSUER, subject: MAIN },
      configured: [
        { name: 'a', issuer: ISSUER, subject: DEV, audiences: [AUDIENCE] },
        { name: 'b', issuer: 'https://gitlab.com', audiences: [AUDIENCE] },
      ],
    },
    'subject-entity-type (possible)',
  ],
  [
    'az says nothing, and the credential is new',
    { ...AGREES, error: 'exit code 1', context: { credential_age_seconds: 60 } },
    'other (possible)',
  ],
  [
    'refused without a code, and the credential is new',
    {
      ...AGREES,
      error: 'No matching federated identity record found',
      context: { credential_age_seconds: 60 },
    },
    'propagation-delay (certain)',
  ],
  [
    'an action is forbidden, beside a code that is not listed',
    { error: `AADSTS19999: x. ${FORBIDDEN}` },
    'no-role-assignment (likely)',
  ],
  [
    'a server, beside a code that is not listed',
    { error: 'AADSTS19999: x.', context: { server_url: 'https://ghes.example' } },
    'other (possible)',
  ],
  [
    'a server, and az says nothing',
    { error: 'exit code 1', context: { server_url: 'https://ghes.example' } },
    'other (possible)',
  ],
  [
    'an hour in, beside a code that is not listed',
    { error: 'AADSTS19999: x.', context: { minutes_since_login: 60 } },
    'other (possible)',
  ],

  // Whose run it was.
  [
    'an actor of another name than Dependabot',
    { context: { event_name: 'push', actor: 'not-dependabot' } },
    'other (possible)',
  ],
  [
    'Dependabot as an app',
    { context: { event_name: 'push', actor: 'Dependabot[bot]' } },
    'fork-or-dependabot (likely)',
  ],
  [
    'a fork without a grant, and az says nothing',
    {
      error: 'exit code 1',
      context: { event_name: 'pull_request', fork: true, id_token_permission: 'none' },
    },
    'fork-or-dependabot (certain)',
  ],
  [
    'a fork, and Entra received no id',
    {
      error: "AADSTS900144: the parameter: 'client_id'.",
      context: { event_name: 'pull_request', fork: true, inputs: { 'client-id': 'empty' } },
    },
    'fork-or-dependabot (certain)',
  ],
  [
    'the hint, and it comes and goes',
    { error: 'Please make sure to give write permissions to id-token', context: { intermittent: true } },
    'network-transient (likely)',
  ],
  [
    'the called workflow is granted what it needs',
    { context: { reusable_workflow: true, reusable_workflow_caller_grants_id_token: true } },
    'other (possible)',
  ],

  [
    'claims that are empty are not known',
    {
      error: 'AADSTS70021: No match.',
      claims: { event_name: 'push', ref: '', environment: '' },
      configured: [{ name: 'a', issuer: ISSUER, subject: MAIN, audiences: [AUDIENCE] }],
    },
    'subject-entity-type (possible)',
  ],

  // Errors as they are pasted.
  [
    'an error of white space',
    { error: ' \n', context: { client_id_kind: 'object-id' } },
    'client-id-wrong-kind (certain)',
  ],
  ['codes as a list', { error: '"error_codes":[0,700016]' }, 'client-id-unknown (likely)'],
  [
    'the refusal without its code',
    { error: `No matching federated identity record found. presented assertion subject '${DEV}'` },
    'subject-branch (likely)',
  ],

  // Issuers.
  [
    'a refused issuer of another provider that looks like none',
    {
      error:
        "AADSTS700211: No match for presented assertion issuer 'https://token.actions.githubusercontent.com//x'.",
    },
    'issuer-other (likely)',
  ],
  [
    'a server, but the plain issuer was presented',
    {
      error: `AADSTS700211: No match for presented assertion issuer '${ISSUER}'.`,
      context: { server_url: 'https://ghes.example' },
    },
    'issuer-trailing-slash (likely)',
  ],
  [
    "keys of GitHub's out of reach, from a server",
    {
      error: 'AADSTS501661: Request to External OIDC endpoint failed.',
      presented: { issuer: ISSUER },
      context: { server_url: 'https://ghes.example' },
    },
    'issuer-ghes (likely)',
  ],
  [
    'a server, and the audience is refused',
    {
      error: "AADSTS700212: No match for presented assertion audience 'x'.",
      context: { server_url: 'https://ghes.example' },
    },
    'audience (certain)',
  ],

  // Codes that look like others.
  [
    'six digits that begin as Conditional Access does',
    { error: 'AADSTS530999: something else.' },
    'other (possible)',
  ],
  [
    'digits that end as Conditional Access does',
    { error: 'AADSTS1253001: something else.' },
    'other (possible)',
  ],
  [
    'Entra could not read what it was sent',
    { error: 'AADSTS90013: Invalid input received from the user.' },
    'missing-inputs (likely)',
  ],
  [
    'an audience that only mentions GitHub',
    { presented: { audience: 'api://x?https://github.com/acme' } },
    'other (possible)',
  ],
  [
    "GitHub's default audience, before anything was refused",
    { presented: { audience: 'https://github.com/acme' } },
    'audience (likely)',
  ],
])('%s', (_, json, first) => {
  expect(causes(json)[0]).toBe(first);
});

test('what is said of an issuer that is refused names each cause once', () => {
  const said = causes({ error: `AADSTS700211: No match for presented assertion issuer '${ISSUER}'.` });
  expect(said).toEqual([
    'issuer-trailing-slash (likely)',
    'issuer-enterprise (possible)',
    'issuer-other (possible)',
    'issuer-ghes (possible)',
  ]);
});

test('of several expressions that are not valid three are named', () => {
  const flexible = (name: string) => ({ ...CREDENTIALS[1], name });
  const { explanation } = explain(
    read({ error: 'AADSTS700235: refused.', configured: ['a', 'b', 'c', 'd'].map(flexible) }),
  );
  expect(explanation).toContain("In 'c'");
  expect(explanation).not.toContain("In 'd'");
});
