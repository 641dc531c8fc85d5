import { randomUUID } from 'node:crypto';
import type { Application } from '../entities.ts';
import { guidFrom, isGuid } from '../guids.ts';
import { type Answer, bodyText, type Call, checkProperties } from './call.ts';
import { requireRead, requireWrite } from './caller.ts';
import { badRequest, GraphError, notFound } from './errors.ts';
import { answerItem, answerList, type Queryable } from './query.ts';

const APPLICATIONS: Queryable = {
  set: 'applications',
  filterable: ['appId', 'id', 'displayName', 'identifierUris', 'signInAudience'],
};

/** An object's key in a path: its id, or `(appId='…')`. */
export interface Key {
  id?: string;
  appId?: string;
}

/** The key from a route's two groups. Throws a GraphError 400 for what is no GUID. */
export function keyOf([id, appId]: readonly (string | undefined)[]): Key {
  const value = id || appId || '';
  if (!isGuid(value)) throw badRequest(`Invalid object identifier '${value}'.`);
  return id ? { id: id.toLowerCase() } : { appId: value.toLowerCase() };
}

function shape(application: Application, tenantDomain: string): Record<string, unknown> {
  const { objectId, appId, displayName, identifierUris = [], multiTenant, accessTokenVersion } = application;
  return {
    id: objectId,
    deletedDateTime: null,
    appId,
    applicationTemplateId: null,
    disabledByMicrosoftStatus: application.servicePrincipal?.disabledByMicrosoftStatus ?? null,
    createdDateTime: '2025-01-01T00:00:00Z',
    displayName,
    description: null,
    identifierUris,
    publisherDomain: tenantDomain,
    signInAudience: multiTenant ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
    tags: [],
    api: { requestedAccessTokenVersion: accessTokenVersion ?? null, oauth2PermissionScopes: [] },
    appRoles: [],
    keyCredentials: [],
    passwordCredentials: [],
    requiredResourceAccess: [],
    web: { homePageUrl: null, redirectUris: [] },
  };
}

function shaped(call: Call, application: Application): Record<string, unknown> {
  return shape(application, call.caller.tenant.domains[0] ?? '');
}

/**
 * The application of a key in the caller's tenant. `own` allows the caller its own one without a permission (Graph,
 * "Get application"). Throws a GraphError 403 before 404, so that nobody learns what exists.
 */
export function findApplication(call: Call, key: Key, own: boolean): Application {
  const found = call.caller.tenant.applications.find(
    ({ objectId, appId }) => objectId === key.id || appId === key.appId,
  );
  requireRead(call.caller, own && found?.appId === call.caller.appId);
  if (!found) throw notFound(key.id ?? key.appId ?? '');
  return found;
}

/** `GET /applications`. */
export function listApplications(call: Call): Answer {
  requireRead(call.caller);
  const all = call.caller.tenant.applications.map((application) => shaped(call, application));
  return answerList(call, all, APPLICATIONS);
}

/** `GET /applications/{id}` and `/applications(appId='…')`. */
export function getApplication(call: Call): Answer {
  const application = findApplication(call, keyOf(call.names), true);
  return answerItem(call, shaped(call, application), APPLICATIONS.set);
}

/** `POST /applications`: the caller owns what it creates. Source: Graph, "Create application". */
export function createApplication(call: Call): Answer {
  requireWrite(call.caller, null);
  const known = [
    'displayName',
    'signInAudience',
    'identifierUris',
    'isFallbackPublicClient',
    'api',
    'web',
    'description',
  ];
  checkProperties(call, 'application', [
    ...known,
    'publicClient',
    'requiredResourceAccess',
    'appRoles',
    'optionalClaims',
    'keyCredentials',
  ]);
  const displayName = bodyText(call, 'displayName');
  if (!displayName) throw badRequest('A value must be specified for displayName.');
  const application: Application = {
    appId: randomUUID(),
    objectId: randomUUID(),
    displayName,
    multiTenant: bodyText(call, 'signInAudience') === 'AzureADMultipleOrgs',
    federatedIdentityCredentials: [],
    servicePrincipal: null,
    owners: [call.caller.objectId],
  };
  call.caller.tenant.applications.push(application);
  return answerItem(call, shaped(call, application), APPLICATIONS.set, 201);
}

/** `POST /servicePrincipals` for an application of the tenant. Gives the application that has one now. */
export function addPrincipal(call: Call): Application {
  requireWrite(call.caller, null);
  checkProperties(call, 'servicePrincipal', [
    'appId',
    'accountEnabled',
    'displayName',
    'tags',
    'appRoleAssignmentRequired',
  ]);
  const appId = bodyText(call, 'appId')?.toLowerCase() ?? '';
  const application = call.caller.tenant.applications.find((one) => one.appId === appId);
  if (!application) {
    const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
    throw new GraphError(400, 'Request_BadRequest', message);
  }
  requireWrite(call.caller, application.owners ?? []);
  if (application.servicePrincipal !== null) {
    const message = `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`;
    throw new GraphError(409, 'Request_MultipleObjectsWithSameKeyValue', message);
  }
  const accountEnabled = call.body['accountEnabled'] !== false;
  application.servicePrincipal = { id: guidFrom(`service principal of ${appId}`), accountEnabled };
  return application;
}
