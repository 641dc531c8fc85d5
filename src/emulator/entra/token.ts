import { nowMilliseconds } from '../clock.ts';
import { cloudOfAuthority } from '../clouds.ts';
import type { Cloud } from '../entities.ts';
import { json } from '../responses.ts';
import type { State } from '../state.ts';
import { type Grant, type IssuedToken, issueToken, resourceId } from './access-token.ts';
import { checkSignature, checkTime, readAssertion } from './assertion.ts';
import { findCredential } from './credentials.ts';
import { type ActiveClient, findClient, findTenant } from './directory.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { checkManagedAssertion } from './managed-assertion.ts';
import { readParameters, type TokenParameters } from './parameters.ts';
import { checkConditionalAccess, checkPolicies } from './policies.ts';
import { entraHeaders, Refusal, refusalResponse } from './refusal.ts';
import { findResource } from './resources.ts';

const TOKEN_PATH = /^\/([^/]+)\/oauth2\/(v2\.0\/)?token$/;

/** Whether the path is a token endpoint's, of v1 or v2. */
export function isTokenPath(path: string): boolean {
  return TOKEN_PATH.test(path);
}

/**
 * Every check in the order of evaluation. The order is undocumented; public walk-throughs met issuer, audience and
 * subject errors with tokens of any provider, so the credential is looked up before keys are fetched: Entra could not
 * fetch the metadata of an issuer that no credential names.
 */
async function authorize(
  parameters: TokenParameters,
  tenantName: string,
  cloud: Cloud,
  state: State,
  issuerKeys: IssuerKeys,
): Promise<Grant> {
  const tenant = findTenant(tenantName, cloud, state);
  const client = findClient(tenant, parameters.clientId, state);
  if (parameters.assertion === null) throw secretRefusal(client);
  const assertion = readAssertion(parameters.assertion, client.clientId);
  const credential = findCredential(client, assertion);
  checkSignature(assertion, await issuerKeys.of(assertion.issuer, state.unreachableIssuers));
  checkTime(assertion, state);
  checkManagedAssertion(client, assertion, state);
  checkPolicies(tenant, assertion);
  checkConditionalAccess(tenant, client);
  const resource = findResource(parameters.resource, tenant);
  const { managedIdentity } = client;
  const identityResourceId = managedIdentity && resourceId(managedIdentity);
  return { parameters, tenant, client, credential, resource, identityResourceId };
}

/** The emulator knows no secrets: none is valid, and a managed identity cannot have one. */
function secretRefusal({ clientId, managedIdentity }: ActiveClient): Refusal {
  return new Refusal(managedIdentity === null ? 7000215 : 7000232, { clientId });
}

/** v1 writes its numbers as strings and says more. Source: Entra, "OAuth 2.0 client credentials flow", v1 and v2. */
function successBody(parameters: TokenParameters, issued: IssuedToken): object {
  const { accessToken, expiresIn, expiresOn, notBefore } = issued;
  if (parameters.version === 2) {
    return {
      token_type: 'Bearer',
      expires_in: expiresIn,
      ext_expires_in: expiresIn,
      access_token: accessToken,
    };
  }
  return {
    token_type: 'Bearer',
    expires_in: String(expiresIn),
    ext_expires_in: String(expiresIn),
    expires_on: String(expiresOn),
    not_before: String(notBefore),
    resource: parameters.resource,
    access_token: accessToken,
  };
}

async function exchange(request: Request, state: State, issuerKeys: IssuerKeys): Promise<Response> {
  const url = new URL(request.url);
  const [, tenantName = '', v2] = TOKEN_PATH.exec(url.pathname) ?? [];
  const cloud = cloudOfAuthority(url.host);
  if (cloud === null) throw new Refusal(50049);
  const parameters = await readParameters(request, v2 === undefined ? 1 : 2);
  const grant = await authorize(parameters, decodeURIComponent(tenantName), cloud, state, issuerKeys);
  const issued = await issueToken(grant, state.clockOffsetSeconds.entra);
  return json(200, successBody(parameters, issued), entraHeaders(request, 0));
}

/**
 * Entra's token endpoint, v1 and v2: client credentials with a federated assertion (RFC 6749, RFC 7523).
 * Refusals come back as responses with their AADSTS code.
 */
export async function handleToken(request: Request, state: State, issuerKeys: IssuerKeys): Promise<Response> {
  try {
    return await exchange(request, state, issuerKeys);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusalResponse(error, request, nowMilliseconds(state.clockOffsetSeconds.entra));
  }
}
