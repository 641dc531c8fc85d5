import { expect } from 'vitest';
import { chosenCloud } from '../../src/inputs/cloud.ts';
import { idsToMask, parseInputs } from '../../src/inputs/parse.ts';
import { INPUT_TABLE, type InputName, type RawInputs, rawInputs } from '../../src/inputs/table.ts';
import { Failure } from '../../src/report/failure.ts';
import { idTokenEndpoint } from '../../src/sources/github.ts';
import { explainAbsence, explainEmptyValue, isForkPullRequest } from '../../src/sources/github-absent.ts';
import { CLOUDS } from '../../src/trust/clouds.ts';
import { fc } from '../harness/property.ts';
import { campaign } from './campaign.ts';
import { expectInertFailure, givenOrInertFailure } from './inert.ts';
import { anyJson, hostile, recordOf } from './texts.ts';

const CLIENT = 'aaaaaaaa-0000-4000-8000-000000000001';
const TENANT = 'bbbbbbbb-0000-4000-8000-000000000002';
const NAMES = Object.keys(INPUT_TABLE) as InputName[];

const likely = fc.constantFrom(
  ...['login', 'validate', 'true', 'false', 'override', CLIENT, TENANT, 'contoso.onmicrosoft.com', 'arm'],
  ...['google', 'aws', 'file:/x', 'managed-identity', 'direct-managed-identity', 'auto', 'none', 'az', '60'],
);
const anyInputs: fc.Arbitrary<RawInputs> = fc
  .record(Object.fromEntries(NAMES.map((name) => [name, fc.oneof(likely, hostile)])), { requiredKeys: [] })
  .map((some) => {
    const given: Partial<Record<InputName, string>> = { 'client-id': CLIENT, 'tenant-id': TENANT, ...some };
    return rawInputs((name) => given[name] ?? '');
  });

/** A secret that got into the wrong input: no message may hold it, or a part of it that is long enough to be one. */
const secret = fc.stringMatching(/^[A-Za-z0-9~_.=-]{16,60}$/).map((text) => `S3cr3t~${text}`);

campaign('inputs are parsed, or one of them is refused by its name', anyInputs, async (raw) => {
  const parsed = await givenOrInertFailure(() => parseInputs(raw, CLOUDS.AzureCloud, () => 'why'));
  if (!(parsed instanceof Failure)) return void idsToMask({ ...parsed, maskIds: true });
  expect(parsed.diagnosis.code).toBe('input-invalid');
  expect(NAMES).toContain(parsed.diagnosis.facts[0]?.value);
});

/** Not secrets where they are right: a name that the message must tell. */
const NAMED: readonly InputName[] = ['export-access-token', 'tokens', 'audience'];

campaign(
  'no message about inputs holds what stood in one, alone, in a list or between other texts',
  fc.record({
    name: fc.constantFrom(...NAMES.filter((name) => !NAMED.includes(name))),
    value: secret,
    frame: fc.constantFrom(
      '_',
      '_\n_',
      'x, _',
      'resource-id=_',
      'file:_',
      'managed-identity:_',
      'https://_',
      'a=_',
    ),
  }),
  async ({ name, value, frame }) => {
    const given = { 'client-id': CLIENT, 'tenant-id': TENANT, [name]: frame.replaceAll('_', value) };
    const raw = rawInputs((input) => given[input as keyof typeof given] ?? '');
    const parsed = await givenOrInertFailure(() => {
      const cloud = chosenCloud(raw.cloud);
      return parseInputs(raw, cloud instanceof URL ? CLOUDS.AzureCloud : cloud, () => 'why');
    });
    if (parsed instanceof Failure) expect(JSON.stringify(parsed.diagnosis)).not.toContain('S3cr3t');
  },
);

campaign(
  'a cloud is known, or a URL of https without more than a host, or refused',
  hostile,
  async (text) => {
    for (const value of [text, `https://${text}`]) {
      const cloud = await givenOrInertFailure(() => chosenCloud(value));
      if (!(cloud instanceof URL)) continue;
      const { origin, host, username, password, pathname, search, hash } = cloud;
      expect([origin, pathname]).toEqual([`https://${host}`, '/']);
      expect(username + password + search + hash).toBe('');
    }
  },
);

const side = recordOf({ repo: recordOf({ id: fc.nat(3), full_name: hostile }) });
const event = fc.oneof(recordOf({ pull_request: recordOf({ head: side, base: side }) }), anyJson);
const environment = recordOf({
  GITHUB_EVENT_NAME: fc.constantFrom('pull_request', 'pull_request_review', 'push', 'pull_request_target'),
  GITHUB_ACTOR: fc.constantFrom('dependabot[bot]', 'octocat'),
  GITHUB_WORKFLOW_REF: hostile,
}).map((env) => Object.fromEntries(Object.entries(env).filter(([, value]) => typeof value === 'string')));

campaign(
  'the absence of the permission is explained whatever the payload of the event',
  fc.tuple(environment, event),
  ([env, payload]) => {
    const failure = explainAbsence(env, payload);
    expectInertFailure(failure);
    expect(['fork-pull-request', 'dependabot-run', 'id-token-permission']).toContain(failure.diagnosis.code);
    expect(explainEmptyValue(env, payload)).toMatch(/^(This run|The secret)/);
    if (isForkPullRequest(env, payload)) expect(env['GITHUB_EVENT_NAME']).toMatch(/^pull_request(_review)?$/);
  },
);

campaign(
  'the request token goes by https to GitHub, whatever the URL says',
  fc.tuple(
    hostile,
    fc.constantFrom(
      'https://_',
      '_',
      'https://x.actions.githubusercontent.com_',
      'https://token.actions.githubusercontent.com@_',
    ),
  ),
  async ([text, frame]) => {
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: frame.replace('_', text),
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
      GITHUB_SERVER_URL: 'https://github.com',
    };
    const endpoint = await givenOrInertFailure(() => idTokenEndpoint(env, () => null));
    if (endpoint instanceof Failure) return;
    expect(endpoint.url.protocol).toBe('https:');
    expect(endpoint.url.hostname).toMatch(/(^|\.)actions\.githubusercontent\.com$/);
  },
);
