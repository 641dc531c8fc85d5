import type { Credential } from '../credential.ts';

/** One Azure role assignment that reaches the identity. A field that is null or absent is not known. */
export interface RoleAssignment {
  readonly id?: string | null;
  readonly principalId: string | null;
  readonly principalType?: string | null;
  /** False when the directory no longer holds the principal. */
  readonly principalExists?: boolean | null;
  /** Path or GUID; empty when not known. */
  readonly roleDefinitionId: string;
  readonly roleName: string | null;
  /** Where it was assigned; empty when not known. */
  readonly scope: string;
  readonly condition?: string | null;
  readonly actions?: readonly string[] | null;
  readonly dataActions?: readonly string[] | null;
}

/** What the directory says of the identity. */
export interface IdentityFacts {
  readonly kind: 'application' | 'managed-identity' | null;
  readonly clientId: string | null;
  /** Object id of the service principal. */
  readonly objectId: string | null;
  readonly enabled: boolean | null;
}

/** An owner (user or organisation) that was looked up. */
export interface OwnerFacts {
  readonly name: string;
  readonly id: string | null;
  readonly exists: boolean | null;
}

/** A repository that was looked up. */
export interface RepositoryFacts {
  /** `OWNER/REPOSITORY`. */
  readonly fullName: string;
  readonly id: string | null;
  readonly ownerId: string | null;
  readonly exists: boolean | null;
}

/** A deployment environment, and whether any protection rule or deployment branch policy guards it. */
export interface EnvironmentFacts {
  readonly repository: string;
  readonly name: string;
  readonly protected: boolean | null;
  /** Why that is not known. */
  readonly missing?: string | null;
}

/** What a `permissions` block says of `id-token`; null where there is no block, so that what is above counts. */
export type IdTokenGrant = 'write' | 'none' | null;

/** One job of a workflow file. */
export interface WorkflowJob {
  readonly id: string;
  readonly idToken: IdTokenGrant;
  /** As written, which may hold an expression; null when the job names none. */
  readonly environment: string | null;
  /** Whether a step asks for an ID token; null where a called workflow or a local action may. */
  readonly usesLogin: boolean | null;
  /** Runner labels as written; null where they are not written in this file. */
  readonly runsOn: readonly string[] | null;
}

/** What a workflow file says that matters to a trust. */
export interface WorkflowFacts {
  readonly path: string;
  readonly events: readonly string[];
  readonly idToken: IdTokenGrant;
  readonly jobs: readonly WorkflowJob[];
}

/** What is known of GitHub's side. */
export interface GitHubFacts {
  /** Address of the GitHub that the identity is for, such as `https://github.com`. */
  readonly server: string | null;
  /** Owners and repositories that were looked up; those that are not listed are not known. */
  readonly owners: readonly OwnerFacts[];
  readonly repositories: readonly RepositoryFacts[];
  readonly environments: readonly EnvironmentFacts[] | null;
  readonly workflows: readonly WorkflowFacts[] | null;
  /** Claim `runner_environment`. */
  readonly runnerEnvironment: string | null;
  /** The repository that the identity is meant for. */
  readonly repository: {
    readonly fullName: string;
    readonly id: string | null;
    readonly ownerId: string | null;
  } | null;
}

/** All that the rules may look at. Null means not known: a rule never guesses it. */
export interface LintFacts {
  /** Null when they could not be read. */
  readonly credentials: readonly Credential[] | null;
  readonly identity: IdentityFacts;
  /** The assignments that reach the identity, those of its groups included. */
  readonly roles: readonly RoleAssignment[] | null;
  /** Where it may have other roles, which were not read; null or absent where `roles` are all. */
  readonly rolesUnread?: string | null;
  /** Of these, what was known of and could not be read. */
  readonly rolesLost?: string | null;
  /** Audience that federated identity credentials of this cloud expect; null where the cloud is not known. */
  readonly cloudAudience: string | null;
  readonly github: GitHubFacts | null;
  /** Time of the last sign-in by name of credential; null for one that never signed in. */
  readonly lastUsed: Readonly<Record<string, string | null>> | null;
}
