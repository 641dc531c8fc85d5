import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';
import { runProgram } from './program.ts';

const AUDIENCE = 'api://AzureADTokenExchange';
const WORKLOADS = [
  { on: 'ec2', sub: 'arn:aws:iam::123456789012:role/octo-runner' },
  { on: 'aws-keys', sub: 'arn:aws:iam::123456789012:user/octo-ci' },
] as const;

for (const { on, sub } of WORKLOADS) {
  scenario(
    `the AWS SDK gets a token with what it finds by itself: ${on}`,
    async ({ emulator, job, traffic }) => {
      const outcome = await runProgram(job, 'aws', { AUDIENCE });
      const { claims, expires } = outcome as { claims: { exp: number }; expires: number };
      expect(outcome).toMatchObject({
        claims: { sub, aud: AUDIENCE, iss: emulator.state.workloads.aws.issuer },
      });
      expect(expires).toBe(claims.exp);
      expect(traffic().at(-1)).toBe('POST sts.eu-west-1.amazonaws.com → 200');
    },
    { on },
  );
}

scenario(
  'the AWS SDK tells that the account does not federate',
  async ({ emulator, job }) => {
    emulator.state.workloads.aws.federationEnabled = false;
    const outcome = await runProgram(job, 'aws', { AUDIENCE });
    expect(outcome).toMatchObject({ error: { name: 'OutboundWebIdentityFederationDisabledException' } });
  },
  { on: 'ec2' },
);
