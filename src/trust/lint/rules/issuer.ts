import type { Credential } from '../../credential.ts';
import { hostOfServer, type IssuerVerdict } from '../../issuer.ts';
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

/** Who may sign tokens for the identity. */
export const ISSUER_RULES: readonly Rule[] = [
  {
    code: 'unknown-issuer',
    title: 'Unknown issuer on an identity with roles',
    severities: ['critical'],
    why: 'Whoever runs the issuer can sign in as the identity at any time: a known way to keep access after a break-in. The issuer of a GitHub Enterprise Server or of a GHE.com subdomain is known where the identity is for that GitHub.',
    remedy: 'Find out who added it and whose it is; remove it unless it is yours.',
    needs: [FACTS.credentials, FACTS.roles, FACTS.server],
    source: SOURCES.persistence,
    check: unknownIssuer,
  },
];

function unknownIssuer(trust: Trust): Outcome {
  const { entries, facts, roles } = trust;
  const server = facts.github?.server ? hostOfServer(facts.github.server) : null;
  const suspects = entries.flatMap(({ credential, issuer }) => {
    const why = doubtOf(issuer, server);
    return why === null ? [] : [{ credential, why }];
  });
  if (suspects.length === 0) return findings([]);
  const missing = suspects.some(({ why }) => why === 'undecided') ? [MISSING.server] : [];
  if (roles === null || roles.length === 0) {
    const unread = missingRoles(trust);
    return { found: [], missing: unread.length === 0 ? [] : [...unread, ...missing] };
  }
  const found = suspects
    .filter(({ why }) => why !== 'undecided')
    .map(({ credential, why }) => unknown(credential, why, roles.length));
  return { found, missing };
}

/** Why an issuer is not known to be meant; null where it is. Anybody can run GitHub Enterprise Server or rent GHE.com. */
function doubtOf({ kind, server: own }: IssuerVerdict, server: string | null): string | null {
  if (kind === 'unknown') return 'which is no known issuer';
  if (own === null || own === server) return null;
  return server === null ? 'undecided' : `which is not the issuer of ${server} and may be anybody's`;
}

function unknown({ name, issuer }: Credential, why: string, roles: number): Observation {
  return {
    severity: 'critical',
    credential: name,
    message: `Credential '${name}' trusts '${issuer}', ${why}, on an identity with ${roles === 1 ? 'a role' : `${roles} roles`}.`,
    evidence: issuer,
    remedy: `Find out who added credential '${name}' (Entra audit log, or the activity log of the managed identity) and remove it unless the issuer is yours.`,
  };
}
