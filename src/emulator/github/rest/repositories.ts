import { requireRepository } from './access.ts';
import type { Answer, Call } from './call.ts';
import { findAccount, findAccountById, findRepository, repositoriesOf } from './directory.ts';
import type { Account, DeploymentEnvironment, Repository } from './entities.ts';
import { notFound } from './errors.ts';

const METADATA = { permission: 'metadata', level: 'read', scope: 'repo' } as const;
const ACTIONS = { permission: 'actions', level: 'read', scope: 'repo' } as const;
const CONTENTS = { permission: 'contents', level: 'read', scope: 'repo' } as const;

function accountShape(call: Call, { login, id, type }: Account): object {
  const url = `${call.base}/users/${login}`;
  return {
    login,
    id: Number(id),
    node_id: `A_${id}`,
    url,
    html_url: `${call.state.run.serverUrl}/${login}`,
    type,
  };
}

function shape(call: Call, repository: Repository): object {
  const { owner, name, id, visibility, defaultBranch } = repository;
  const account = findAccount(call.state, owner) ?? { login: owner, id: '0', type: 'Organization' };
  return {
    id: Number(id),
    node_id: `R_${id}`,
    name,
    full_name: `${owner}/${name}`,
    private: visibility !== 'public',
    owner: accountShape(call, account),
    html_url: `${call.state.run.serverUrl}/${owner}/${name}`,
    url: `${call.base}/repos/${owner}/${name}`,
    fork: false,
    archived: false,
    disabled: false,
    visibility,
    default_branch: defaultBranch,
  };
}

function known(call: Call): Repository {
  const repository = findRepository(call.state, call.names[0], call.names[1]);
  if (!repository) throw notFound();
  return repository;
}

/** `GET /repos/{owner}/{repo}`. Source: GitHub, "Get a repository". */
export function getRepository(call: Call): Answer {
  const repository = known(call);
  requireRepository(call, repository, METADATA);
  return { status: 200, body: shape(call, repository) };
}

/** `GET /repositories/{id}`: the repository of a numeric id, whatever it is called now. */
export function getRepositoryById(call: Call): Answer {
  const repository = repositoriesOf(call.state).find(({ id }) => id === call.names[0]);
  if (!repository) throw notFound();
  requireRepository(call, repository, METADATA);
  return { status: 200, body: shape(call, repository) };
}

/** `GET /users/{login}`: users and organizations alike. */
export function getUser(call: Call): Answer {
  const account = findAccount(call.state, call.names[0]);
  if (!account) throw notFound();
  return { status: 200, body: accountShape(call, account) };
}

/** `GET /orgs/{login}`. */
export function getOrganization(call: Call): Answer {
  const account = findAccount(call.state, call.names[0]);
  if (account?.type !== 'Organization') throw notFound();
  return { status: 200, body: accountShape(call, account) };
}

/** `GET /user/{id}`: the account of a numeric id. Source: GitHub, "Get a user using their ID". */
export function getUserById(call: Call): Answer {
  const account = findAccountById(call.state, call.names[0]);
  if (!account) throw notFound();
  return { status: 200, body: accountShape(call, account) };
}

function environmentShape(
  { name, protectionRules, branchPolicy }: DeploymentEnvironment,
  call: Call,
): object {
  const [owner, repo] = call.names;
  const url = `${call.base}/repos/${owner}/${repo}/environments/${encodeURIComponent(name)}`;
  return {
    id: 1,
    node_id: 'EN_1',
    name,
    url,
    created_at: '2025-01-01T00:00:00Z',
    updated_at: '2025-01-01T00:00:00Z',
    can_admins_bypass: true,
    protection_rules: protectionRules,
    deployment_branch_policy: branchPolicy,
  };
}

/** `GET …/environments`, in pages of `per_page` (30 unless said). */
export function listEnvironments(call: Call): Answer {
  const repository = known(call);
  requireRepository(call, repository, ACTIONS);
  const all = repository.environments.map((one) => environmentShape(one, call));
  const size = Math.min(Number(call.url.searchParams.get('per_page') ?? 30) || 30, 100);
  const page = Number(call.url.searchParams.get('page') ?? 1) || 1;
  const body = { total_count: all.length, environments: all.slice((page - 1) * size, page * size) };
  if (page * size >= all.length) return { status: 200, body };
  const next = new URL(call.url);
  next.searchParams.set('page', String(page + 1));
  return { status: 200, body, headers: { link: `<${next.href}>; rel="next"` } };
}

/** `GET …/environments/{name}`: names are compared without regard to case. */
export function getEnvironment(call: Call): Answer {
  const repository = known(call);
  requireRepository(call, repository, ACTIONS);
  const wanted = call.names[2]?.toLowerCase();
  const found = repository.environments.find(({ name }) => name.toLowerCase() === wanted);
  if (!found) throw notFound();
  return { status: 200, body: environmentShape(found, call) };
}

function entryShape(call: Call, path: string, type: 'file' | 'dir', size: number): object {
  const [owner, repo] = call.names;
  const url = `${call.base}/repos/${owner}/${repo}/contents/${path}`;
  return { type, name: path.split('/').at(-1), path, size, sha: '0'.repeat(40), url, download_url: null };
}

// GitHub breaks the base64 of a file into lines of 60 characters.
function fileShape(call: Call, path: string, text: string): object {
  const content = Buffer.from(text)
    .toString('base64')
    .replaceAll(/.{1,60}/g, '$&\n');
  return { ...entryShape(call, path, 'file', Buffer.byteLength(text)), encoding: 'base64', content };
}

function directoryShape(call: Call, path: string, files: Repository['files']): object[] {
  const prefix = path === '' ? '' : `${path}/`;
  const inside = Object.keys(files).filter((name) => name.startsWith(prefix));
  const entries = new Map<string, object>();
  for (const name of inside) {
    const [head = '', ...rest] = name.slice(prefix.length).split('/');
    const size = rest.length > 0 ? 0 : Buffer.byteLength(files[name] ?? '');
    entries.set(head, entryShape(call, `${prefix}${head}`, rest.length > 0 ? 'dir' : 'file', size));
  }
  return [...entries.values()];
}

/** `GET …/contents/{path}`: a file in base64, a directory as a list. Source: GitHub, "Get repository content". */
export function getContents(call: Call): Answer {
  const repository = known(call);
  requireRepository(call, repository, CONTENTS);
  const path = (call.names[2] ?? '').replace(/^\/|\/$/g, '');
  const text = Object.hasOwn(repository.files, path) ? repository.files[path] : undefined;
  if (text !== undefined) return { status: 200, body: fileShape(call, path, text) };
  const entries = directoryShape(call, path, repository.files);
  if (entries.length === 0) throw notFound();
  return { status: 200, body: entries };
}
