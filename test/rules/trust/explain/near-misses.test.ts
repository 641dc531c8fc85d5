import { expect, test } from 'vitest';
import { AGREES, AUDIENCE, causes, DEV, FORBIDDEN, ISSUER, MAIN, REFUSED } from './reports.ts';

test.each<[string, unknown, string]>([
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
