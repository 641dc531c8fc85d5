import type { SessionClient } from '../inputs/inputs.ts';
import { endpointVariables, type Session, type SessionIdentity, session } from './session.ts';

// EnvironmentCredential comes before all others in DefaultAzureCredential.
const SECRETS = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'];

/**
 * The Azure SDKs, and what is built on them: `WorkloadIdentityCredential` by a file with the ID token, or, where an
 * endpoint renews, `ManagedIdentityCredential`; `DefaultAzureCredential` through either. Never both: with the file set,
 * the managed identity credentials of JavaScript and .NET take it before the endpoint.
 * Source: the environment variables documented for azure-identity.
 */
export function sdkSession(identity: SessionIdentity, options: { readonly withTokenFile: boolean }): Session {
  const { tokenFile, endpoint } = identity;
  if (endpoint)
    return session(
      'sdk',
      { ...client(identity), ...endpointVariables(endpoint) },
      { outrankedBy: SECRETS, clears: ['AZURE_FEDERATED_TOKEN_FILE'] },
    );
  if (!options.withTokenFile)
    return session('sdk', client(identity), {
      outrankedBy: SECRETS,
      clears: ['AZURE_FEDERATED_TOKEN_FILE'],
    });
  return withFile('sdk', { ...client(identity), AZURE_FEDERATED_TOKEN_FILE: tokenFile.path }, identity);
}

/**
 * Azure PowerShell, which signs in by one command of the job's own (the README has it): from the endpoint with
 * `Connect-AzAccount -Identity`, else with `-FederatedToken` from the file. Source: reference of Connect-AzAccount.
 */
export function powershellSession(identity: SessionIdentity): Session {
  const { tokenFile, endpoint } = identity;
  if (endpoint)
    return session(
      'powershell',
      { ...client(identity), ...endpointVariables(endpoint) },
      { clears: ['AZURE_FEDERATED_TOKEN_FILE'] },
    );
  return withFile(
    'powershell',
    { ...client(identity), AZURE_FEDERATED_TOKEN_FILE: tokenFile.path },
    identity,
  );
}

/**
 * AzCopy, by its automatic login. It follows az where az is signed in, for the file would stop
 * `DefaultAzureCredential` before it reaches az. Source: "Authorize access for AzCopy with environment variables".
 */
export function azcopySession(identity: SessionIdentity, options: { readonly followsAz: boolean }): Session {
  const { clientId, tenantId, tokenFile, endpoint } = identity;
  const login = (type: string) => ({ AZCOPY_AUTO_LOGIN_TYPE: type, AZCOPY_TENANT_ID: tenantId });
  if (endpoint)
    return session('azcopy', {
      ...login('MSI'),
      AZCOPY_MSI_CLIENT_ID: clientId,
      ...endpointVariables(endpoint),
    });
  if (options.followsAz) return session('azcopy', login('AZCLI'));
  const variables = { ...login('WORKLOAD'), ...client(identity), AZURE_FEDERATED_TOKEN_FILE: tokenFile.path };
  return withFile('azcopy', variables, identity);
}

function client({ clientId, tenantId, authority }: SessionIdentity): Record<string, string> {
  return {
    AZURE_CLIENT_ID: clientId,
    AZURE_TENANT_ID: tenantId,
    AZURE_AUTHORITY_HOST: `https://${authority}/`,
  };
}

function withFile(
  name: SessionClient,
  variables: Record<string, string>,
  { tokenFile }: SessionIdentity,
): Session {
  return session(name, variables, { outrankedBy: name === 'sdk' ? SECRETS : [], files: [tokenFile] });
}
