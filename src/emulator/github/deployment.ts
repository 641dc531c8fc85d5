import type { RunContext } from '../entities.ts';

/** Where a GitHub deployment (github.com, GHE.com or GHES) issues ID tokens. GitHub: "OpenID Connect reference". */
export interface Deployment {
  /** Host and path prefix of the issuer, without the enterprise's slug. */
  issuerHost: string;
  issuerPath: string;
  requestHost: string;
  requestPath: string;
  /** Names the signing key: deployments do not share keys. */
  keyName: string;
  hasEnterpriseIssuer: boolean;
  /** GHE.com's unique issuer ends in the subdomain; elsewhere the enterprise's slug does. */
  subdomain: string | null;
}

export const PUBLIC_ISSUER_HOST = 'token.actions.githubusercontent.com';

// The real path is undocumented; this is the shape that runners were seen to hand out, double slash included.
const SERVICE_PATH = '/68//idtoken/00000000-0000-4000-8000-00000000a001/00000000-0000-4000-8000-00000000a002';
const GHES_PATH =
  '/_services/pipelines/00000000-0000-4000-8000-00000000a003/idtoken/00000000-0000-4000-8000-00000000a002';

/** The deployment that a run belongs to, by its server's URL. */
export function deploymentOf(run: Pick<RunContext, 'serverUrl'>): Deployment {
  const host = new URL(run.serverUrl).host;
  if (host === 'github.com') {
    return {
      issuerHost: PUBLIC_ISSUER_HOST,
      issuerPath: '',
      requestHost: 'run-actions-1-azure-eastus.actions.githubusercontent.com',
      requestPath: SERVICE_PATH,
      keyName: 'github.com',
      hasEnterpriseIssuer: true,
      subdomain: null,
    };
  }
  if (host.endsWith('.ghe.com')) {
    return {
      issuerHost: `token.actions.${host}`,
      issuerPath: '',
      requestHost: `run-actions-1.actions.${host}`,
      requestPath: SERVICE_PATH,
      keyName: 'private deployment',
      hasEnterpriseIssuer: true,
      subdomain: host.slice(0, -'.ghe.com'.length),
    };
  }
  return {
    issuerHost: host,
    issuerPath: '/_services/token',
    requestHost: host,
    requestPath: GHES_PATH,
    keyName: 'private deployment',
    hasEnterpriseIssuer: false,
    subdomain: null,
  };
}

/** The `iss` of the run's tokens, without a trailing slash. GitHub: "OpenID Connect reference", enterprise issuers. */
export function issuerOf(run: RunContext): string {
  const deployment = deploymentOf(run);
  const base = `https://${deployment.issuerHost}${deployment.issuerPath}`;
  if (!deployment.hasEnterpriseIssuer || !run.enterprise?.uniqueIssuer) return base;
  return `${base}/${deployment.subdomain ?? run.enterprise.slug}`;
}

/** The two variables that a job with `id-token: write` sees. */
export function requestEnvironment(run: RunContext): Record<string, string> {
  const { requestHost, requestPath } = deploymentOf(run);
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: `https://${requestHost}${requestPath}?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: run.requestToken,
  };
}
