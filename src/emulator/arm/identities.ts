import { type BrokenRule, brokenRule, MAX_CREDENTIALS } from '../credential-rules.ts';
import type { FederatedIdentityCredential, ManagedIdentity } from '../entities.ts';
import { resourceId } from '../entra/access-token.ts';
import { isJsonObject } from '../json-object.ts';
import { allows, requireAction, seesSubscription } from './access.ts';
import { type Answer, answerList, type Call, checkScope, findSubscription } from './call.ts';
import { ArmError, resourceNotFound } from './errors.ts';

const TYPE = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const READ = `${TYPE}/read`;
const CREDENTIALS = `${TYPE}/federatedIdentityCredentials`;

function shape(call: Call, identity: ManagedIdentity): object {
  const { name, location, clientId, principalId } = identity;
  const properties = { isolationScope: 'None', tenantId: call.caller.tenant.id, principalId, clientId };
  return { id: resourceId(identity), name, type: TYPE, location, tags: {}, properties };
}

function groupScope({ names }: Call): string {
  return `/subscriptions/${names['subscription']}/resourceGroups/${names['group']}`;
}

function identityScope(call: Call): string {
  return `${groupScope(call)}/providers/${TYPE}/${call.names['identity']}`;
}

/** `GET …/userAssignedIdentities` of a subscription or a resource group: those that the caller may read. */
export function listIdentities(call: Call): Answer {
  const { subscription = '', group } = call.names;
  const { subscriptionId } = findSubscription(call, subscription);
  const scope = group === undefined ? `/subscriptions/${subscriptionId}` : groupScope(call);
  checkScope(call, scope);
  const reaches = group === undefined && seesSubscription(call.caller, subscriptionId, call.state);
  if (!reaches)
    requireAction(call.caller, READ, scope, call.state, `${scope}/providers/Microsoft.ManagedIdentity`);
  const found = call.caller.tenant.managedIdentities.filter(
    (identity) =>
      identity.subscriptionId === subscriptionId &&
      (group === undefined || identity.resourceGroup.toLowerCase() === group.toLowerCase()) &&
      allows(call.caller, READ, resourceId(identity), call.state),
  );
  return answerList(
    call,
    found.map((identity) => shape(call, identity)),
  );
}

function lookUp(call: Call): ManagedIdentity | undefined {
  const scope = identityScope(call).toLowerCase();
  return call.caller.tenant.managedIdentities.find((one) => resourceId(one).toLowerCase() === scope);
}

/** `GET …/userAssignedIdentities/{name}`. */
export function getIdentity(call: Call): Answer {
  findSubscription(call, call.names['subscription'] ?? '');
  requireAction(call.caller, READ, identityScope(call), call.state);
  checkScope(call, groupScope(call));
  const identity = lookUp(call);
  if (!identity) throw resourceNotFound(TYPE, call.names['identity'] ?? '', call.names['group'] ?? '');
  return { status: 200, body: shape(call, identity) };
}

/** The identity whose credentials are asked for; rights come before existence. */
function parentOf(call: Call, operation: 'read' | 'write' | 'delete'): ManagedIdentity {
  findSubscription(call, call.names['subscription'] ?? '');
  const name = call.names['name'];
  const shown = `${identityScope(call)}${name === undefined ? '' : `/federatedIdentityCredentials/${name}`}`;
  requireAction(call.caller, `${CREDENTIALS}/${operation}`, identityScope(call), call.state, shown);
  checkScope(call, groupScope(call));
  const identity = lookUp(call);
  if (identity) return identity;
  const message = `Failed to perform '${operation}' on resource(s) of type 'userAssignedIdentities/federatedIdentityCredentials', because the parent resource '${identityScope(call)}' could not be found.`;
  throw new ArmError(404, 'ParentResourceNotFound', message);
}

function credentialShape(identity: ManagedIdentity, credential: FederatedIdentityCredential): object {
  const { name, issuer, subject, audiences } = credential;
  const id = `${resourceId(identity)}/federatedIdentityCredentials/${name}`;
  return { id, name, type: CREDENTIALS, properties: { issuer, subject, audiences } };
}

function find(identity: ManagedIdentity, call: Call): FederatedIdentityCredential | undefined {
  return identity.federatedIdentityCredentials.find(
    ({ name }) => name.toLowerCase() === call.names['name']?.toLowerCase(),
  );
}

/** `GET …/federatedIdentityCredentials`. */
export function listCredentials(call: Call): Answer {
  const identity = parentOf(call, 'read');
  const all = identity.federatedIdentityCredentials.map((one) => credentialShape(identity, one));
  return answerList(call, all);
}

/** `GET …/federatedIdentityCredentials/{name}`. */
export function getCredential(call: Call): Answer {
  const identity = parentOf(call, 'read');
  const found = find(identity, call);
  if (found) return { status: 200, body: credentialShape(identity, found) };
  throw resourceNotFound(
    `${TYPE}/${identity.name}/federatedIdentityCredentials`,
    call.names['name'] ?? '',
    identity.resourceGroup,
  );
}

// Entra, workload-identity-federation-considerations, "Errors"; code and the wording of `too-many` are not public.
function refusalOf(broken: BrokenRule, name: string): ArmError {
  const what = 'Federated Identity Credential';
  const messages: Readonly<Record<BrokenRule['rule'], string>> = {
    name: `${what} name '${name}' is invalid. Alphanumeric, dash, underscore, no more than 3-120 symbols. First symbol is alphanumeric.`,
    audiences: `${what} '${name}' must have exactly one audience.`,
    empty: `${what} '${name}' has empty properties.`,
    both: `${what} '${name}' is invalid.`,
    length: `${what} '${name}' has a property of more than 600 characters.`,
    duplicate: 'Issuer and subject combination already exists for this Managed Identity.',
    'too-many': `Too many Federated Identity Credentials: at most ${MAX_CREDENTIALS} are allowed for a Managed Identity.`,
  };
  return new ArmError(400, 'BadRequest', messages[broken.rule]);
}

function readCredential({ body, names }: Call): FederatedIdentityCredential {
  const properties = isJsonObject(body['properties']) ? body['properties'] : {};
  const { issuer, subject, audiences } = properties;
  return {
    name: names['name'] ?? '',
    issuer: typeof issuer === 'string' ? issuer : '',
    subject: typeof subject === 'string' ? subject : null,
    audiences: Array.isArray(audiences) ? audiences.map(String) : [],
  };
}

/** `PUT …/federatedIdentityCredentials/{name}`: 201 for a new one, 200 for a changed one. */
export function putCredential(call: Call): Answer {
  const identity = parentOf(call, 'write');
  const before = find(identity, call);
  const credential = readCredential(call);
  const others = identity.federatedIdentityCredentials.filter((one) => one !== before);
  const broken = brokenRule(credential, others);
  if (broken) throw refusalOf(broken, credential.name);
  if (before) Object.assign(before, credential);
  else identity.federatedIdentityCredentials.push(credential);
  return { status: before ? 200 : 201, body: credentialShape(identity, credential) };
}

/** `DELETE …/federatedIdentityCredentials/{name}`: 204 where there was none. */
export function deleteCredential(call: Call): Answer {
  const identity = parentOf(call, 'delete');
  const found = find(identity, call);
  identity.federatedIdentityCredentials = identity.federatedIdentityCredentials.filter(
    (one) => one !== found,
  );
  return { status: found ? 200 : 204, body: null };
}
