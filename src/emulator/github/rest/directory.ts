import type { State } from '../../state.ts';
import type { Account, Repository } from './entities.ts';

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

// The run decides what its own repository is called and numbered.
function runRepository({ run, github }: State): Repository {
  const listed = github.repositories.find(({ id }) => id === run.repositoryId);
  return {
    defaultBranch: 'main',
    environments: [],
    files: {},
    ...listed,
    owner: run.owner,
    name: run.repository,
    id: run.repositoryId,
    visibility: run.repositoryVisibility,
  };
}

/** Every repository: the run's own, then the others of the seed. */
export function repositoriesOf(state: State): Repository[] {
  const own = runRepository(state);
  return [own, ...state.github.repositories.filter(({ id }) => id !== own.id)];
}

/** The repository of that name; null when there is none. */
export function findRepository(state: State, owner = '', name = ''): Repository | null {
  return repositoriesOf(state).find((one) => same(one.owner, owner) && same(one.name, name)) ?? null;
}

function accountsOf({ run, github }: State): Account[] {
  const listed = github.accounts.find(({ id }) => id === run.ownerId);
  const own: Account = { type: 'Organization', ...listed, login: run.owner, id: run.ownerId };
  return [own, ...github.accounts.filter(({ id }) => id !== own.id)];
}

/** The account of that login; null when there is none. */
export function findAccount(state: State, login = ''): Account | null {
  return accountsOf(state).find((one) => same(one.login, login)) ?? null;
}

/** The account of that numeric id; null when there is none any more. */
export function findAccountById(state: State, id = ''): Account | null {
  return accountsOf(state).find((one) => one.id === id) ?? null;
}
