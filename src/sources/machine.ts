import type { Environment } from '../io/effects.ts';

/** How a machine offers its managed identity. */
export type MachineKind =
  | 'imds'
  | 'app-service'
  | 'arc'
  | 'service-fabric'
  | 'machine-learning'
  | 'cloud-shell';

/**
 * Which way the environment points to, in the order in which Microsoft's authentication library looks; `hasArcAgent`
 * tells whether the agent of Azure Arc is installed. Source: `ManagedIdentityClient.ts` of msal-node.
 */
export function machineKind(env: Environment, hasArcAgent: boolean): MachineKind {
  const {
    IDENTITY_ENDPOINT: endpoint,
    IDENTITY_HEADER: header,
    IDENTITY_SERVER_THUMBPRINT: thumbprint,
    IMDS_ENDPOINT: imds,
    MSI_ENDPOINT: older,
    MSI_SECRET: secret,
  } = env;
  if (endpoint && header) return thumbprint ? 'service-fabric' : 'app-service';
  if (older) return secret ? 'machine-learning' : 'cloud-shell';
  return (endpoint && imds) || hasArcAgent ? 'arc' : 'imds';
}

/** Where the instance metadata service of Azure is; clients honour the variable, and so does the library. */
export function imdsAddress(env: Environment): URL {
  const text = env['AZURE_POD_IDENTITY_AUTHORITY_HOST'] || 'http://169.254.169.254';
  return new URL(URL.canParse(text) ? text : 'http://169.254.169.254');
}

/**
 * The hosts at which clients ask this machine for its tokens, which no proxy can ask in their place: the metadata service,
 * what variables name, and loopback, where the agent of Azure Arc is also found without any.
 */
export function machineHosts(env: Environment, isOurs: (endpoint: string) => boolean): string[] {
  const named = ['AZURE_POD_IDENTITY_AUTHORITY_HOST', 'IDENTITY_ENDPOINT', 'MSI_ENDPOINT']
    .map((name) => env[name] ?? '')
    .filter((endpoint) => URL.canParse(endpoint) && !isOurs(endpoint));
  return [
    ...new Set(['127.0.0.1', '169.254.169.254', ...named.map((endpoint) => new URL(endpoint).hostname)]),
  ];
}

/**
 * Variables that would have the library sign in as somebody else than this machine: a federated token file, which it
 * takes first, and an endpoint that an earlier step of this action left (`isOurs`).
 */
export function notOfThisMachine(env: Environment, isOurs: (endpoint: string) => boolean): string[] {
  const endpoints = ['IDENTITY_ENDPOINT', 'MSI_ENDPOINT'].filter((name) => isOurs(env[name] ?? ''));
  const header = endpoints.includes('IDENTITY_ENDPOINT') ? ['IDENTITY_HEADER'] : [];
  return ['AZURE_FEDERATED_TOKEN_FILE', ...endpoints, ...header];
}
