import { type BearerProblem, type Caller, readBearer } from '../bearer.ts';
import { CLOUDS, type CloudFacts } from '../clouds.ts';
import type { Subscription } from '../entities.ts';
import type { JsonObject } from '../json-object.ts';
import { resourceManagerAt } from '../stacks.ts';
import type { State } from '../state.ts';
import { ArmError } from './errors.ts';

function challenge(facts: CloudFacts, tenant: string, description: string): Record<string, string> {
  const uri = `https://${facts.preferredCache}/${tenant}`;
  const value = `Bearer authorization_uri="${uri}", error="invalid_token", error_description="${description}"`;
  return { 'www-authenticate': value };
}

function audienceMessage(claims: JsonObject, { armAudiences }: CloudFacts): string {
  const allowed = armAudiences.flatMap((audience) => [`'${audience}/'`, `'${audience}'`]).join(',');
  return `The access token has been obtained for wrong audience or resource '${String(claims['aud'])}'. It should exactly match with one of the allowed audiences ${allowed}.`;
}

function refusal(problem: BearerProblem, claims: JsonObject, facts: CloudFacts): ArmError {
  const expiry = new Date(Number(claims['exp'] ?? 0) * 1000).toISOString();
  const refuse = (code: string, message: string, description: string): ArmError =>
    new ArmError(401, code, message, challenge(facts, '', description));
  switch (problem) {
    case 'missing':
      return refuse(
        'AuthenticationFailed',
        "Authentication failed. The 'Authorization' header is missing.",
        "The authentication failed because of missing 'Authorization' header.",
      );
    case 'malformed':
    case 'signature':
      return refuse(
        'InvalidAuthenticationToken',
        'The access token is invalid.',
        'Could not parse the access token.',
      );
    case 'audience':
      return refuse(
        'InvalidAuthenticationTokenAudience',
        audienceMessage(claims, facts),
        'The access token has been obtained for wrong audience.',
      );
    case 'expired':
      return refuse(
        'ExpiredAuthenticationToken',
        `The access token expiry UTC time '${expiry}' is earlier than current UTC time '${new Date().toISOString()}'.`,
        'The access token expired.',
      );
    case 'tenant':
      return refuse(
        'InvalidAuthenticationToken',
        'The access token is from an unknown issuer.',
        'The access token is from the wrong issuer.',
      );
  }
}

/** Who calls; throws an ArmError 401 for a token that Resource Manager does not take. */
export async function armCaller(request: Request, state: State): Promise<Caller> {
  const { cloud, audiences } = resourceManagerAt(new URL(request.url).host) ?? {
    cloud: 'AzureCloud',
    audiences: [],
  };
  const facts = { ...CLOUDS[cloud], armAudiences: audiences };
  const result = await readBearer(request, state, cloud, audiences);
  if (result.kind === 'caller') return result.caller;
  throw refusal(result.problem, result.claims, facts);
}

/**
 * Throws an ArmError 401 InvalidAuthenticationTokenTenant for a caller of another tenant than the subscription's;
 * it names the right one. Source: Azure, "Troubleshoot Azure RBAC" and reports that quote the text.
 */
export function checkTenant({ tenant }: Caller, subscription: Subscription): void {
  if (subscription.tenantId === tenant.id) return;
  const facts = CLOUDS[tenant.cloud];
  const issuer = (id: string): string => `https://${facts.stsHost}/${id}/`;
  const authority = `https://${facts.preferredCache}/${subscription.tenantId}`;
  const message =
    `The access token is from the wrong issuer '${issuer(tenant.id)}'. It must match the tenant ` +
    `'${issuer(subscription.tenantId)}' associated with this subscription. Please use the authority (URL) ` +
    `'${authority}' to get the token. Note, if the subscription is transferred to another tenant there is no impact ` +
    'to the services, but information about new tenant could take time to propagate (up to an hour). If you just ' +
    'transferred your subscription and see this error message, please try back later.';
  const description =
    'The access token is from the wrong issuer. It must match the tenant associated with this subscription. ' +
    'Please use correct authority to get the token.';
  throw new ArmError(
    401,
    'InvalidAuthenticationTokenTenant',
    message,
    challenge(facts, subscription.tenantId, description),
  );
}
