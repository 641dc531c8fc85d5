import { expect, test } from 'vitest';
import { CLOUDS } from '../../../../../src/trust/clouds.ts';
import type { Credential } from '../../../../../src/trust/credential.ts';
import {
  AUDIENCE,
  BY_REPOSITORY,
  exact,
  facts,
  flexible,
  GITHUB,
  github,
  glob,
  lintOf,
  READER,
} from '../facts.ts';

/** What a rule says of one credential; null where it says nothing. */
function told(code: string, credential: Credential): string | null {
  return lintOf([credential]).findings.find((finding) => finding.code === code)?.message ?? null;
}

const QUEUE = 'repo:org/app:ref:refs/heads/gh-readonly-queue/main/pr-7-ab12';
const ONE_RUN = `Credential 'c' never matches again: '${QUEUE}' is the subject of one run of a merge queue, and every run has its own.`;

test.each<[told: string | null, Credential]>([
  [ONE_RUN, exact(QUEUE)],
  [ONE_RUN, flexible(`claims['sub'] eq '${QUEUE}'${BY_REPOSITORY}`)],
  [ONE_RUN, glob(QUEUE, BY_REPOSITORY)],
  [ONE_RUN, flexible(`claims['repository_id'] eq '2' and claims['sub'] eq '${QUEUE}'`)],
  [null, glob(QUEUE.replace('pr-7-ab12', '*'), BY_REPOSITORY)],
  [null, glob('repo:org/app:*', ` and claims['job_workflow_ref'] eq 'org/x@${QUEUE}'`)],
  [null, exact('repo:org/app:ref:refs/heads/gh-readonly-queues/main')],
  [null, exact('repo:org/app:environment:gh-readonly-queue/main')],
  [null, flexible("claims['sub'] eq")],
])('merge-queue-never-matches: %#', (expected, credential) => {
  expect(told('merge-queue-never-matches', credential)).toBe(expected);
});

const inert = (text: string) =>
  `Credential 'c' has a wildcard in '${text}', which is compared as it stands, so the wildcard matches nothing but itself.`;

test.each<[told: string | null, Credential]>([
  [inert('repo:org/*'), exact('repo:org/*')],
  [inert('repo:org/ap?'), exact('repo:org/ap?')],
  [inert('repo:org/*'), flexible(`claims['sub'] eq 'repo:org/*'${BY_REPOSITORY}`)],
  [inert('2?'), glob('repo:org/app:*', " and claims['repository_id'] eq '2?'")],
  [inert('o/*'), glob('repo:org/app:*', `${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'o/*'`)],
  [null, glob('repo:org/app:*', BY_REPOSITORY)],
  [null, exact('repo:org/app:pull_request')],
  [null, flexible("claims['sub'] eq 'repo:org/*")],
])('literal-wildcard: %#', (expected, credential) => {
  expect(told('literal-wildcard', credential)).toBe(expected);
});

test.each([
  // An issuer that is known is set right in all that is wrong with it, not in its white space alone.
  [` HTTPS://Token.Actions.GitHubUserContent.com/ `, GITHUB],
  ['https://idp.example/x ', 'https://idp.example/x'],
  ['\thttps://idp.example/X', 'https://idp.example/X'],
])('issuer-never-matches: %j is %s', (issuer, right) => {
  expect(told('issuer-never-matches', exact('x', { issuer }))).toBe(
    `Credential 'c' never matches: its issuer is '${issuer}', and tokens carry '${right}'.`,
  );
});

test.each([
  [[AUDIENCE], null],
  [[], null],
  [['api://other'], 'api://other'],
  [[AUDIENCE, 'api://other'], 'api://other'],
  [[AUDIENCE.toLowerCase()], AUDIENCE.toLowerCase()],
])('unusual-audience: %j', (audiences, unusual) => {
  const found = told('unusual-audience', exact('x', { audiences }));
  expect(found).toBe(
    unusual === null
      ? null
      : `Credential 'c' expects the audience '${unusual}', and the default of this cloud is '${AUDIENCE}'.`,
  );
});

test('names are told by what is known of each', () => {
  const owner = (name: string, exists: boolean | null) => ({ name, id: null, exists });
  const repository = (fullName: string, exists: boolean | null) => ({
    fullName,
    id: null,
    ownerId: null,
    exists,
  });
  const looked = github({
    owners: [owner('org', true), owner('gone', false), owner('dim', null)],
    repositories: [repository('org/app', true), repository('org/gone', false), repository('org/dim', null)],
  });
  const said = (credential: Credential) =>
    lintOf([credential], { github: looked })
      .findings.find(({ code }) => code === 'name-only-subject')
      ?.message.replace("Credential 'c' trusts ", '') ?? null;
  const names = 'names without ids, so whoever takes over the names gets the identity';
  const free = 'which no longer exists, so anyone who registers the name gets the identity.';
  const doubt = '; whether they still exist is not known.';
  expect(said(exact('repo:org/app:environment:x'))).toBe(`${names}.`);
  expect(said(exact('repo:Org/App:environment:x'))).toBe(`${names}.`);
  expect(said(exact('repo:org/dim:environment:x'))).toBe(`${names}${doubt}`);
  expect(said(exact('repo:org/other:environment:x'))).toBe(`${names}${doubt}`);
  expect(said(exact('repo:org/gone:environment:x'))).toBe(`repository 'org/gone', ${free}`);
  expect(said(exact('repo:Gone/app:environment:x'))).toBe(`owner 'Gone', ${free}`);
  expect(said(exact('repository_owner:org:environment:x'))).toBe(`${names}.`);
  expect(said(exact('repository_owner:dim:environment:x'))).toBe(`${names}${doubt}`);
  expect(said(exact('repository_owner:gone:environment:x'))).toBe(`owner 'gone', ${free}`);
  // An id beside the name holds, whoever has the name.
  expect(said(exact('repository_owner_id:1:repository_owner:gone:environment:x'))).toBe(null);
  expect(said(exact('repository_owner:gone:repository_id:2:environment:x'))).toBe(null);
  expect(said(exact('enterprise:gone:environment:x'))).toBe(null);
  expect(said(exact('environment:x'))).toBe(null);
});

test('permissions of workflows concern an identity that GitHub may use, and one that could not be read', () => {
  const open = (credentials: readonly Credential[] | null) =>
    lintOf(credentials)
      .undecided.filter(({ code }) => code === 'id-token-overgranted')
      .map(({ missing }) => missing.split(' ', 2).join(' '));
  expect(open([exact('repo:org/app:pull_request')])).toEqual(['workflow files']);
  expect(open([exact('x', { issuer: 'https://gitlab.com' })])).toEqual([]);
  expect(open([])).toEqual([]);
  expect(open(null)).toEqual(['federated identity']);
});

test('an expression has its own reasons not to be evaluated, and a managed identity one for all', () => {
  const reason = (credential: Credential, kind: 'application' | 'managed-identity' | null = null) => {
    const identity = { ...facts([]).identity, kind };
    const { findings, undecided } = lintOf([credential], { identity, roles: READER });
    const found = findings.find(({ code }) => code === 'expression-unsupported')?.message;
    return (
      found?.replace(/^.* does not evaluate: /, '') ??
      undecided.find(({ code }) => code === 'expression-unsupported')?.missing.slice(0, 24) ??
      null
    );
  };
  const good = glob('repo:org/app:*', BY_REPOSITORY);
  const version = (languageVersion: number) => ({
    ...good,
    claimsMatchingExpression: { value: good.claimsMatchingExpression?.value ?? '', languageVersion },
  });
  expect(reason(good, 'application')).toBe(null);
  expect(reason(good, 'managed-identity')).toBe('managed identities may not use expressions.');
  expect(reason(good)).toBe('whether the identity is ');
  expect(reason(version(1), 'application')).toBe(null);
  expect(reason(version(2))).toBe('its languageVersion is 2, and 1 is the only one.');
  expect(reason(flexible("claims['sub'] eq"))).toBe(
    'it cannot be read (expected one space and a comparand in single quotes, at character 17).',
  );
  expect(reason(flexible("claims['sub'] eq 'x'", { issuer: `${GITHUB}/octo` }))).toBe(
    `the issuer '${GITHUB}/octo' may not use expressions.`,
  );
  expect(reason(glob('repo:org/app:*', " and claims['actor'] eq 'me'"))).toBe(
    "the claim 'actor' is not allowed: sub, job_workflow_ref, repository_id, repository_owner_id are.",
  );
  expect(reason(glob('repo:org/app:*', " and claims['repository_id'] matches '2*'"))).toBe(
    "'repository_id' allows eq only.",
  );
  expect(reason(flexible("claims['repository_id'] eq '2'"))).toBe('the expression must name sub.');
  expect(reason(exact('repo:org/app:pull_request'), 'managed-identity')).toBe(null);
});

test('unusual-audience: where the cloud is not known, the default of none', () => {
  const remedyOf = (audience: string, cloudAudience: string | null) => {
    const { findings } = lintOf([exact('x', { audiences: [audience] })], { cloudAudience });
    return findings.find(({ code }) => code === 'unusual-audience')?.remedy ?? null;
  };
  for (const { audience } of Object.values(CLOUDS)) {
    expect(remedyOf(audience, null)).toBe(null);
    expect(remedyOf(audience, audience)).toBe(null);
  }
  expect(remedyOf(CLOUDS.AzureUSGovernment.audience, AUDIENCE)).toMatch(
    `Set the audience to '${AUDIENCE}', or`,
  );
  expect(remedyOf('api://own', null)).toMatch(
    `'${AUDIENCE}' or 'api://AzureADTokenExchangeUSGov' or 'api://AzureADTokenExchangeChina'`,
  );
});
