import { json } from '../responses.ts';
import type { State } from '../state.ts';
import { type Answer, type Call, readBody } from './call.ts';
import { armCaller } from './caller.ts';
import { ArmError, armErrorResponse, armHeaders } from './errors.ts';
import * as identities from './identities.ts';
import { cloudMetadata } from './metadata.ts';
import {
  deleteRoleAssignment,
  getRoleAssignment,
  listRoleAssignments,
  putRoleAssignment,
} from './role-assignments.ts';
import { getRoleDefinition, listRoleDefinitions } from './role-definitions.ts';
import {
  getResourceGroup,
  getSubscription,
  listResourceGroups,
  listSubscriptions,
  listTenants,
} from './subscriptions.ts';
import { VERSIONS, type VersionedType } from './versions.ts';

interface Route {
  path: RegExp;
  type: VersionedType;
  methods: Readonly<Record<string, (call: Call) => Answer>>;
}

const SUBSCRIPTION = '/subscriptions/(?<subscription>[^/]+)';
const GROUP = `${SUBSCRIPTION}/resourceGroups/(?<group>[^/]+)`;
const IDENTITIES = '/providers/Microsoft\\.ManagedIdentity/userAssignedIdentities';
const IDENTITY = `${GROUP}${IDENTITIES}/(?<identity>[^/]+)`;
const CREDENTIALS = `${IDENTITY}/federatedIdentityCredentials`;
const AUTHORIZATION = '(?<scope>.*)/providers/Microsoft\\.Authorization';

// Paths of Resource Manager are compared without regard to case.
function route(path: string, type: VersionedType, methods: Route['methods']): Route {
  return { path: new RegExp(`^${path}$`, 'i'), type, methods };
}

const ROUTES: readonly Route[] = [
  route('/tenants', 'tenants', { GET: listTenants }),
  route('/subscriptions', 'subscriptions', { GET: listSubscriptions }),
  route(SUBSCRIPTION, 'subscriptions', { GET: getSubscription }),
  route(`${SUBSCRIPTION}/resourceGroups`, 'resourceGroups', { GET: listResourceGroups }),
  route(GROUP, 'resourceGroups', { GET: getResourceGroup }),
  route(`${AUTHORIZATION}/roleAssignments`, 'roleAssignments', { GET: listRoleAssignments }),
  route(`${AUTHORIZATION}/roleAssignments/(?<name>[^/]+)`, 'roleAssignments', {
    GET: getRoleAssignment,
    PUT: putRoleAssignment,
    DELETE: deleteRoleAssignment,
  }),
  route(`${AUTHORIZATION}/roleDefinitions`, 'roleDefinitions', { GET: listRoleDefinitions }),
  route(`${AUTHORIZATION}/roleDefinitions/(?<name>[^/]+)`, 'roleDefinitions', { GET: getRoleDefinition }),
  route(`${SUBSCRIPTION}${IDENTITIES}`, 'userAssignedIdentities', { GET: identities.listIdentities }),
  route(`${GROUP}${IDENTITIES}`, 'userAssignedIdentities', { GET: identities.listIdentities }),
  route(IDENTITY, 'userAssignedIdentities', { GET: identities.getIdentity }),
  route(CREDENTIALS, 'federatedIdentityCredentials', { GET: identities.listCredentials }),
  route(`${CREDENTIALS}/(?<name>[^/]+)`, 'federatedIdentityCredentials', {
    GET: identities.getCredential,
    PUT: identities.putCredential,
    DELETE: identities.deleteCredential,
  }),
];

/** The request's api-version. Throws an ArmError 400 for none, and for one that the type does not have. */
function versionOf(url: URL, type: VersionedType): string {
  const version = url.searchParams.get('api-version');
  if (!version) {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    throw new ArmError(400, 'MissingApiVersionParameter', message);
  }
  const { provider, versions, name } = VERSIONS[type];
  if (versions.includes(version)) return version;
  const supported = versions.join(', ');
  if (!provider) {
    const message = `The api-version '${version}' is invalid. The supported versions are '${supported}'.`;
    throw new ArmError(400, 'InvalidApiVersionParameter', message);
  }
  const message = `No registered resource provider found for location 'westeurope' and API version '${version}' for type '${name}'. The supported api-versions are '${supported}'. The supported locations are 'westeurope, northeurope'.`;
  throw new ArmError(400, 'NoRegisteredProviderFound', message);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll(/\/{2,}/g, '/');
  } catch {
    throw new ArmError(400, 'InvalidRequestUri', 'The request uri is not encoded properly.');
  }
}

async function answer(request: Request, state: State): Promise<Answer> {
  const url = new URL(request.url);
  const path = decoded(url.pathname);
  if (path === '/metadata/endpoints')
    return { status: 200, body: cloudMetadata(url, versionOf(url, 'metadata')) };
  const caller = await armCaller(request, state);
  const found = ROUTES.find((candidate) => candidate.path.test(path));
  if (!found) throw new ArmError(404, 'InvalidResourceType', `The emulator serves nothing at '${path}'.`);
  versionOf(url, found.type);
  const handler = found.methods[request.method];
  if (!handler) {
    const message = `The HTTP method '${request.method}' is not supported at scope '${path}'.`;
    throw new ArmError(405, 'HttpMethodNotSupported', message);
  }
  const names = found.path.exec(path)?.groups ?? {};
  return handler({ url, names, body: readBody(await request.text()), caller, state });
}

/**
 * Azure Resource Manager: subscriptions, resource groups, roles and user-assigned identities, for tokens that this
 * emulator's Entra issued. Refusals come back as responses in Resource Manager's shape.
 */
export async function handleArm(request: Request, state: State): Promise<Response> {
  try {
    const { status, body } = await answer(request, state);
    const headers = armHeaders();
    return body === null ? new Response(null, { status, headers }) : json(status, body, headers);
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    return armErrorResponse(error);
  }
}
