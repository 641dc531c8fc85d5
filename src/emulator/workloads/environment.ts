import { APP_SERVICE_PATH } from './app-service.ts';
import type { AwsAccount } from './entities.ts';
import type { LocalSecrets } from './local-services.ts';
import type { Loopback } from './loopback.ts';

/** Where a job may run that is no runner of GitHub's. */
export const WORKLOAD_NAMES = ['azure-vm', 'app-service', 'arc', 'gce', 'ec2', 'aws-keys'] as const;

export type WorkloadName = (typeof WORKLOAD_NAMES)[number];

/** Whether there is such a workload. */
export function isWorkloadName(name: string): name is WorkloadName {
  return WORKLOAD_NAMES.some((known) => known === name);
}

// The first key without a session is a user's.
function keyVariables({ keys, region }: AwsAccount): Record<string, string> {
  const key = keys.find(({ sessionToken }) => sessionToken === null);
  if (!key) throw new Error('The account has no key of a user');
  return {
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_REGION: region,
  };
}

/**
 * The variables by which clients find the local services of a workload, beside those of the emulator's `env`.
 * Source: @azure/msal-node, ManagedIdentitySources; google-auth-library, gcp-metadata; AWS SDKs and Tools, reference guide.
 */
export function workloadEnvironment(
  name: WorkloadName,
  local: Loopback,
  { identityHeader }: LocalSecrets,
  aws: AwsAccount,
): Record<string, string> {
  switch (name) {
    case 'azure-vm':
      return { AZURE_POD_IDENTITY_AUTHORITY_HOST: `http://${local.at('imds')}` };
    case 'app-service':
      return {
        IDENTITY_ENDPOINT: `http://${local.at('app-service')}${APP_SERVICE_PATH}`,
        IDENTITY_HEADER: identityHeader,
      };
    case 'arc':
      return {
        IDENTITY_ENDPOINT: `http://${local.at('arc')}/metadata/identity/oauth2/token`,
        IMDS_ENDPOINT: `http://${local.at('arc')}`,
      };
    case 'gce':
      return { GCE_METADATA_HOST: local.at('google-metadata') };
    case 'ec2':
      return {
        AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://${local.at('ec2-metadata')}`,
        AWS_REGION: aws.region,
      };
    case 'aws-keys':
      return keyVariables(aws);
  }
}
