import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { WorkloadName } from '../../src/emulator/workloads/environment.ts';
import { listener } from '../harness/listener.ts';
import { ACCESS_TOKEN, scenario } from '../harness/scenario.ts';

const EVIL = 'evil.example';

type Planted = (host: string) => Record<string, string>;

/** Variables that lead to a host of somebody else, and the code of the failure that must come of it. */
const PLANTED: readonly (readonly [string, Planted, string])[] = [
  ['google', (host) => ({ GCE_METADATA_HOST: host }), 'google-unreachable'],
  ['google', (host) => ({ GCE_METADATA_HOST: `127.0.0.1@${host}` }), 'google-unreachable'],
  [
    'managed-identity',
    (host) => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: `http://${host}` }),
    'identity-unreachable',
  ],
  [
    'managed-identity',
    (host) => ({ IDENTITY_ENDPOINT: `http://${host}/t`, IDENTITY_HEADER: 'h' }),
    'identity-unreachable',
  ],
  [
    'direct-managed-identity',
    (host) => ({ IDENTITY_ENDPOINT: `http://${host}/t`, IDENTITY_HEADER: 'h' }),
    'identity-unreachable',
  ],
  ['direct-managed-identity', (host) => ({ MSI_ENDPOINT: `http://${host}/t` }), 'identity-unreachable'],
  [
    'direct-managed-identity',
    (host) => ({ IDENTITY_ENDPOINT: `http://${host}/t`, IMDS_ENDPOINT: `http://${host}` }),
    'identity-unreachable',
  ],
];

for (const [source, planted, code] of PLANTED) {
  scenario(
    `${source}: ${Object.entries(planted(EVIL)).join(' and ')} leads nowhere`,
    async ({ emulator, signIn }) => {
      // This machine under a name that is none of a metadata server's: it would be reached.
      const { host, heard } = await listener();
      const env = planted(host.replace('127.0.0.1', '0.0.0.0'));
      const step = await signIn({ inputs: { 'identity-source': source, timeout: '10' }, env });
      expect(step.code).toBe(1);
      expect(step.error().split(':')[0]).toBe(code);
      expect(heard).toEqual([]);
      expect(emulator.requests()).toEqual([]);
    },
  );
}

const KEYS: WorkloadName = 'aws-keys';

for (const variable of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_STS']) {
  scenario(
    `aws: nothing goes to where ${variable} leads, by TLS or without`,
    async ({ emulator, signIn }) => {
      const evil = await listener();
      for (const url of [evil.url, `https://${EVIL}`, 'https://sts.s3.amazonaws.com']) {
        const step = await signIn({ inputs: { 'identity-source': 'aws' }, env: { [variable]: url } });
        expect(step.code).toBe(1);
        expect(step.error()).toMatch(/^aws-endpoint-refused: .*so nothing was sent\.$/m);
        expect(step.summary).toContain(new URL(url).hostname.split('.')[0]);
      }
      expect(evil.heard).toEqual([]);
      expect(emulator.requests()).toEqual([]);
    },
    { on: KEYS },
  );
}

scenario(
  'aws: a token by which a role is taken on goes to no planted host either',
  async ({ emulator, job, signIn }) => {
    const evil = await listener();
    const file = join(job.root, 'web-identity');
    writeFileSync(file, 'secret-of-the-pod', { mode: 0o600 });
    const pod = { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/octo', AWS_WEB_IDENTITY_TOKEN_FILE: file };
    const env = { ...pod, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_STS: evil.url };
    const step = await signIn({ inputs: { 'identity-source': 'aws' }, env });
    expect(step.error()).toMatch(/^aws-endpoint-refused: /);
    expect(evil.heard).toEqual([]);
    expect(emulator.requests()).toEqual([]);
  },
);

scenario(
  'aws: an endpoint that the profile of AWS names is refused too',
  async ({ job, signIn }) => {
    const evil = await listener();
    const config = join(job.root, 'aws-config');
    writeFileSync(config, `[default]\nendpoint_url = ${evil.url}\n`);
    const step = await signIn({ inputs: { 'identity-source': 'aws' }, env: { AWS_CONFIG_FILE: config } });
    expect(step.error()).toMatch(/^aws-endpoint-refused: /);
    expect(evil.heard).toEqual([]);
  },
  { on: KEYS },
);

scenario(
  'aws: a planted bundle of authorities changes nothing',
  async ({ job, signIn, traffic }) => {
    const bundle = join(job.root, 'evil.pem');
    writeFileSync(bundle, 'no certificate');
    const audience = 'api://AzureADTokenExchange';
    const step = await signIn({
      inputs: { 'identity-source': 'aws', audience },
      env: { AWS_CA_BUNDLE: bundle },
    });
    // The seeded application does not trust this role: that it was asked is what matters.
    expect(step.error()).toMatch(/^AADSTS/);
    expect(traffic().at(-1)).toBe(ACCESS_TOKEN.replace('200', '401'));
  },
  { on: KEYS },
);
