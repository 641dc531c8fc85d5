import type { State } from '../../state.ts';
import type { Call } from './call.ts';
import type { AccessLevel, ApiToken, Permission, Repository } from './entities.ts';
import { ApiError, notFound } from './errors.ts';

/** The token that a request presents, null for none. Throws an ApiError 401 for one that is not known. */
export function tokenOf(request: Request, state: State): ApiToken | null {
  const header = request.headers.get('authorization');
  if (header === null) return null;
  const [, presented] = /^(?:Bearer|token) (.+)$/i.exec(header) ?? [];
  const found = state.github.tokens.find(({ token }) => token === presented);
  if (!found) throw new ApiError(401, 'Bad credentials');
  return found;
}

// A classic scope that includes others (GitHub, "Scopes for OAuth apps").
const INCLUDED: Readonly<Record<string, readonly string[]>> = {
  repo: ['repo', 'public_repo'],
  'admin:org': ['admin:org', 'write:org', 'read:org'],
  'write:org': ['write:org', 'read:org'],
};

function hasScope(token: ApiToken, wanted: string): boolean {
  return (token.scopes ?? []).some((scope) => scope === wanted || INCLUDED[scope]?.includes(wanted));
}

function hasPermission({ permissions = {} }: ApiToken, name: Permission, level: AccessLevel): boolean {
  return permissions[name] === 'write' || permissions[name] === level;
}

function lacking(token: ApiToken, scope: string): ApiError {
  if (token.kind === 'installation') return new ApiError(403, 'Resource not accessible by integration');
  if (token.kind === 'fine-grained')
    return new ApiError(403, 'Resource not accessible by personal access token');
  const scopes = (token.scopes ?? []).join(', ');
  const headers = { 'x-oauth-scopes': scopes, 'x-accepted-oauth-scopes': scope };
  // GitHub hides from a classic token what its scopes do not reach.
  return new ApiError(404, 'Not Found', headers);
}

function reaches(token: ApiToken, { owner, name }: Repository): boolean {
  const full = `${owner}/${name}`.toLowerCase();
  return token.repositories?.some((one) => one.toLowerCase() === full) ?? true;
}

/** What a call needs: a permission of fine-grained tokens and installations, a scope of classic ones. */
export interface Need {
  permission: Permission;
  level: AccessLevel;
  scope: string;
}

function grants(token: ApiToken, { permission, level, scope }: Need): boolean {
  return token.kind === 'classic' ? hasScope(token, scope) : hasPermission(token, permission, level);
}

/** Throws an ApiError: 404 where the repository must stay unknown, 401 without a token, 403 without the right. */
export function requireRepository(call: Call, repository: Repository, need: Need): void {
  const { token } = call;
  const visible = repository.visibility === 'public';
  if (token === null) {
    if (!visible) throw notFound();
    if (need.permission === 'metadata' || (need.permission === 'contents' && need.level === 'read')) return;
    throw new ApiError(401, 'Requires authentication');
  }
  if (!visible && !reaches(token, repository)) throw notFound();
  if (visible && need.permission === 'metadata') return;
  if (!grants(token, need)) throw lacking(token, need.scope);
}

/** Throws an ApiError 401 without a token, 403 or 404 without the right on the organization. */
export function requireOrganization({ token }: Call, need: Need): void {
  if (token === null) throw new ApiError(401, 'Requires authentication');
  if (!grants(token, need)) throw lacking(token, need.scope);
}
