import type { Credential } from '../../trust/credential.ts';
import { readEntry, type TrustEntry } from '../../trust/lint/trust.ts';
import { issuerOf } from '../prediction.ts';

/** An environment of a repository, by name. */
export interface NamedEnvironment {
  /** `OWNER/REPOSITORY`. */
  readonly repository: string;
  readonly name: string;
}

/** What credentials name on one GitHub, each once. */
export interface Named {
  readonly repositories: readonly string[];
  readonly environments: readonly NamedEnvironment[];
  /** Owners whose name alone is trusted, so that it matters whether they still exist. */
  readonly owners: readonly string[];
}

/** The repository of the run, which a credential may name by its id alone. */
export interface RunRepository {
  readonly fullName: string;
  readonly id: string | null;
}

/** What is named by the credentials for a GitHub; those for another one name what this one does not know. */
export function namedBy(
  credentials: readonly Credential[],
  serverUrl: string,
  run: RunRepository | null,
): Named {
  const own = URL.canParse(serverUrl) ? issuerOf(serverUrl) : null;
  const entries = credentials
    .map(readEntry)
    .filter(({ issuer: { canonical } }) => canonical === own || canonical.startsWith(`${own}/`));
  const repositories = entries.flatMap((entry) => repositoryOf(entry, run) ?? []);
  return {
    repositories: once([...repositories, ...(run ? [run.fullName] : [])], (name) => name),
    environments: once(
      entries.flatMap((entry) => environmentOf(entry, run)),
      ({ repository, name }) => `${repository}\n${name}`,
    ),
    owners: once(entries.flatMap(ownerOf), (name) => name),
  };
}

function repositoryOf({ reach }: TrustEntry, run: RunRepository | null): string | null {
  if (reach === null) return null;
  if (reach.ownerName !== null && reach.repositoryName !== null)
    return `${reach.ownerName}/${reach.repositoryName}`;
  return run !== null && run.id !== null && run.id === reach.repositoryId ? run.fullName : null;
}

// Of the repositories of an owner, that of the run is the one that can be asked about.
function environmentOf(entry: TrustEntry, run: RunRepository | null): NamedEnvironment[] {
  const several = entry.reach !== null && entry.reach.repositories !== 'one';
  const repository = repositoryOf(entry, run) ?? (several ? (run?.fullName ?? null) : null);
  const name = entry.reach?.environment?.name ?? null;
  return repository === null || name === null ? [] : [{ repository, name }];
}

function ownerOf({ reach }: TrustEntry): string[] {
  const named = reach?.owner === 'one' && reach.ownerId === null && reach.repositoryId === null;
  return named && reach.ownerName !== null ? [reach.ownerName] : [];
}

// GitHub: names have no case.
function once<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item).toLowerCase(), item])).values()];
}
