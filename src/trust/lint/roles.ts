import type { RoleAssignment } from './facts.ts';

/** What the roles let the identity do. `none`: no role at all; `unknown`: what they allow could not be read. */
export type Power = 'writes' | 'reads' | 'none' | 'unknown';

/** Azure: "Azure built-in roles", privileged category, and Reader. */
const BUILT_IN: Readonly<Record<string, string>> = {
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': 'Owner',
  'b24988ac-6180-42a0-ab88-20f7382dd24c': 'Contributor',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9': 'User Access Administrator',
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168': 'Role Based Access Control Administrator',
  'a8889054-8d42-49c9-bc1c-52486c10e7cd': 'Reservations Administrator',
  'acdd72a7-3385-48ef-bd42-f606fba81ae7': 'Reader',
};

/** Built-in roles that change nothing and hand out no secret, whatever support requests and queries they allow. */
const READERS: ReadonlySet<string> = new Set(
  [
    'Reader',
    'AcrPull',
    'Container Registry Repository Reader',
    'App Configuration Data Reader',
    'App Configuration Reader',
    'Azure Kubernetes Service RBAC Reader',
    'Backup Reader',
    'Billing Reader',
    'Cosmos DB Account Reader Role',
    'Cost Management Reader',
    'DNS Zone Reader',
    'Key Vault Reader',
    'Log Analytics Reader',
    'Managed Application Reader',
    'Management Group Reader',
    'Monitoring Reader',
    'Resource Policy Reader',
    'Security Reader',
    'Storage Blob Data Reader',
    'Storage File Data SMB Share Reader',
    'Storage Queue Data Reader',
    'Storage Table Data Reader',
    'Tag Reader',
    'Website Reader',
  ].map((name) => name.toLowerCase()),
);

// How Azure names its built-in roles that change things.
const WRITERS = /(^|\W)(contributor|administrator|admin|owner|officer|operator|writer)$|^acr(push|delete)$/i;

/** Name of the role, from its id where only that is known; null when neither tells. */
export function nameOfRole({ roleName, roleDefinitionId }: RoleAssignment): string | null {
  const id = roleDefinitionId.slice(roleDefinitionId.lastIndexOf('/') + 1).toLowerCase();
  return roleName ?? (Object.hasOwn(BUILT_IN, id) ? (BUILT_IN[id] ?? null) : null);
}

/** Assignments that can be used: those of deleted principals cannot. */
export function effectiveRoles(roles: readonly RoleAssignment[] | null): readonly RoleAssignment[] | null {
  return roles?.filter(({ principalExists }) => principalExists !== false) ?? null;
}

/** What all roles together let the identity do. */
export function powerOf(roles: readonly RoleAssignment[] | null): Power {
  if (roles === null) return 'unknown';
  const powers = new Set(roles.map(powerOfRole));
  if (powers.has('writes')) return 'writes';
  if (powers.has('unknown')) return 'unknown';
  return powers.has('reads') ? 'reads' : 'none';
}

/** What one role allows: by its actions where they are known, else by its name where that is a built-in one's. */
export function powerOfRole(role: RoleAssignment): Exclude<Power, 'none'> {
  const name = nameOfRole(role);
  if (name !== null && READERS.has(name.toLowerCase())) return 'reads';
  const allowed = role.actions ? [...role.actions, ...(role.dataActions ?? [])] : null;
  if (allowed !== null) return allowed.some(changes) ? 'writes' : 'reads';
  return name !== null && WRITERS.test(name) ? 'writes' : 'unknown';
}

/** Azure: "Azure role definitions": an action ends in what it does, `*` stands for anything. */
function changes(action: string): boolean {
  if (/^microsoft\.support\//i.test(action)) return false;
  return /(^|\/)(\*|write|delete)$/i.test(action) || (/\/action$/i.test(action) && !QUERY.test(action));
}

const QUERY = /\/(search|query|checknameavailability)\/action$/i;

/** Where a role was assigned. */
export interface Scope {
  readonly level: 'root' | 'management group' | 'subscription' | 'resource group' | 'resource';
  /** Lower case, such as `microsoft.keyvault/vaults`; null above a resource. */
  readonly resourceType: string | null;
}

const RESOURCE =
  /^\/subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+)?\/providers\/([^/]+)\/([^/]+)\/[^/]+(\/.*)?$/;

/** Reads a scope; null when it is none. Azure: "Understand scope for Azure RBAC". */
export function parseScope(text: string): Scope | null {
  const scope = text.toLowerCase();
  const level = (name: Scope['level']): Scope => ({ level: name, resourceType: null });
  if (scope === '/') return level('root');
  if (/^\/providers\/microsoft\.management\/managementgroups\/[^/]+\/?$/.test(scope))
    return level('management group');
  if (/^\/subscriptions\/[^/]+\/?$/.test(scope)) return level('subscription');
  if (/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/?$/.test(scope)) return level('resource group');
  const [matched, provider, type] = RESOURCE.exec(scope) ?? [];
  return matched === undefined ? null : { level: 'resource', resourceType: `${provider}/${type}` };
}
