import type { Subscription } from '../entities.ts';
import { allows, requireAction, seesSubscription } from './access.ts';
import { type Answer, answerList, type Call, findSubscription, hasResourceGroup } from './call.ts';
import type { ResourceGroup } from './entities.ts';
import { ArmError } from './errors.ts';

function shape({ subscriptionId, displayName, tenantId, state }: Subscription): object {
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    tags: {},
    subscriptionId,
    tenantId,
    displayName,
    state,
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}

/** `GET /subscriptions`: those of the token's tenant in which the caller has any role. */
export function listSubscriptions(call: Call): Answer {
  const { state, caller } = call;
  const seen = state.subscriptions.filter(
    ({ subscriptionId, tenantId }) =>
      tenantId === caller.tenant.id && seesSubscription(caller, subscriptionId, state),
  );
  return answerList(call, seen.map(shape));
}

/** `GET /subscriptions/{id}`. */
export function getSubscription(call: Call): Answer {
  const subscription = findSubscription(call, call.names['subscription'] ?? '');
  const scope = `/subscriptions/${subscription.subscriptionId}`;
  // A role below the subscription shows it too.
  if (!seesSubscription(call.caller, subscription.subscriptionId, call.state))
    requireAction(call.caller, 'Microsoft.Resources/subscriptions/read', scope, call.state);
  return { status: 200, body: shape(subscription) };
}

/** `GET /tenants`: the tenant of the token. */
export function listTenants(call: Call): Answer {
  const { id, displayName, domains } = call.caller.tenant;
  const [defaultDomain = ''] = domains;
  const tenant = {
    id: `/tenants/${id}`,
    tenantId: id,
    countryCode: 'NL',
    displayName,
    domains,
    tenantCategory: 'Home',
    defaultDomain,
    tenantType: 'AAD',
  };
  return answerList(call, [tenant]);
}

function groupId({ subscriptionId, name }: ResourceGroup): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
}

function groupShape(group: ResourceGroup): object {
  return {
    id: groupId(group),
    name: group.name,
    type: 'Microsoft.Resources/resourceGroups',
    location: group.location,
    tags: {},
    properties: { provisioningState: 'Succeeded' },
  };
}

const GROUP_READ = 'Microsoft.Resources/subscriptions/resourceGroups/read';

/** `GET …/resourceGroups`: those that the caller may read. */
export function listResourceGroups(call: Call): Answer {
  const { subscriptionId } = findSubscription(call, call.names['subscription'] ?? '');
  if (!seesSubscription(call.caller, subscriptionId, call.state))
    requireAction(call.caller, GROUP_READ, `/subscriptions/${subscriptionId}`, call.state);
  const groups = call.state.resourceGroups.filter((group) => group.subscriptionId === subscriptionId);
  return answerList(
    call,
    groups.filter((group) => allows(call.caller, GROUP_READ, groupId(group), call.state)).map(groupShape),
  );
}

/** `GET …/resourceGroups/{name}`. */
export function getResourceGroup(call: Call): Answer {
  const { subscription = '', group: name = '' } = call.names;
  const { subscriptionId } = findSubscription(call, subscription);
  requireAction(
    call.caller,
    GROUP_READ,
    `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
    call.state,
  );
  if (!hasResourceGroup(call, subscriptionId, name))
    throw new ArmError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
  const listed = call.state.resourceGroups.find(
    (group) => group.subscriptionId === subscriptionId && group.name.toLowerCase() === name.toLowerCase(),
  );
  return { status: 200, body: groupShape(listed ?? { subscriptionId, name, location: 'westeurope' }) };
}
