import type { SessionClient } from '../inputs/inputs.ts';
import {
  endpointVariables,
  feedOf,
  ownTokenFile,
  type Session,
  type SessionIdentity,
  session,
} from './session.ts';

// EnvironmentCredential comes before all others in DefaultAzureCredential.
const SECRETS = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'];
const TOKEN_FILE = 'AZURE_FEDERATED_TOKEN_FILE';

/**
 * The Azure SDKs, and what is built on them: `WorkloadIdentityCredential` by a file with the assertion, or, where an
 * endpoint renews or the machine signs in itself, `ManagedIdentityCredential`; `DefaultAzureCredential` through any.
 * Never file and endpoint: with the file set, the managed identity credentials of JavaScript and .NET take it first.
 * Source: the environment variables documented for azure-identity.
 */
export function sdkSession(identity: SessionIdentity, options: { readonly withTokenFile: boolean }): Session {
  const outrankedBy = SECRETS;
  if (feedOf('sdk', identity) === 'token-file' && options.withTokenFile)
    return { ...byFile('sdk', client(identity), identity), outrankedBy };
  return { ...byAsking('sdk', client(identity), identity), outrankedBy };
}

/**
 * Azure PowerShell, which signs in by one command of the job's own (the README has it): from an endpoint or the machine
 * with `Connect-AzAccount -Identity`, else with `-FederatedToken` from the file. Source: reference of Connect-AzAccount.
 */
export function powershellSession(identity: SessionIdentity): Session {
  const sessionBy = feedOf('powershell', identity) === 'token-file' ? byFile : byAsking;
  return sessionBy('powershell', client(identity), identity);
}

/**
 * AzCopy, by its automatic login. It follows az where az is signed in, for the file would stop
 * `DefaultAzureCredential` before it reaches az. Source: "Authorize access for AzCopy with environment variables".
 */
export function azcopySession(identity: SessionIdentity, options: { readonly followsAz: boolean }): Session {
  const { clientId, tenantId, isSystemAssigned } = identity;
  const login = (type: string) => ({ AZCOPY_AUTO_LOGIN_TYPE: type, AZCOPY_TENANT_ID: tenantId });
  if (feedOf('azcopy', identity) === 'token-file')
    return options.followsAz
      ? session('azcopy', login('AZCLI'))
      : byFile('azcopy', { ...login('WORKLOAD'), ...client(identity) }, identity);
  const named = isSystemAssigned ? {} : { AZCOPY_MSI_CLIENT_ID: clientId };
  const { variables } = byAsking('azcopy', { ...login('MSI'), ...named }, identity);
  // It does not read the rest that an SDK would stumble on, which may be what another client signs in by.
  return session('azcopy', variables, { clears: identity.inTheWay });
}

function client({
  clientId,
  tenantId,
  authority,
  isSystemAssigned,
}: SessionIdentity): Record<string, string> {
  return {
    ...(isSystemAssigned ? {} : { AZURE_CLIENT_ID: clientId }),
    AZURE_TENANT_ID: tenantId,
    AZURE_AUTHORITY_HOST: `https://${authority}/`,
  };
}

/** It reads the assertion from a file, and asks no managed identity in its place. */
function byFile(
  name: SessionClient,
  variables: Readonly<Record<string, string>>,
  identity: SessionIdentity,
): Session {
  const path = identity.tokenFile?.path ?? '';
  return session(
    name,
    { ...variables, [TOKEN_FILE]: path },
    { files: ownTokenFile(identity), clears: identity.inTheWay },
  );
}

/** It asks our endpoint or the machine's own identity; what would have it ask for another one goes. */
function byAsking(
  name: SessionClient,
  variables: Readonly<Record<string, string>>,
  { endpoint, isSystemAssigned, inTheWay }: SessionIdentity,
): Session {
  const clears = [TOKEN_FILE, ...(isSystemAssigned ? ['AZURE_CLIENT_ID'] : []), ...inTheWay];
  return session(name, { ...variables, ...(endpoint ? endpointVariables(endpoint) : {}) }, { clears });
}
