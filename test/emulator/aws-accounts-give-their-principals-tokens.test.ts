import {
  GetWebIdentityTokenCommand,
  type GetWebIdentityTokenCommandInput,
  STSClient,
} from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import type { AwsKey } from '../../src/emulator/workloads/entities.ts';
import { application, claimsOf, codeOf, send } from './client.ts';
import { useEmulator } from './fixture.ts';
import { askLocal } from './local.ts';
import { metadataOf, verified } from './published.ts';

const emulator = useEmulator();
const ROLE = 'arn:aws:iam::123456789012:role/octo-runner';
const ASKED = { Audience: ['api://AzureADTokenExchange'], SigningAlgorithm: 'RS256' };

const account = () => emulator.current.state.workloads.aws;

function key(index = 0): AwsKey {
  const found = account().keys[index];
  if (!found) throw new Error('no such key');
  return found;
}

interface Sent {
  method: string;
  hostname: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Takes what the SDK has signed to the emulator, in this process. */
function handler(host?: string) {
  return {
    async handle({ method, hostname, path, headers, body }: Sent) {
      const url = `https://${host ?? hostname}${path}`;
      const response = await emulator.current.handle(new Request(url, { method, headers, body }));
      const bytes = new Uint8Array(await response.arrayBuffer());
      const answer = {
        statusCode: response.status,
        headers: Object.fromEntries(response.headers),
        body: bytes,
      };
      return { response: answer };
    },
  };
}

interface Options {
  credentials?: Partial<AwsKey>;
  host?: string;
  systemClockOffset?: number;
  useGlobalEndpoint?: boolean;
}

/** Asks for a token by the real SDK. */
async function ask(input: Partial<GetWebIdentityTokenCommandInput> = {}, options: Options = {}) {
  const { accessKeyId, secretAccessKey, sessionToken } = { ...key(), ...options.credentials };
  const client = new STSClient({
    region: 'eu-west-1',
    useGlobalEndpoint: options.useGlobalEndpoint ?? false,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    requestHandler: handler(options.host) as never,
    maxAttempts: 1,
    systemClockOffset: options.systemClockOffset ?? 0,
  });
  return client.send(new GetWebIdentityTokenCommand({ ...ASKED, ...input }));
}

async function tokenOf(...asked: Parameters<typeof ask>): Promise<string> {
  return (await ask(...asked)).WebIdentityToken ?? '';
}

test.each(['RS256', 'ES384'])(
  'a token signed with %s is verified by the keys of the account',
  async (alg) => {
    const { issuer } = account();
    const { WebIdentityToken: token = '', Expiration } = await ask({ SigningAlgorithm: alg });
    const metadata = await metadataOf(emulator.current, issuer);
    expect(metadata).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
    const { payload } = await verified(emulator.current, token, metadata, {
      audience: 'api://AzureADTokenExchange',
      algorithms: [alg],
    });
    expect(payload).toMatchObject({
      sub: ROLE,
      jti: expect.any(String),
      'https://sts.amazonaws.com/': { aws_account: '123456789012', source_region: 'eu-west-1' },
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    expect(Expiration?.getTime()).toBe((payload.exp ?? 0) * 1000);
    expect(emulator.current.issued()).toContain(token);
  },
);

test('several audiences are a list, and tags are claims', async () => {
  const token = await tokenOf({
    Audience: ['a', 'b'],
    DurationSeconds: 3600,
    Tags: [{ Key: 'team', Value: 'octo & co' }],
  });
  expect(claimsOf(token)).toMatchObject({
    aud: ['a', 'b'],
    'https://sts.amazonaws.com/': { request_tags: { team: 'octo & co' } },
  });
});

test('Entra takes the tokens of the role and of the user, signed with RS256', async () => {
  const client = application(emulator.current, 'octo-from-aws').appId;
  const code = async (assertion: string) => codeOf(emulator.current, { client, assertion });
  expect(await code(await tokenOf())).toBeUndefined();
  expect(await code(await tokenOf({}, { credentials: { ...key(1) } }))).toBeUndefined();
  expect(await code(await tokenOf({ Audience: ['other'] }))).toBe(700212);
  expect(await code(await tokenOf({ SigningAlgorithm: 'ES384' }))).toBe(50027);
});

const REFUSED: [string, string, number, () => ReturnType<typeof ask>][] = [
  ['a wrong secret', 'SignatureDoesNotMatch', 403, () => ask({}, { credentials: { secretAccessKey: 'x' } })],
  ['an unknown key', 'InvalidClientTokenId', 403, () => ask({}, { credentials: { accessKeyId: 'AKIAX' } })],
  ['no session token', 'InvalidClientTokenId', 403, () => ask({}, { credentials: { sessionToken: null } })],
  ['a clock that is wrong', 'SignatureDoesNotMatch', 403, () => ask({}, { systemClockOffset: 1_000_000 })],
  [
    'a signature for another region',
    'SignatureDoesNotMatch',
    403,
    () => ask({}, { host: 'sts.us-east-2.amazonaws.com' }),
  ],
  ['the global endpoint', 'InvalidAction', 400, () => ask({}, { useGlobalEndpoint: true })],
  ['another algorithm', 'ValidationError', 400, () => ask({ SigningAlgorithm: 'HS256' })],
  ['no audience', 'ValidationError', 400, () => ask({ Audience: [] })],
  ['too short a life', 'ValidationError', 400, () => ask({ DurationSeconds: 59 })],
];

test.each(REFUSED)('STS refuses %s with %s', async (_, name, status, asking) => {
  await expect(asking()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
});

test('STS refuses what the account or the principal may not', async () => {
  account().federationEnabled = false;
  await expect(ask()).rejects.toMatchObject({ name: 'OutboundWebIdentityFederationDisabledException' });
  key().mayGetTokens = false;
  await expect(ask()).rejects.toMatchObject({ name: 'AccessDenied' });
  Object.assign(account(), { federationEnabled: true });
  Object.assign(key(), { mayGetTokens: true, expiresAt: Math.floor(Date.now() / 1000) + 120 });
  await expect(ask()).rejects.toMatchObject({ name: 'SessionDurationEscalationException' });
  expect(await tokenOf({ DurationSeconds: 60 })).not.toBe('');
  key().expiresAt = 1;
  await expect(ask()).rejects.toMatchObject({ name: 'ExpiredToken', $metadata: { httpStatusCode: 403 } });
});

test('STS refuses what is not signed, and throttles with 400', async () => {
  const at = 'https://sts.eu-west-1.amazonaws.com/';
  const form = () => new Request(at, { method: 'POST', body: new URLSearchParams({ Action: 'x' }) });
  const reply = await send(emulator.current, form());
  expect(reply.status).toBe(403);
  expect(reply.text).toMatch(/<Code>MissingAuthenticationToken<\/Code>/);
  emulator.current.fault({ service: 'aws-sts', kind: 'throttled' });
  const throttled = await send(emulator.current, form());
  expect([throttled.status, throttled.text.includes('<Code>Throttling</Code>')]).toEqual([400, true]);
});

test('the metadata of an instance wants a session, and has the keys of its role', async () => {
  const base = emulator.current.workloadEnv('ec2')['AWS_EC2_METADATA_SERVICE_ENDPOINT'];
  const path = `${base}/latest/meta-data/iam/security-credentials/`;
  const ttl = { 'X-aws-ec2-metadata-token-ttl-seconds': '60' };
  expect((await askLocal(path)).status).toBe(401);
  expect((await askLocal(`${base}/latest/api/token`, {}, { method: 'PUT' })).status).toBe(400);
  const { text: token } = await askLocal(`${base}/latest/api/token`, ttl, { method: 'PUT' });
  const session = { 'X-aws-ec2-metadata-token': token };
  expect((await askLocal(path, session)).text).toBe('octo-runner');
  const { json } = await askLocal(`${path}octo-runner`, session);
  expect(json).toMatchObject({ Code: 'Success', AccessKeyId: key().accessKeyId, Token: key().sessionToken });
  expect(emulator.current.issued()).toEqual(
    expect.arrayContaining([key().secretAccessKey, key().sessionToken]),
  );
  expect((await askLocal(`${base}/latest/meta-data/placement/region`, session)).text).toBe('eu-west-1');
  account().instanceRole = null;
  expect((await askLocal(path, session)).status).toBe(404);
});
