import type { State } from '../../state.ts';
import { requireOrganization, requireRepository } from './access.ts';
import type { Answer, Call } from './call.ts';
import { findAccount, findRepository } from './directory.ts';
import type { OidcTemplate, Repository } from './entities.ts';
import { ApiError, notFound } from './errors.ts';

const KEY = /^[A-Za-z0-9_]+$/;

function templateOf(state: State, name: string): OidcTemplate {
  const { templates } = state.github;
  const key = name.toLowerCase();
  return (Object.hasOwn(templates, key) && templates[key]) || {};
}

function isOwn({ run }: State, { id }: Repository): boolean {
  return run.repositoryId === id;
}

/** What a repository's tokens follow: its own keys, or the owner's where it opted in without keys. */
function resolve(
  state: State,
  { owner, name }: Repository,
): { claimKeys: string[] | null; immutable: boolean } {
  const ownerTemplate = templateOf(state, owner);
  const own = templateOf(state, `${owner}/${name}`);
  const keys = own.includeClaimKeys ?? ownerTemplate.includeClaimKeys ?? null;
  return {
    claimKeys: (own.useDefault ?? true) ? null : keys,
    immutable: own.useImmutableSubject ?? ownerTemplate.useImmutableSubject ?? false,
  };
}

/** A repository's template. The run's subject wins where a test changed it without the API. */
function effective(state: State, repository: Repository): OidcTemplate & { immutable: boolean } {
  const stored = templateOf(state, `${repository.owner}/${repository.name}`);
  const resolved = resolve(state, repository);
  const { immutable, claimKeys } = state.run.subject;
  const agrees = JSON.stringify(resolved) === JSON.stringify({ claimKeys, immutable });
  if (!isOwn(state, repository) || agrees)
    return { useDefault: true, ...stored, immutable: resolved.immutable };
  return { useDefault: claimKeys === null, ...(claimKeys && { includeClaimKeys: claimKeys }), immutable };
}

/** The next ID token of the run follows what was put for its repository or owner. */
function follow(state: State): void {
  const { owner, repository } = state.run;
  const own = findRepository(state, owner, repository);
  if (own) state.run.subject = resolve(state, own);
}

function keysOf({ body }: Call): string[] | undefined {
  const keys: unknown = body['include_claim_keys'];
  if (keys === undefined) return undefined;
  const sound = Array.isArray(keys) && keys.every((key) => typeof key === 'string' && KEY.test(key));
  if (!sound || new Set(keys).size !== keys.length)
    throw new ApiError(
      422,
      'Invalid request.\n\ninclude_claim_keys must be unique names of letters, digits and underscores.',
    );
  return keys.map(String);
}

function immutableOf({ body }: Call): boolean | undefined {
  const value = body['use_immutable_subject'];
  if (value === undefined || typeof value === 'boolean') return value;
  throw new ApiError(422, 'Invalid request.\n\nuse_immutable_subject is not a boolean.');
}

function readTemplate(call: Call): OidcTemplate {
  const includeClaimKeys = keysOf(call);
  const useImmutableSubject = immutableOf(call);
  return {
    ...(includeClaimKeys && { includeClaimKeys }),
    ...(useImmutableSubject !== undefined && { useImmutableSubject }),
  };
}

function organization(call: Call, level: 'read' | 'write'): string {
  const account = findAccount(call.state, call.names[0]);
  if (account?.type !== 'Organization') throw notFound();
  requireOrganization(call, { permission: 'organization_administration', level, scope: `${level}:org` });
  return account.login;
}

/** `GET /orgs/{org}/actions/oidc/customization/sub`. Source: GitHub, "REST API endpoints for GitHub Actions OIDC". */
export function getOrganizationTemplate(call: Call): Answer {
  const { includeClaimKeys, useImmutableSubject } = templateOf(call.state, organization(call, 'read'));
  const body = {
    // An organization that set nothing has the default's keys.
    include_claim_keys: includeClaimKeys ?? ['repo', 'context'],
    use_immutable_subject: useImmutableSubject ?? false,
  };
  return { status: 200, body };
}

/** `PUT` of the same. */
export function putOrganizationTemplate(call: Call): Answer {
  const login = organization(call, 'write').toLowerCase();
  const { templates } = call.state.github;
  templates[login] = { ...templateOf(call.state, login), ...readTemplate(call) };
  follow(call.state);
  return { status: 201, body: {} };
}

function repositoryFor(call: Call, level: 'read' | 'write'): Repository {
  const repository = findRepository(call.state, call.names[0], call.names[1]);
  if (!repository) throw notFound();
  requireRepository(call, repository, { permission: 'actions', level, scope: 'repo' });
  return repository;
}

function ownerIdOf(call: Call, owner: string): string {
  return findAccount(call.state, owner)?.id ?? '';
}

/** `GET /repos/{owner}/{repo}/actions/oidc/customization/sub`. */
export function getRepositoryTemplate(call: Call): Answer {
  const repository = repositoryFor(call, 'read');
  const { owner, name, id } = repository;
  const { useDefault, includeClaimKeys, immutable } = effective(call.state, repository);
  const body = {
    use_default: useDefault,
    ...(includeClaimKeys && { include_claim_keys: includeClaimKeys }),
    use_immutable_subject: immutable,
    sub_claim_prefix: immutable
      ? `repo:${owner}@${ownerIdOf(call, owner)}/${name}@${id}`
      : `repo:${owner}/${name}`,
  };
  return { status: 200, body };
}

/** `PUT` of the same: `use_default` is required. */
export function putRepositoryTemplate(call: Call): Answer {
  const { owner, name } = repositoryFor(call, 'write');
  const useDefault = call.body['use_default'];
  if (typeof useDefault !== 'boolean')
    throw new ApiError(422, 'Invalid request.\n\n"use_default" wasn\'t supplied.');
  const key = `${owner}/${name}`.toLowerCase();
  // The immutable switch is kept where the request leaves it out; keys are replaced.
  const { useImmutableSubject } = templateOf(call.state, key);
  call.state.github.templates[key] = {
    ...(useImmutableSubject !== undefined && { useImmutableSubject }),
    useDefault,
    ...readTemplate(call),
  };
  follow(call.state);
  return { status: 201, body: {} };
}
