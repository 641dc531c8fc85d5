import type { Caller } from '../bearer.ts';
import type { Subscription } from '../entities.ts';
import { isGuid } from '../guids.ts';
import { type BodyProblem, type JsonObject, readJsonObject } from '../json-object.ts';
import { paginate } from '../paging.ts';
import type { State } from '../state.ts';
import { checkTenant } from './caller.ts';
import { ArmError } from './errors.ts';
import { isScope, managementGroupOf, subscriptionOf } from './scopes.ts';

/** One request to Resource Manager, authenticated and routed. */
export interface Call {
  url: URL;
  /** What the route's named groups captured, decoded. */
  names: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>>;
  caller: Caller;
  state: State;
}

/** What a route gives back: a status and a body; null for none. */
export interface Answer {
  status: number;
  body: object | null;
}

/** The body's JSON object. Throws an ArmError 400 for anything else. */
export function readBody(text: string): JsonObject {
  const messages: Readonly<Record<BodyProblem, string>> = {
    syntax: 'The request content was invalid and could not be deserialized.',
    type: 'The request content was invalid: an object is expected.',
  };
  return readJsonObject(text, (problem) => new ArmError(400, 'InvalidRequestContent', messages[problem]));
}

/** A list in pages, with `nextLink` where there is more. Throws an ArmError 400 for a strange `$skipToken`. */
export function answerList(call: Call, all: readonly object[]): Answer {
  const top = Number(call.url.searchParams.get('$top') ?? call.state.pageSizes.arm);
  const page = Number.isInteger(top) && top > 0 ? paginate(all, call.url, top) : null;
  if (page === null)
    throw new ArmError(400, 'InvalidSkipToken', 'The $top or $skipToken of the request is invalid.');
  return { status: 200, body: { value: page.items, ...(page.next !== null && { nextLink: page.next }) } };
}

/**
 * The subscription of that id, for a caller of its tenant.
 * Throws an ArmError: 400 InvalidSubscriptionId, 404 SubscriptionNotFound, 401 InvalidAuthenticationTokenTenant.
 */
export function findSubscription({ state, caller }: Call, id: string): Subscription {
  if (!isGuid(id)) {
    const message = `The provided subscription identifier '${id}' is malformed or invalid.`;
    throw new ArmError(400, 'InvalidSubscriptionId', message);
  }
  const found = state.subscriptions.find(
    ({ subscriptionId }) => subscriptionId.toLowerCase() === id.toLowerCase(),
  );
  // A subscription of another cloud does not exist here.
  const home = state.tenants.find((tenant) => tenant.id === found?.tenantId);
  if (!found || home?.cloud !== caller.tenant.cloud)
    throw new ArmError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
  checkTenant(caller, found);
  return found;
}

/** Whether a resource group exists: listed, or the home of a managed identity. */
export function hasResourceGroup({ state }: Call, subscriptionId: string, name: string): boolean {
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  const listed = state.resourceGroups.some(
    (group) => same(group.subscriptionId, subscriptionId) && same(group.name, name),
  );
  const identities = state.tenants.flatMap(({ managedIdentities }) => managedIdentities);
  return (
    listed ||
    identities.some((one) => same(one.subscriptionId, subscriptionId) && same(one.resourceGroup, name))
  );
}

/** Throws what Resource Manager answers for a scope whose subscription or resource group does not exist. */
export function checkScope(call: Call, scope: string): void {
  const subscription = subscriptionOf(scope);
  if (subscription !== null) findSubscription(call, subscription);
  const [, group] = /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)/i.exec(scope) ?? [];
  if (subscription !== null && group && !hasResourceGroup(call, subscription, group))
    throw new ArmError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
}

/** The scope of a request's path. Throws an ArmError for one that cannot be or is not there. */
export function scopeOf(call: Call): string {
  const scope = call.names['scope'] || '/';
  if (!isScope(scope)) throw new ArmError(400, 'InvalidScope', `The scope '${scope}' is not valid.`);
  checkScope(call, scope);
  return scope;
}

/** The tenant that a scope belongs to; null for one that does not exist, and the caller's own for `/`. */
export function tenantOf({ state, caller }: Call, scope: string): string | null {
  const subscription = subscriptionOf(scope);
  if (subscription !== null)
    return (
      state.subscriptions.find((one) => one.subscriptionId.toLowerCase() === subscription)?.tenantId ?? null
    );
  const group = managementGroupOf(scope);
  if (group === null) return caller.tenant.id;
  return state.managementGroups.find(({ name }) => name.toLowerCase() === group)?.tenantId ?? null;
}
