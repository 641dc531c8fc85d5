import type { RoleAssignment } from '../facts.ts';
import { nameOfRole } from '../roles.ts';
import { FACTS, MISSING, type Observation, type Outcome, type Rule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { Trust } from '../trust.ts';

/** What nobody needs any more is there for an attacker alone. */
export const STALE_RULES: readonly Rule[] = [
  {
    code: 'stale-identity',
    title: 'Credentials without roles, roles without credentials, or neither used',
    severities: ['low'],
    why: 'Identities, assignments and credentials that serve nobody any more widen what can be attacked.',
    remedy: 'Remove what is not used.',
    needs: [FACTS.credentials, FACTS.roles, FACTS.activity],
    source: SOURCES.staleIdentities,
    check: (trust) => join([withoutRoles(trust), deletedPrincipals(trust), neverUsed(trust)]),
  },
];

function join(outcomes: readonly Outcome[]): Outcome {
  return {
    found: outcomes.flatMap(({ found }) => found),
    missing: outcomes.flatMap(({ missing }) => missing),
  };
}

function withoutRoles({ facts, roles }: Trust): Outcome {
  const { objectId } = facts.identity;
  const count = facts.credentials?.length ?? null;
  const base = { severity: 'low' as const, ...(objectId === null ? {} : { principal: objectId }) };
  if (roles === null) return { found: [], missing: [MISSING.roles] };
  // What could not be read is told for the rule as a whole.
  if (count === null) return { found: [], missing: [] };
  if (count > 0 && roles.length === 0 && facts.rolesUnread)
    return { found: [], missing: [facts.rolesUnread] };
  if (count > 0 && roles.length === 0)
    return {
      found: [
        {
          ...base,
          message: `The identity has ${count} credential${count === 1 ? '' : 's'} and no Azure role anywhere.`,
          evidence: 'no role assignment',
          remedy:
            'Assign the role that it needs, or remove the identity; a role on Microsoft Graph alone is not seen here.',
        },
      ],
      missing: [],
    };
  if (count > 0 || roles.length === 0) return { found: [], missing: [] };
  return {
    found: [
      {
        ...base,
        message: `The identity has ${roles.length} role assignment${roles.length === 1 ? '' : 's'} and no federated credential.`,
        evidence: roles.map(describe).join('; '),
        remedy: 'Remove the role assignments, unless it signs in by other means.',
      },
    ],
    missing: [],
  };
}

const describe = (role: RoleAssignment) => `${nameOfRole(role) ?? role.roleDefinitionId} at ${role.scope}`;

function deletedPrincipals({ facts }: Trust): Outcome {
  const found: Observation[] = [];
  const missing = new Set<string>();
  for (const role of facts.roles ?? []) {
    const { principalId, principalType, principalExists = null } = role;
    if (principalExists === false) found.push(deleted(role));
    // The identity itself was read (a null id stands for it), and a group that it is a member of exists.
    else if (
      principalExists === null &&
      principalId !== null &&
      principalId !== facts.identity.objectId &&
      principalType !== 'Group'
    )
      missing.add(
        `whether principal '${principalId}' still exists (Microsoft Graph Directory.Read.All, or 'principalExists' in the file)`,
      );
  }
  return { found, missing: [...missing] };
}

function deleted(role: RoleAssignment): Observation {
  return {
    severity: 'low',
    ...(role.principalId === null ? {} : { principal: role.principalId }),
    message: `A role assignment is left from principal '${role.principalId ?? 'unknown'}', which no longer exists.`,
    evidence: describe(role),
    remedy: role.id
      ? `Remove it: az role assignment delete --ids '${role.id.replaceAll("'", "'\\''")}'`
      : 'Remove the role assignment.',
  };
}

function neverUsed({ facts: { credentials, lastUsed } }: Trust): Outcome {
  if (credentials === null || credentials.length === 0) return { found: [], missing: [] };
  if (lastUsed === null) return { found: [], missing: [MISSING.activity] };
  const known = credentials.filter(({ name }) => Object.hasOwn(lastUsed, name));
  return {
    found: known
      .filter(({ name }) => lastUsed[name] === null)
      .map(({ name }) => ({
        severity: 'low',
        credential: name,
        message: `Credential '${name}' was never used to sign in.`,
        evidence: 'no sign-in',
        remedy: `Remove credential '${name}' unless it is new.`,
      })),
    missing: known.length === credentials.length ? [] : [MISSING.activity],
  };
}
