import type { State } from '../state.ts';

const MANAGEMENT_GROUP = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)$/i;
const SUBSCRIPTION = /^\/subscriptions\/([^/]+)/i;
const BELOW_SUBSCRIPTION =
  /^\/subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+)?(?:\/providers\/[^/]+(?:\/[^/]+\/[^/]+)+)?$/i;

/** Whether the text is a scope that roles can be assigned at. Source: Azure, "Understand scope for Azure RBAC". */
export function isScope(scope: string): boolean {
  return scope === '/' || MANAGEMENT_GROUP.test(scope) || BELOW_SUBSCRIPTION.test(scope);
}

/** The subscription that a scope lies in; null above subscriptions. */
export function subscriptionOf(scope: string): string | null {
  return SUBSCRIPTION.exec(scope)?.[1]?.toLowerCase() ?? null;
}

/** The name of the management group that a scope is; null for any other scope. */
export function managementGroupOf(scope: string): string | null {
  return MANAGEMENT_GROUP.exec(scope)?.[1]?.toLowerCase() ?? null;
}

function groupScope(name: string): string {
  return `/providers/microsoft.management/managementgroups/${name.toLowerCase()}`;
}

function groupChain(name: string | null, state: State): string[] {
  const group = state.managementGroups.find((one) => one.name.toLowerCase() === name?.toLowerCase());
  return group ? [groupScope(group.name), ...groupChain(group.parent, state)] : [];
}

function groupAbove(subscriptionId: string, state: State): string | null {
  const holder = state.managementGroups.find(({ subscriptionIds }) =>
    subscriptionIds.some((id) => id.toLowerCase() === subscriptionId),
  );
  return holder?.name ?? null;
}

// A resource lies below its parent resource, that below its group, that below its subscription.
function pathChain(scope: string): string[] {
  const [, subscription = '', group, provider] =
    /^(\/subscriptions\/[^/]+)(\/resourcegroups\/[^/]+)?(\/providers\/.*)?$/.exec(scope) ?? [];
  const [, namespace = '', types = ''] = /^(\/providers\/[^/]+)(.*)$/.exec(provider ?? '') ?? [];
  const base = `${subscription}${group ?? ''}`;
  const pairs = types.match(/\/[^/]+\/[^/]+/g) ?? [];
  const resources = pairs.map((_, index) => `${base}${namespace}${pairs.slice(0, index + 1).join('')}`);
  return [subscription, ...(group ? [base] : []), ...resources].reverse();
}

/** A scope and everything above it, nearest first, in lower case: scopes are compared without regard to case. */
export function chainOf(scope: string, state: State): string[] {
  const lower = scope.toLowerCase();
  const group = managementGroupOf(lower);
  if (group !== null) return [...groupChain(group, state), '/'];
  const subscription = subscriptionOf(lower);
  if (subscription === null) return ['/'];
  return [...pathChain(lower), ...groupChain(groupAbove(subscription, state), state), '/'];
}
