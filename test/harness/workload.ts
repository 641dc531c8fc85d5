import type { StepOptions } from '../../src/emulator/runner/job.ts';
import type { WorkloadName } from '../../src/emulator/workloads/environment.ts';
import type { Scene } from './scenario.ts';

const ROLE = 'arn:aws:iam::123456789012:role/octo-runner';

/** A source of assertions as a job has it: what the inputs say, and what is presented. */
export interface SourceCase {
  readonly source: string;
  readonly on?: WorkloadName;
  readonly issuer: RegExp;
  readonly subject: string;
  /** What must be there before the step; gives what the step is run with. */
  readonly prepare: (scene: Scene, audience: string) => Promise<StepOptions>;
}

const from = (source: string) => async (): Promise<StepOptions> => ({
  inputs: { 'identity-source': source },
});

/** Every source that gives assertions. The token in a file is an AKS cluster's, for the audience that Entra expects. */
export const SOURCES: readonly SourceCase[] = [
  {
    source: 'github',
    issuer: /^https:\/\/token\.actions\.githubusercontent\.com$/,
    subject: 'repo:octo-org/octo-repo:environment:production',
    prepare: from('github'),
  },
  {
    source: 'file',
    issuer: /^https:\/\/westeurope\.oic\.prod-aks\.azure\.com\/.*\/$/,
    subject: 'system:serviceaccount:octo:deployer',
    async prepare({ projected }, audience) {
      const path = await projected({ audiences: [audience] });
      return { inputs: { 'identity-source': `file:${path}` } };
    },
  },
  {
    source: 'google',
    on: 'gce',
    issuer: /^https:\/\/accounts\.google\.com$/,
    subject: '104920480235981234567',
    prepare: from('google'),
  },
  {
    source: 'aws',
    on: 'ec2',
    issuer: /\.tokens\.sts\.global\.api\.aws$/,
    subject: ROLE,
    prepare: from('aws'),
  },
  {
    source: 'managed-identity',
    on: 'azure-vm',
    issuer: /^https:\/\/login\.microsoftonline\.com\/.*\/v2\.0$/,
    subject: 'eeeeeeee-0000-4000-8000-000000000051',
    prepare: from('managed-identity'),
  },
];

/** A step that signs in as the machine itself; the identity is named by `id` as `identity-source` takes it, or not. */
export function asTheMachine(id = '', inputs: StepOptions['inputs'] = {}): StepOptions {
  return {
    inputs: {
      'identity-source': `direct-managed-identity${id === '' ? '' : `:${id}`}`,
      'client-id': '',
      'tenant-id': '',
      sessions: 'sdk, terraform, azcopy, powershell',
      ...inputs,
    },
  };
}
