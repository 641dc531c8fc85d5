import type { Application, ServicePrincipal, Tenant } from '../entities.ts';
import { resourceId } from '../entra/access-token.ts';
import { GRAPH_APP_ID } from '../entra/resources.ts';
import { guidFrom } from '../guids.ts';
import type { State } from '../state.ts';

/** A service principal as a tenant sees it, whatever it stands for. */
export interface Principal {
  id: string;
  appId: string;
  displayName: string;
  type: 'Application' | 'ManagedIdentity';
  /** Tenant of the application; null for a managed identity. */
  homeTenantId: string | null;
  alternativeNames: string[];
  names: string[];
  graphRoles: string[];
  owners: string[];
  /** What can be changed of it; null where nothing can. */
  entity: ServicePrincipal | null;
}

const MICROSOFT_TENANT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

/** Microsoft Graph's app roles that the emulator knows. Source: Graph, "Microsoft Graph permissions reference". */
export const APP_ROLES: Readonly<Record<string, string>> = {
  'Application.Read.All': '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
  'Application.ReadWrite.OwnedBy': '18a4783c-866b-4cc7-a460-3d5e5662c884',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
};

function ofApplication(application: Application, entity: ServicePrincipal, homeTenantId: string): Principal {
  const { appId, displayName, identifierUris = [], graphRoles = [], owners = [] } = application;
  return {
    id: entity.id,
    appId,
    displayName,
    type: 'Application',
    homeTenantId,
    alternativeNames: [],
    names: [appId, ...identifierUris],
    graphRoles,
    owners,
    entity,
  };
}

function ownPrincipals(tenant: Tenant): Principal[] {
  return tenant.applications.flatMap((application) =>
    application.servicePrincipal ? [ofApplication(application, application.servicePrincipal, tenant.id)] : [],
  );
}

function guestPrincipals(tenant: Tenant, state: State): Principal[] {
  return (tenant.guestServicePrincipals ?? []).flatMap((guest) => {
    const home = state.tenants.find(({ applications }) =>
      applications.some(({ appId }) => appId === guest.appId),
    );
    const application = home?.applications.find(({ appId }) => appId === guest.appId);
    return home && application ? [ofApplication(application, guest, home.id)] : [];
  });
}

// A managed identity's principal names its resource in `alternativeNames`.
function identityPrincipals(tenant: Tenant): Principal[] {
  return tenant.managedIdentities.map((identity) => ({
    id: identity.principalId,
    appId: identity.clientId,
    displayName: identity.name,
    type: 'ManagedIdentity',
    homeTenantId: null,
    alternativeNames: ['isExplicit=True', resourceId(identity)],
    names: [identity.clientId],
    graphRoles: identity.graphRoles ?? [],
    owners: [],
    entity: null,
  }));
}

/** Microsoft Graph's own principal in a tenant. */
export function graphPrincipal(tenant: Tenant): Principal {
  return {
    id: guidFrom(`Microsoft Graph in ${tenant.id}`),
    appId: GRAPH_APP_ID,
    displayName: 'Microsoft Graph',
    type: 'Application',
    homeTenantId: MICROSOFT_TENANT,
    alternativeNames: [],
    names: [GRAPH_APP_ID, 'https://graph.microsoft.com'],
    graphRoles: [],
    owners: [],
    entity: null,
  };
}

/** Every service principal of a tenant. */
export function principalsOf(tenant: Tenant, state: State): Principal[] {
  return [
    ...ownPrincipals(tenant),
    ...guestPrincipals(tenant, state),
    ...identityPrincipals(tenant),
    graphPrincipal(tenant),
  ];
}
