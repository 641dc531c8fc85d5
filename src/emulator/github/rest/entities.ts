/** An organization or a user, beside the owner of the run's repository. */
export interface Account {
  login: string;
  id: string;
  type: 'Organization' | 'User';
}

/** A subject customisation as it was put, for an organization or a repository. */
export interface OidcTemplate {
  /** Of repositories only. */
  useDefault?: boolean;
  includeClaimKeys?: string[];
  useImmutableSubject?: boolean;
}

export interface DeploymentEnvironment {
  name: string;
  /** GitHub: `protection_rules`, as the API shows them. */
  protectionRules: Record<string, unknown>[];
  branchPolicy: { protected_branches: boolean; custom_branch_policies: boolean } | null;
}

/** A repository; the run's own is known without an entry, which then only adds to it. */
export interface Repository {
  owner: string;
  name: string;
  id: string;
  visibility: 'public' | 'private' | 'internal';
  defaultBranch: string;
  environments: DeploymentEnvironment[];
  /** Text of files by path from the root of the repository. */
  files: Record<string, string>;
}

export type AccessLevel = 'read' | 'write';

/** What fine-grained tokens and installations are granted by name; classic tokens have scopes. */
export type Permission =
  | 'metadata'
  | 'contents'
  | 'actions'
  | 'administration'
  | 'organization_administration';

/** A bearer token of the REST API. */
export interface ApiToken {
  token: string;
  kind: 'installation' | 'fine-grained' | 'classic';
  permissions?: Partial<Record<Permission, AccessLevel>>;
  scopes?: string[];
  /** Full names of the repositories that it reaches; absent: all. */
  repositories?: string[];
}

export interface GitHubDirectory {
  accounts: Account[];
  repositories: Repository[];
  tokens: ApiToken[];
  /** Templates that were set, by `owner` and by `owner/name`. */
  templates: Record<string, OidcTemplate>;
}
