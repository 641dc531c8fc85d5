import { type BearerProblem, type Caller, readBearer } from '../bearer.ts';
import { CLOUDS, cloudOfGraph } from '../clouds.ts';
import { GRAPH_APP_ID } from '../entra/resources.ts';
import type { State } from '../state.ts';
import { denied, GraphError } from './errors.ts';

const MESSAGES: Readonly<Record<BearerProblem, string>> = {
  missing: 'Access token is empty.',
  malformed: 'IDX14100: JWT is not well formed, there are no dots (.).',
  signature: 'Signature verification failed',
  audience: 'Access token validation failure. Invalid audience.',
  expired: 'Lifetime validation failed, the token is expired.',
  tenant: 'Access token validation failure. Invalid issuer.',
};

// Graph, "Microsoft Graph permissions reference": each reads applications and service principals.
const READERS: readonly string[] = [
  'Application.Read.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
  'Directory.Read.All',
];

/** Who calls; throws a GraphError 401 for a token that Graph does not take. */
export async function graphCaller(request: Request, state: State): Promise<Caller> {
  const cloud = cloudOfGraph(new URL(request.url).host) ?? 'AzureCloud';
  const audiences = [...CLOUDS[cloud].graphHosts.map((host) => `https://${host}`), GRAPH_APP_ID];
  const result = await readBearer(request, state, cloud, audiences);
  if (result.kind === 'caller') return result.caller;
  throw new GraphError(401, 'InvalidAuthenticationToken', MESSAGES[result.problem]);
}

/** Whether the caller may read applications and service principals other than its own. */
export function readsDirectory({ roles }: Caller): boolean {
  return roles.some((role) => READERS.includes(role));
}

/** Throws a GraphError 403 unless the caller reads everything or the object is its own. */
export function requireRead(caller: Caller, own = false): void {
  if (!own && !readsDirectory(caller)) throw denied();
}

/** Throws a GraphError 403 unless the caller may change an object with these owners, or create one (null). */
export function requireWrite(caller: Caller, owners: readonly string[] | null): void {
  const all = caller.roles.includes('Application.ReadWrite.All');
  const owned = owners === null || owners.includes(caller.objectId);
  if (all || (owned && caller.roles.includes('Application.ReadWrite.OwnedBy'))) return;
  throw denied();
}
