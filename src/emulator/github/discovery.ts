import { type SigningKey, signingKey } from '../keys.ts';
import { json } from '../responses.ts';
import type { State } from '../state.ts';
import { type Deployment, deploymentOf, PUBLIC_ISSUER_HOST } from './deployment.ts';

const DISCOVERY = '/.well-known/openid-configuration';
const JWKS = '/.well-known/jwks';

const CLAIMS_SUPPORTED = [
  'sub aud exp iat iss jti nbf ref sha repository repository_id repository_owner repository_owner_id',
  'enterprise enterprise_id run_id run_number run_attempt actor actor_id workflow workflow_ref workflow_sha',
  'head_ref base_ref event_name ref_type ref_protected environment environment_node_id job_workflow_ref',
  'job_workflow_sha repository_visibility runner_environment issuer_scope check_run_id',
].flatMap((line) => line.split(' '));

/** The key that signs a deployment's tokens now; `rotateGitHubKeys` moves on to the next. */
export function githubKey(deployment: Deployment, state: State): Promise<SigningKey> {
  return signingKey(`GitHub Actions ${deployment.keyName} ${state.githubKeyGeneration}`, 'guid');
}

/** Whether the host publishes a GitHub issuer's metadata: github.com always, and the run's own deployment. */
export function isGitHubIssuerHost(host: string, state: State): boolean {
  return host === PUBLIC_ISSUER_HOST || host === deploymentOf(state.run).issuerHost;
}

function deploymentAt(host: string, state: State): Deployment {
  const own = deploymentOf(state.run);
  return host === own.issuerHost ? own : deploymentOf({ serverUrl: 'https://github.com' });
}

/** The issuer that a metadata URL belongs to, or null: the plain one, or one with an enterprise's slug. */
function issuerAt(url: URL, suffix: string, deployment: Deployment): string | null {
  const path = url.pathname.slice(0, -suffix.length);
  const slug = path.slice(deployment.issuerPath.length);
  const known =
    path.startsWith(deployment.issuerPath) &&
    (slug === '' || (deployment.hasEnterpriseIssuer && /^\/[\w-]+$/.test(slug)));
  return known && url.pathname.endsWith(suffix) ? `https://${url.host}${path}` : null;
}

/** `<iss>/.well-known/openid-configuration`. Source: OpenID Connect Discovery 1.0; GitHub, "OpenID Connect reference". */
export async function handleGitHubDiscovery(request: Request, state: State): Promise<Response> {
  const url = new URL(request.url);
  const issuer = issuerAt(url, DISCOVERY, deploymentAt(url.host, state));
  if (issuer === null) return json(404, { message: 'Not found' });
  return json(200, {
    issuer,
    jwks_uri: `${issuer}${JWKS}`,
    subject_types_supported: ['public', 'pairwise'],
    response_types_supported: ['id_token'],
    claims_supported: CLAIMS_SUPPORTED,
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
  });
}

/** `<iss>/.well-known/jwks`: the one key that signs now (RFC 7517). */
export async function handleGitHubJwks(request: Request, state: State): Promise<Response> {
  const url = new URL(request.url);
  const deployment = deploymentAt(url.host, state);
  if (issuerAt(url, JWKS, deployment) === null) return json(404, { message: 'Not found' });
  const { jwk } = await githubKey(deployment, state);
  return json(200, { keys: [{ ...jwk, alg: 'RS256' }] });
}
