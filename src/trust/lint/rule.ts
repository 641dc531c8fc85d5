import type { Finding, Severity } from '../finding.ts';
import type { Trust, TrustEntry } from './trust.ts';

/** What a rule says of one thing: a finding without what is the same for every finding of the rule. */
export type Observation = Omit<Finding, 'code' | 'source'>;

/** What a rule found, and what it would have needed to decide the rest. */
export interface Outcome {
  readonly found: readonly Observation[];
  readonly missing: readonly string[];
}

/** A rule is data about itself and one pure function. */
export interface Rule {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly title: string;
  /** Every severity that it may have, the worst first. */
  readonly severities: readonly Severity[];
  readonly why: string;
  /** In general; a finding says it with the values at hand. */
  readonly remedy: string;
  /** Facts that it looks at, in words for docs/findings.md. */
  readonly needs: readonly string[];
  /** A public document. */
  readonly source: string;
  readonly check: (trust: Trust) => Outcome;
}

export const FACTS = {
  credentials: 'credentials',
  identity: 'kind and state of the identity',
  roles: 'role assignments',
  server: 'address of the GitHub that the identity is for',
  names: 'whether owners and repositories exist',
  repository: 'ids of the repository and its owner',
  environments: 'protection of environments',
  workflows: 'workflow files',
  runner: 'claim `runner_environment`',
  activity: 'sign-in activity',
} as const;

/** What is missing, with the right or the input that would supply it. */
export const MISSING = {
  credentials:
    'federated identity credentials (Microsoft Graph Application.Read.All; for a managed identity Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read)',
  roles:
    "role assignments of the identity (Microsoft.Authorization/roleAssignments/read, or 'roles' in the file)",
  server:
    "address of the GitHub that the identity is for (`mode: validate` knows it; 'server' of 'github' in the file)",
  workflows: 'workflow files (a checkout, or repository permission "Contents: read")',
  activity:
    "sign-in activity of the credentials (Microsoft Graph AuditLog.Read.All, Microsoft Entra ID P1 or P2; or 'lastUsed' in the file)",
  state: 'whether the service principal is enabled (Microsoft Graph Application.Read.All)',
} as const;

/** What would have to be read to know that the roles allow no more than was seen; nothing where that is known. */
export function missingRoles({ facts, power }: Trust): readonly string[] {
  if (facts.roles !== null && facts.rolesUnread) return [facts.rolesUnread];
  return power === 'unknown' ? [MISSING.roles] : [];
}

/** An outcome of findings alone. */
export function findings(found: readonly Observation[]): Outcome {
  return { found, missing: [] };
}

/** Looks at the credentials one by one; what needs no facts of others cannot be undecided. */
export function eachCredential(look: (entry: TrustEntry, trust: Trust) => Observation | null): Rule['check'] {
  return (trust) =>
    findings(
      trust.entries.flatMap((entry) => {
        const seen = look(entry, trust);
        return seen === null ? [] : [seen];
      }),
    );
}

/** What a credential holds in the place of a subject. */
export function configured({ credential }: TrustEntry): string {
  return credential.claimsMatchingExpression?.value ?? credential.subject ?? '';
}
