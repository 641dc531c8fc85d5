import { FACTS, findings, missingRoles, type Observation, type Outcome, type Rule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { Trust } from '../trust.ts';

/** Who may sign tokens for the identity. */
export const ISSUER_RULES: readonly Rule[] = [
  {
    code: 'unknown-issuer',
    title: 'Unknown issuer on an identity with roles',
    severities: ['critical'],
    why: 'Whoever runs the issuer can sign in as the identity at any time: a known way to keep access after a break-in.',
    remedy: 'Find out who added it and whose it is; remove it unless it is yours.',
    needs: [FACTS.credentials, FACTS.roles],
    source: SOURCES.persistence,
    check: unknownIssuer,
  },
];

function unknownIssuer(trust: Trust): Outcome {
  const { entries, roles } = trust;
  const unknown = entries.filter(({ issuer }) => issuer.kind === 'unknown');
  if (unknown.length === 0) return findings([]);
  if (roles === null || roles.length === 0) return { found: [], missing: missingRoles(trust) };
  const count = roles.length === 1 ? 'a role' : `${roles.length} roles`;
  return findings(
    unknown.map(
      ({ credential: { name, issuer } }): Observation => ({
        severity: 'critical',
        credential: name,
        message: `Credential '${name}' trusts '${issuer}', which is no known issuer, on an identity with ${count}.`,
        evidence: issuer,
        remedy: `Find out who added credential '${name}' (Entra audit log, or the activity log of the managed identity) and remove it unless the issuer is yours.`,
      }),
    ),
  );
}
