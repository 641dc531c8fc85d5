import { isRecord } from '../claims.ts';
import type { EnvironmentFacts, GitHubFacts, OwnerFacts, RepositoryFacts } from './facts.ts';
import { flagOf, type Read, readList, textOf } from './reading.ts';

/** Reads what a file tells of GitHub's side, in the words of `GitHubFacts`; workflow files are read where they are. */
export function readGitHub(json: unknown): Read<GitHubFacts | null> {
  if (json === null) return { ok: true, value: null };
  if (!isRecord(json)) return { ok: false, problem: "'github' is not an object" };
  const owners = readEntries(json, 'owners', ownerOf);
  if (!owners.ok) return owners;
  const repositories = readEntries(json, 'repositories', repositoryOf);
  if (!repositories.ok) return repositories;
  const environments = readEntries(json, 'environments', environmentOf);
  if (!environments.ok) return environments;
  const given = json['repository'] ?? null;
  const own = isRecord(given) ? repositoryOf(given) : null;
  if (own === null && given !== null)
    return { ok: false, problem: "'repository' of 'github' has no fullName" };
  return {
    ok: true,
    value: {
      server: textOf(json, ['server']),
      owners: owners.value ?? [],
      repositories: repositories.value ?? [],
      environments: environments.value,
      workflows: null,
      runnerEnvironment: textOf(json, ['runnerEnvironment']),
      repository: own && { fullName: own.fullName, id: own.id, ownerId: own.ownerId },
    },
  };
}

type Entry = Readonly<Record<string, unknown>>;

/** Null where the file holds no such list: an empty one says that there are none. */
function readEntries<T>(
  json: Entry,
  key: string,
  read: (entry: Entry) => T | null,
): Read<readonly T[] | null> {
  const list = json[key] ?? null;
  if (list === null) return { ok: true, value: null };
  if (!Array.isArray(list)) return { ok: false, problem: `'${key}' of 'github' is not a list` };
  return readList(list, (entry, index): Read<T> => {
    const value = isRecord(entry) ? read(entry) : null;
    return value === null
      ? { ok: false, problem: `${key}[${index}] of 'github' lacks a name` }
      : { ok: true, value };
  });
}

function ownerOf(entry: Entry): OwnerFacts | null {
  const name = textOf(entry, ['name']);
  return name === null ? null : { name, id: idOf(entry, 'id'), exists: flagOf(entry, 'exists') };
}

function repositoryOf(entry: Entry): RepositoryFacts | null {
  const fullName = textOf(entry, ['fullName']);
  if (fullName === null) return null;
  const [id, ownerId] = [idOf(entry, 'id'), idOf(entry, 'ownerId')];
  return { fullName, id, ownerId, exists: flagOf(entry, 'exists') };
}

function environmentOf(entry: Entry): EnvironmentFacts | null {
  const [repository, name] = [textOf(entry, ['repository']), textOf(entry, ['name'])];
  return repository === null || name === null
    ? null
    : { repository, name, protected: flagOf(entry, 'protected') };
}

/** GitHub's API writes ids as numbers, its tokens as text. */
function idOf(entry: Entry, key: string): string | null {
  const id = entry[key];
  return typeof id === 'number' ? String(id) : textOf(entry, [key]);
}
