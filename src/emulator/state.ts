import { randomBytes } from 'node:crypto';
import type { ManagementGroup, ResourceGroup, RoleAssignment, RoleDefinition } from './arm/entities.ts';
import type { ClockOffsets, Group, RunContext, Subscription, Tenant } from './entities.ts';
import type { Fault } from './faults.ts';
import type { GitHubDirectory } from './github/rest/entities.ts';
import { defaultRun, defaultSubscriptions, defaultTenants } from './seed.ts';
import {
  defaultGroups,
  defaultManagementGroups,
  defaultResourceGroups,
  defaultRoleAssignments,
  defaultRoleDefinitions,
} from './seed-azure.ts';
import { defaultGitHub } from './seed-github.ts';
import { defaultWorkloads, trustingWorkloads } from './seed-workloads.ts';
import type { Workloads } from './workloads/entities.ts';

/** How many items a page holds where the client does not say. */
export interface PageSizes {
  graph: number;
  arm: number;
}

/** What both a seed and a state hold, in the same form. */
interface Entities {
  tenants: Tenant[];
  subscriptions: Subscription[];
  groups: Group[];
  resourceGroups: ResourceGroup[];
  managementGroups: ManagementGroup[];
  /** Custom roles, and built-in ones beside those that the emulator knows. */
  roleDefinitions: RoleDefinition[];
  roleAssignments: RoleAssignment[];
  /**
   * Whether an application may list its own federated identity credentials without any permission. Graph documents
   * that for its application and service principal only, so the default is that it may not.
   */
  ownCredentialsReadable: boolean;
  /** Issuers whose metadata Entra cannot fetch (AADSTS501661). */
  unreachableIssuers: string[];
}

/** Everything the emulator knows, as JSON. What a seed leaves out keeps its default. */
export interface Seed extends Entities {
  /** Each of its fields replaces the default one. */
  workloads: Partial<Workloads>;
  /** Each of its fields replaces the default one. */
  github: Partial<GitHubDirectory>;
  pageSizes: Partial<PageSizes>;
  /** Merged over the default run. */
  run: Partial<RunContext>;
  /** Seconds by which each side's clock is ahead of the machine's. */
  clockOffsetSeconds: Partial<ClockOffsets>;
  /** Queued from the start, and again after every reset. */
  faults: Fault[];
}

/** Live entities: in-process tests may change any of it between requests. */
export interface State extends Entities {
  workloads: Workloads;
  github: GitHubDirectory;
  pageSizes: PageSizes;
  run: RunContext;
  clockOffsetSeconds: ClockOffsets;
  /** Moved on by a key rotation. */
  githubKeyGeneration: number;
}

const HOUR_SECONDS = 3600;

/** Shaped like a runner's: a JWT good for about six hours, whose signature nobody but GitHub checks. */
function newRequestToken(): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = { scp: 'GenerateIdToken:emulator', nbf: now, exp: now + 6 * HOUR_SECONDS };
  return `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(claims)}.${randomBytes(256).toString('base64url')}`;
}

// Graph's documented default; Resource Manager documents none.
const PAGE_SIZES: PageSizes = { graph: 100, arm: 100 };

function defaultEntities(): Entities {
  return {
    tenants: trustingWorkloads(defaultTenants()),
    subscriptions: defaultSubscriptions(),
    groups: defaultGroups(),
    resourceGroups: defaultResourceGroups(),
    managementGroups: defaultManagementGroups(),
    roleDefinitions: defaultRoleDefinitions(),
    roleAssignments: defaultRoleAssignments(),
    ownCredentialsReadable: false,
    unreachableIssuers: [],
  };
}

function checkNames(what: string, value: object, names: readonly string[]): void {
  const alien = Object.keys(value).find((name) => !names.includes(name));
  if (alien !== undefined) throw new TypeError(`The ${what} has no "${alien}"; it has ${names.join(', ')}`);
}

/**
 * A fresh state from a seed; the seed itself is never changed.
 * Throws a TypeError for a field that the seed, its run or its clocks do not have: a typo must not pass for a default.
 */
export function createState(seed: Partial<Seed>): State {
  const { workloads = {}, github = {}, pageSizes = {}, run = {}, ...others } = seed;
  const { clockOffsetSeconds = {}, faults: _, ...entities } = others;
  const defaults = defaultEntities();
  const merged = ['workloads', 'github', 'pageSizes', 'run', 'clockOffsetSeconds', 'faults'];
  checkNames('seed', seed, [...Object.keys(defaults), ...merged]);
  checkNames('run', run, [...Object.keys(defaultRun()), 'requestToken']);
  checkNames('clockOffsetSeconds', clockOffsetSeconds, ['github', 'entra']);
  checkNames('workloads', workloads, Object.keys(defaultWorkloads()));
  checkNames('github', github, Object.keys(defaultGitHub()));
  checkNames('pageSizes', pageSizes, Object.keys(PAGE_SIZES));
  return structuredClone({
    ...defaults,
    ...entities,
    workloads: { ...defaultWorkloads(), ...workloads },
    github: { ...defaultGitHub(), ...github },
    pageSizes: { ...PAGE_SIZES, ...pageSizes },
    run: { ...defaultRun(), requestToken: newRequestToken(), ...run },
    clockOffsetSeconds: { github: 0, entra: 0, ...clockOffsetSeconds },
    githubKeyGeneration: 0,
  });
}
