import type { ClientInputs } from '../inputs/inputs.ts';
import type { HttpRequest } from '../io/effects.ts';

/**
 * The client credentials request with a signed assertion in the place of a secret.
 * RFC 7523 section 2.2; "OAuth 2.0 client credentials flow, third case" of the Microsoft identity platform.
 */
export function buildTokenRequest(
  { cloud, tenantId, clientId }: Pick<ClientInputs, 'cloud' | 'tenantId' | 'clientId'>,
  scope: string,
  assertion: string,
  correlationId: string,
): HttpRequest {
  return {
    method: 'POST',
    url: new URL(`https://${cloud.authority}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`),
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'client-request-id': correlationId,
      'return-client-request-id': 'true',
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }).toString(),
  };
}
