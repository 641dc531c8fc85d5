import type { Severity } from '../../finding.ts';
import type { RoleAssignment } from '../facts.ts';
import { narrowerRoles } from '../narrower.ts';
import { nameOfRole, parseScope, powerOfRole, type Scope } from '../roles.ts';
import {
  FACTS,
  findings,
  MISSING,
  missingRoles,
  type Observation,
  type Outcome,
  type Rule,
} from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { Trust } from '../trust.ts';

/** Rules about what the identity may do. */
export const ROLE_RULES: readonly Rule[] = [
  {
    code: 'broad-role',
    title: 'Broad role at a broad scope',
    severities: ['high', 'medium', 'low'],
    why: 'Least privilege. High at a subscription or above, medium at a resource group (and for roles that grant access, everywhere below), low for Contributor on a resource that has a narrower role.',
    remedy: 'Assign a narrower role at a narrower scope.',
    needs: [FACTS.roles],
    source: SOURCES.leastPrivilege,
    check: broadRole,
  },
  {
    code: 'disabled-principal',
    title: 'Disabled principal with roles',
    severities: ['medium'],
    why: 'Its sign-in fails today, and whoever enables it again gets all its roles back.',
    remedy: 'Remove its roles and credentials, or enable it if it is needed.',
    needs: [FACTS.identity, FACTS.roles],
    source: SOURCES.staleIdentities,
    check: disabledPrincipal,
  },
];

const GRANTING = new Set(['owner', 'user access administrator', 'role based access control administrator']);

/** How a broad role is called, whether it can grant roles, and where it is; null for a role that is not broad. */
interface Broad {
  readonly name: string;
  readonly grants: boolean;
  /** A condition can limit what may be granted; it does not limit what Owner does itself. */
  readonly constrained: boolean;
}

function broadRole({ roles, facts }: Trust): Outcome {
  if (roles === null) return { found: [], missing: [MISSING.roles] };
  const found: Observation[] = [];
  // That there may be roles out of sight is so of every identity: it is no question about this one.
  const missing: string[] = facts.rolesLost ? [facts.rolesLost] : [];
  for (const role of roles) {
    const scope = parseScope(role.scope);
    const broad = broadness(role);
    if (broad !== null && scope === null) missing.push(`scope of the assignment of ${broad.name}`);
    else if (broad !== null && scope !== null) found.push(...observe(role, broad, scope));
    else if (powerOfRole(role) === 'unknown' && isWide(scope))
      missing.push(
        `what role '${nameOfRole(role) ?? role.roleDefinitionId}' at '${role.scope}' allows (Microsoft.Authorization/roleDefinitions/read)`,
      );
  }
  return { found, missing };
}

const isWide = (scope: Scope | null) =>
  scope === null || (scope.level !== 'resource' && scope.level !== 'resource group');

function broadness(role: RoleAssignment): Broad | null {
  const name = nameOfRole(role);
  const lower = name?.toLowerCase() ?? '';
  if (GRANTING.has(lower))
    return { name: name ?? '', grants: true, constrained: Boolean(role.condition) && lower !== 'owner' };
  const all = role.actions?.includes('*') ?? false;
  if (lower !== 'contributor' && !all) return null;
  return { name: name ?? 'a role with all actions', grants: false, constrained: false };
}

function observe(role: RoleAssignment, broad: Broad, scope: Scope): Observation[] {
  const narrower = narrowerRoles(scope.resourceType);
  const severity = gradeOf(broad, scope, narrower.length > 0);
  if (severity === null) return [];
  const where = `${scope.level === 'root' ? 'the root' : `${article(scope.level)} ${scope.level}`} ('${role.scope}')`;
  return [
    {
      severity,
      ...(role.principalId === null ? {} : { principal: role.principalId }),
      message: `The identity has ${broad.name} at ${where}.`,
      evidence: `${broad.name} at ${role.scope}`,
      remedy: remedyOf(narrower, scope),
    },
  ];
}

const article = (word: string) => (word.startsWith('m') ? 'the' : 'a');

function gradeOf({ grants, constrained }: Broad, scope: Scope, hasNarrower: boolean): Severity | null {
  if (isWide(scope)) return constrained ? 'medium' : 'high';
  if (scope.level === 'resource group' || grants) return 'medium';
  return hasNarrower ? 'low' : null;
}

function remedyOf(narrower: readonly string[], scope: Scope): string {
  if (narrower.length > 0) return `Assign ${narrower.join(' or ')} here instead.`;
  return scope.level === 'resource group' || scope.level === 'resource'
    ? 'Assign a role for the kind of resource that the workflow changes, at that resource; if it must grant roles, use Role Based Access Control Administrator with a condition.'
    : 'Assign Contributor, or better a role for the kind of resource, at the resource group that the workflow changes; if it must grant roles, use Role Based Access Control Administrator with a condition.';
}

function disabledPrincipal(trust: Trust): Outcome {
  const { facts, roles } = trust;
  const { enabled, objectId } = facts.identity;
  const none = roles?.length === 0;
  if (enabled === true || (none && !facts.rolesUnread)) return findings([]);
  if (enabled === null) return { found: [], missing: [MISSING.state] };
  if (roles === null || none) return { found: [], missing: missingRoles(trust) };
  return findings([
    {
      severity: 'medium',
      ...(objectId === null ? {} : { principal: objectId }),
      message: `The service principal is disabled and still has ${roles.length} role assignment${roles.length === 1 ? '' : 's'}.`,
      evidence: roles
        .map((role) => `${nameOfRole(role) ?? role.roleDefinitionId} at ${role.scope}`)
        .join('; '),
      remedy:
        'Remove its role assignments and credentials; if it is needed, enable it (`az ad sp update --set accountEnabled=true`).',
    },
  ]);
}
