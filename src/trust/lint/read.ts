import { isRecord } from '../claims.ts';
import { type Credential, readCredential } from '../credential.ts';
import type { LintFacts, RoleAssignment } from './facts.ts';
import { readGitHub } from './read-github.ts';
import { flagOf, type Read, readList, textOf } from './reading.ts';

/** A file for `lint`, read; or the first thing in it that cannot be meant. */
export type LintRead =
  | { readonly ok: true; readonly facts: LintFacts }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads `{"credentials":[…],"roles"?:[…],"github"?:{…},"lastUsed"?:{…}}`, or credentials alone as az (a list) and Graph
 * (`{"value":[…]}`) print them. Credentials as Graph, ARM or az print them;
 * roles as ARM or `az role assignment list` do; of `lastUsed`, the time of the last sign-in by name of credential, null
 * for none. What the file does not hold is not known: the cloud neither.
 */
export function readLintFile(file: unknown): LintRead {
  const json = Array.isArray(file) ? { credentials: file } : file;
  const list = isRecord(json) ? (json['credentials'] ?? json['value']) : null;
  if (!isRecord(json) || !Array.isArray(list))
    return {
      ok: false,
      problem:
        "expected an object with a list 'credentials', or a list of credentials as az or Graph prints it",
    };
  const credentials = readList(list, readNamedCredential);
  if (!credentials.ok) return credentials;
  const roles = readRoles(json['roles'] ?? null);
  if (!roles.ok) return roles;
  const github = readGitHub(json['github'] ?? null);
  if (!github.ok) return github;
  const lastUsed = readLastUsed(json['lastUsed'] ?? null);
  if (!lastUsed.ok) return lastUsed;
  return {
    ok: true,
    facts: {
      credentials: credentials.value,
      identity: { kind: null, clientId: null, objectId: null, enabled: null },
      roles: roles.value,
      cloudAudience: null,
      github: github.value,
      lastUsed: lastUsed.value,
    },
  };
}

function readRoles(json: unknown): Read<readonly RoleAssignment[] | null> {
  if (json === null) return { ok: true, value: null };
  if (!Array.isArray(json)) return { ok: false, problem: "'roles' is not a list" };
  return readList(json, readRole);
}

function readLastUsed(json: unknown): Read<LintFacts['lastUsed']> {
  if (json === null) return { ok: true, value: null };
  if (!isRecord(json)) return { ok: false, problem: "'lastUsed' is not an object" };
  const times: [string, string | null][] = [];
  for (const [name, time] of Object.entries(json)) {
    if (time !== null && typeof time !== 'string')
      return { ok: false, problem: "a value of 'lastUsed' is neither a time nor null" };
    times.push([name, time]);
  }
  return { ok: true, value: Object.fromEntries(times) };
}

function readNamedCredential(json: unknown, index: number): Read<Credential> {
  const at = `credentials[${index}]`;
  const credential = readCredential(json, at);
  if (credential === null) return { ok: false, problem: `${at} is not a federated identity credential` };
  if (credential.issuer === '') return { ok: false, problem: `${at} has no issuer` };
  return credential.subject === null && credential.claimsMatchingExpression === null
    ? { ok: false, problem: `${at} has neither a subject nor a claimsMatchingExpression` }
    : { ok: true, value: credential };
}

/** Reads one role assignment of ARM (its `properties`), az or a file by hand. */
function readRole(json: unknown, index: number): Read<RoleAssignment> {
  if (!isRecord(json)) return { ok: false, problem: `roles[${index}] is not an object` };
  const inner = isRecord(json['properties']) ? json['properties'] : {};
  const all: Record<string, unknown> = { ...json, ...inner };
  const get = (...names: readonly string[]) => textOf(all, names);
  const role: RoleAssignment = {
    id: textOf(json, ['id']),
    principalId: get('principalId'),
    principalType: get('principalType'),
    principalExists: flagOf(all, 'principalExists'),
    roleDefinitionId: get('roleDefinitionId') ?? '',
    roleName: get('roleName', 'roleDefinitionName', 'role'),
    scope: get('scope') ?? '',
    condition: get('condition'),
    ...permissionsOf(all),
  };
  return role.roleName === null && role.roleDefinitionId === ''
    ? { ok: false, problem: `roles[${index}] has neither a roleName nor a roleDefinitionId` }
    : { ok: true, value: role };
}

/** Actions, beside the role or in the `permissions` of its definition. */
function permissionsOf(json: Record<string, unknown>): Pick<RoleAssignment, 'actions' | 'dataActions'> {
  const blocks = [json, ...(Array.isArray(json['permissions']) ? json['permissions'] : [])].filter(isRecord);
  return { actions: listOf(blocks, 'actions'), dataActions: listOf(blocks, 'dataActions') };
}

function listOf(blocks: readonly Record<string, unknown>[], name: string): string[] | null {
  const lists = blocks.map((block) => block[name]).filter((value) => Array.isArray(value));
  return lists.length === 0 ? null : lists.flat().filter((value) => typeof value === 'string');
}
