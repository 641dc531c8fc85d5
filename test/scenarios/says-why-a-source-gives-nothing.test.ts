import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { StepOptions } from '../../src/emulator/runner/job.ts';
import type { WorkloadName } from '../../src/emulator/workloads/environment.ts';
import { type Scene, scenario } from '../harness/scenario.ts';

const CONTOSO = '11111111-1111-4111-8111-111111111111';
const ids = (serial: number) => ({
  'client-id': `aaaaaaaa-0000-4000-8000-0000000000${serial}`,
  'tenant-id': CONTOSO,
});
const google: StepOptions = { inputs: { 'identity-source': 'google', ...ids(53) } };
const aws: StepOptions = { inputs: { 'identity-source': 'aws', ...ids(54) } };
const file = (path: string): StepOptions => ({ inputs: { 'identity-source': `file:${path}`, ...ids(52) } });

interface Case {
  readonly what: string;
  readonly on?: WorkloadName;
  readonly prepare: (scene: Scene) => Promise<StepOptions> | StepOptions;
  readonly says: RegExp;
}

const CASES: readonly Case[] = [
  {
    what: 'not on Google Cloud',
    prepare: () => ({ ...google, env: { GCE_METADATA_HOST: '127.0.0.1:9' } }),
    says: /^google-unreachable: no metadata server of Google Cloud answers at 127\.0\.0\.1:9: ECONNREFUSED\./,
  },
  {
    what: 'no service account on the instance',
    on: 'gce',
    prepare({ emulator }) {
      emulator.state.workloads.google.serviceAccount = null;
      return google;
    },
    says: /^google-refused: Google Cloud's metadata server gave no ID token: it answered 404\./,
  },
  {
    what: 'a metadata host that is none',
    prepare: () => ({ ...google, env: { GCE_METADATA_HOST: 'metadata.example' } }),
    says: /^google-unreachable: GCE_METADATA_HOST names a host that is no metadata server, so nothing was sent\./,
  },
  {
    what: 'no AWS region',
    on: 'ec2',
    prepare: () => ({ ...aws, env: { AWS_REGION: undefined } }),
    says: /^aws-no-region: no AWS region is set/,
  },
  {
    what: 'no AWS credentials',
    on: 'ec2',
    prepare({ emulator }) {
      emulator.state.workloads.aws.instanceRole = null;
      return aws;
    },
    says: /^aws-no-credentials: no AWS credentials were found/,
  },
  {
    what: 'outbound federation that is off',
    on: 'aws-keys',
    prepare({ emulator }) {
      emulator.state.workloads.aws.federationEnabled = false;
      return aws;
    },
    says: /^aws-refused: AWS gave no token for this workload \(OutboundWebIdentityFederationDisabledException\): outbound identity federation is not switched on/,
  },
  {
    what: 'a role that may not',
    on: 'ec2',
    prepare({ emulator }) {
      for (const key of emulator.state.workloads.aws.keys) key.mayGetTokens = false;
      return aws;
    },
    says: /^aws-refused: .*\(AccessDenied\w*\): the role or user may not ask for one/,
  },
  {
    what: 'a file that is not there',
    prepare: ({ job }) => file(join(job.root, 'absent')),
    says: /^token-file-unusable: the token file '.*absent' of `identity-source` cannot be used: it does not exist\./,
  },
  {
    what: 'a directory',
    prepare({ job }) {
      mkdirSync(join(job.root, 'volume'));
      return file(join(job.root, 'volume'));
    },
    says: /^token-file-unusable: .*: it is no file\./,
  },
  {
    what: 'a file without a token',
    prepare({ job }) {
      const path = join(job.root, 'config');
      writeFileSync(path, 'apiVersion: v1\nkind: Config\n');
      return file(path);
    },
    says: /^token-file-unusable: .*: it holds no JSON Web Token\./,
  },
  {
    what: 'a token that has expired',
    async prepare({ projected }) {
      return file(await projected({ issuedSecondsAgo: 7_200 }));
    },
    says: /^token-file-expired: the token in '.*' expired at \d{4}-/,
  },
];

for (const { what, on, prepare, says } of CASES)
  scenario(
    `${what}: its own sentence, and nothing goes to Entra`,
    async (scene) => {
      const step = await scene.signIn(await prepare(scene));
      expect(step.error()).toMatch(says);
      expect([step.outputs, step.variables]).toEqual([{}, {}]);
      expect(scene.traffic().filter((line) => line.includes('microsoftonline'))).toEqual([]);
    },
    on ? { on } : {},
  );

scenario('a token that is about to expire is presented, with a warning', async ({ projected, signIn }) => {
  const step = await signIn(file(await projected({ issuedSecondsAgo: 3_560 })));
  expect(step.code, step.stdout).toBe(0);
  expect(step.warnings.join()).toMatch(/expires in \d+ seconds: whatever renews it is late\./);
});

scenario('a token in a file leaves its own path to those that read it', async ({ projected, signIn }) => {
  const path = await projected();
  const step = await signIn(file(path));
  expect(step.variables).toMatchObject({
    AZURE_FEDERATED_TOKEN_FILE: path,
    ARM_OIDC_TOKEN_FILE_PATH: path,
    ARM_USE_OIDC: 'true',
  });
  expect(step.outputs['federated-token-file']).toBe(path);
});

scenario(
  'a session of AWS that ends soon is asked for less',
  async ({ emulator, signIn }) => {
    const soon = Math.floor(Date.now() / 1000) + 1_200;
    for (const key of emulator.state.workloads.aws.keys) key.expiresAt = soon;
    const step = await signIn(aws);
    expect(step.code, step.stdout).toBe(0);
    const asked = emulator.requests().filter(({ service }) => service === 'aws-sts');
    expect(asked.map(({ form, status }) => [form?.['DurationSeconds'], status])).toEqual([
      ['3600', 403],
      ['300', 200],
    ]);
  },
  { on: 'ec2' },
);

scenario('a file that everybody may write is refused', async ({ projected, signIn }) => {
  const path = await projected();
  chmodSync(path, 0o666);
  const step = await signIn(file(path));
  if (process.platform === 'win32') expect(step.code).toBe(0);
  else expect(step.error()).toMatch(/: every user of this machine may write to it\./);
});
