import type { Session, SessionIdentity } from './session.ts';

/**
 * The Azure SDKs' workload identity: `WorkloadIdentityCredential`, and `DefaultAzureCredential` through it.
 * Source: the environment variables documented for azure-identity. `tokenFile` is where the ID token is kept, without
 * a line end, since the SDKs for Go and Python do not trim it.
 */
export function sdkSession(identity: SessionIdentity, tokenFile: string): Session {
  return {
    client: 'sdk',
    variables: {
      AZURE_CLIENT_ID: identity.clientId,
      AZURE_TENANT_ID: identity.tenantId,
      AZURE_AUTHORITY_HOST: `https://${identity.authority}/`,
      AZURE_FEDERATED_TOKEN_FILE: tokenFile,
    },
    optional: [],
    // EnvironmentCredential comes before WorkloadIdentityCredential in DefaultAzureCredential.
    outrankedBy: ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'],
    file: { path: tokenFile, content: identity.assertion },
  };
}
