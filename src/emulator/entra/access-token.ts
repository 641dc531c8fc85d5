import { randomBytes, randomInt } from 'node:crypto';
import { nowSeconds } from '../clock.ts';
import { CLOUDS } from '../clouds.ts';
import type { FederatedIdentityCredential, ManagedIdentity, Resource, Tenant } from '../entities.ts';
import type { JsonObject } from '../json-object.ts';
import { signJwt } from '../jwt.ts';
import { type SigningKey, signingKey } from '../keys.ts';
import type { ActiveClient } from './directory.ts';
import type { TokenParameters } from './parameters.ts';
import { GRAPH_APP_ID } from './resources.ts';

/** All that a token is made of, once every check has passed. */
export interface Grant {
  parameters: TokenParameters;
  tenant: Tenant;
  client: ActiveClient;
  /** Null where nothing was federated: the endpoint of a machine gives its own identities tokens. */
  credential: FederatedIdentityCredential | null;
  resource: Resource;
  /** A managed identity's resource id, for `xms_mirid`; for a system-assigned one that of its machine. */
  identityResourceId: string | null;
}

export interface IssuedToken {
  accessToken: string;
  /** Seconds since the epoch. */
  notBefore: number;
  expiresOn: number;
  expiresIn: number;
}

const MINUTE = 60;
// Entra: configurable-token-lifetimes, 60 to 90 minutes at random; managed identities get 24 hours.
const APPLICATION_MINUTES = [60, 90] as const;
const MANAGED_IDENTITY_SECONDS = 24 * 60 * MINUTE;
// Recorded tokens begin five minutes before they are issued.
const BACKDATED_SECONDS = 5 * MINUTE;

/** Entra's own signing key. */
export function entraKey(): Promise<SigningKey> {
  return signingKey('Entra token service', 'thumbprint');
}

function lifetime({ identityResourceId }: Grant): number {
  if (identityResourceId !== null) return MANAGED_IDENTITY_SECONDS;
  const [from, to] = APPLICATION_MINUTES;
  return randomInt(from * MINUTE, to * MINUTE + 1);
}

/** A managed identity's resource id in the spelling of tokens: `resourcegroups` in lower case. */
export function resourceId({ subscriptionId, resourceGroup, name }: ManagedIdentity): string {
  const group = `/subscriptions/${subscriptionId}/resourcegroups/${resourceGroup}`;
  return `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
}

function opaque(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

function commonClaims(grant: Grant): JsonObject {
  const { tenant, client, parameters, resource, credential, identityResourceId } = grant;
  const { principal } = client;
  const roles = resource.appId === GRAPH_APP_ID ? client.graphRoles : [];
  return {
    aio: opaque(24),
    idtyp: 'app',
    oid: principal.id,
    rh: `1.${opaque(24)}.`,
    ...(roles.length > 0 && { roles }),
    sub: principal.id,
    tid: tenant.id,
    uti: opaque(16),
    ...(parameters.capabilities.length > 0 && { xms_cc: parameters.capabilities }),
    ...(credential && { xms_ficinfo: opaque(24) }),
    xms_idrel: '7 28',
    ...(identityResourceId !== null && { xms_mirid: identityResourceId }),
  };
}

/** Entra: access-token-claims-reference. The audience of v1 is the resource exactly as it was asked for. */
function versionClaims({ parameters, tenant, client, resource }: Grant): JsonObject {
  const { stsHost, preferredNetwork } = CLOUDS[tenant.cloud];
  const v1Issuer = `https://${stsHost}/${tenant.id}/`;
  if (resource.accessTokenVersion === 2) {
    const iss = `https://${preferredNetwork}/${tenant.id}/v2.0`;
    return { aud: resource.appId, iss, azp: client.clientId, azpacr: '2', ver: '2.0' };
  }
  const names = { app_displayname: client.name, appid: client.clientId, appidacr: '2' };
  return {
    aud: parameters.resource,
    iss: v1Issuer,
    ...names,
    idp: v1Issuer,
    tenant_region_scope: 'EU',
    ver: '1.0',
  };
}

/** Signs an app-only access token shaped like Entra's. `clockOffset` is that of Entra's clock, in seconds. */
export async function issueToken(grant: Grant, clockOffset: number): Promise<IssuedToken> {
  const now = nowSeconds(clockOffset);
  const expiresOn = now + lifetime(grant);
  const notBefore = now - BACKDATED_SECONDS;
  const { jwk, privateKey } = await entraKey();
  const header = { typ: 'JWT', alg: 'RS256', x5t: jwk.x5t, kid: jwk.kid };
  const times = { iat: notBefore, nbf: notBefore, exp: expiresOn };
  const claims = { ...versionClaims(grant), ...times, ...commonClaims(grant) };
  // Recorded answers count one second less than the token's own life.
  return {
    accessToken: signJwt(header, claims, privateKey),
    notBefore,
    expiresOn,
    expiresIn: expiresOn - now - 1,
  };
}
