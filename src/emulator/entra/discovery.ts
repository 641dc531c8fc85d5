import { nowMilliseconds } from '../clock.ts';
import { CLOUDS, type CloudFacts, cloudOfAuthority, MICROSOFT_CLOUDS } from '../clouds.ts';
import type { Cloud } from '../entities.ts';
import { json } from '../responses.ts';
import type { State } from '../state.ts';
import { entraKey } from './access-token.ts';
import { tenantById } from './directory.ts';
import { Refusal, refusalResponse } from './refusal.ts';

const CONFIGURATION_PATH = /^\/([^/]+)\/(v2\.0\/)?\.well-known\/openid-configuration$/;
const INSTANCE_PATH = /^\/[^/]+\/discovery\/instance$/;
const KEYS_PATH = /^\/([^/]+)\/discovery\/(?:v2\.0\/)?keys$/;

// These name no tenant; their metadata keeps a placeholder in the issuer.
const MULTI_TENANT: readonly string[] = ['common', 'organizations', 'consumers'];

const CACHED = { 'cache-control': 'max-age=86400, private', 'access-control-allow-origin': '*' };

/** Whether the path is one of instance discovery or of a tenant's metadata. */
export function isEntraDiscoveryPath(path: string): boolean {
  return CONFIGURATION_PATH.test(path) || INSTANCE_PATH.test(path);
}

/** Whether the path is a tenant's JWKS. */
export function isEntraKeysPath(path: string): boolean {
  return KEYS_PATH.test(path);
}

function metadataEntry({ preferredNetwork, preferredCache, aliases }: CloudFacts): object {
  return { preferred_network: preferredNetwork, preferred_cache: preferredCache, aliases };
}

function instanceDiscovery(request: Request, state: State): Response {
  const asked = new URL(request.url).searchParams.get('authorization_endpoint') ?? '';
  const endpoint = URL.canParse(asked) ? new URL(asked) : null;
  const cloud = endpoint && cloudOfAuthority(endpoint.host);
  if (!endpoint || !cloud || !MICROSOFT_CLOUDS.includes(cloud)) {
    return refusalResponse(new Refusal(50049), request, nowMilliseconds(state.clockOffsetSeconds.entra));
  }
  const tenant = endpoint.pathname.split('/')[1] || 'common';
  const body = {
    tenant_discovery_endpoint: `https://${endpoint.host}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: MICROSOFT_CLOUDS.map((name) => metadataEntry(CLOUDS[name])),
  };
  return json(200, body, CACHED);
}

function configuration(base: string, tid: string, v2: boolean, cloud: Cloud): object {
  const facts = CLOUDS[cloud];
  const oauth = v2 ? `${base}/oauth2/v2.0` : `${base}/oauth2`;
  return {
    token_endpoint: `${oauth}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: v2 ? `${base}/discovery/v2.0/keys` : `${base}/discovery/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: v2 ? `https://${facts.preferredNetwork}/${tid}/v2.0` : `https://${facts.stsHost}/${tid}/`,
    request_uri_parameter_supported: false,
    userinfo_endpoint: `https://${facts.graphHost}/oidc/userinfo`,
    authorization_endpoint: `${oauth}/authorize`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${oauth}/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'tid', 'ver'],
    tenant_region_scope: 'EU',
    cloud_instance_name: facts.cloudInstanceName,
    cloud_graph_host_name: facts.cloudGraphHostName,
    msgraph_host: facts.graphHost,
    rbac_url: 'https://pas.windows.net',
  };
}

function tenantConfiguration(request: Request, state: State): Response {
  const { host, pathname } = new URL(request.url);
  const [, name = '', v2] = CONFIGURATION_PATH.exec(pathname) ?? [];
  const cloud = cloudOfAuthority(host) ?? 'AzureCloud';
  const base = `https://${CLOUDS[cloud].preferredNetwork}/${name}`;
  if (MULTI_TENANT.includes(name))
    return json(200, configuration(base, '{tenantid}', v2 !== undefined, cloud), CACHED);
  const tenant = tenantById(name, state);
  if (tenant?.cloud === cloud) {
    const own = `https://${CLOUDS[cloud].preferredNetwork}/${tenant.id}`;
    return json(200, configuration(own, tenant.id, v2 !== undefined, cloud), CACHED);
  }
  const now = nowMilliseconds(state.clockOffsetSeconds.entra);
  return refusalResponse(new Refusal(90002, { tenant: name }), request, now, { error: 'invalid_tenant' });
}

/** Instance discovery and openid-configuration v1 and v2. Source: OpenID Connect Discovery 1.0; msal-common's Authority. */
export async function handleEntraDiscovery(request: Request, state: State): Promise<Response> {
  const instance = INSTANCE_PATH.test(new URL(request.url).pathname);
  return instance ? instanceDiscovery(request, state) : tenantConfiguration(request, state);
}

/** Entra's JWKS, the same at every path and version (RFC 7517). */
export async function handleEntraKeys(request: Request): Promise<Response> {
  const { host } = new URL(request.url);
  const { jwk } = await entraKey();
  const facts = CLOUDS[cloudOfAuthority(host) ?? 'AzureCloud'];
  const key = {
    ...jwk,
    cloud_instance_name: facts.cloudInstanceName,
    issuer: `https://${facts.preferredNetwork}/{tenantid}/v2.0`,
  };
  return json(200, { keys: [key] }, CACHED);
}
