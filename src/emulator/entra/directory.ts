import { CLOUDS } from '../clouds.ts';
import type {
  Application,
  Cloud,
  FederatedIdentityCredential,
  ManagedIdentity,
  Propagation,
  ServicePrincipal,
  Tenant,
} from '../entities.ts';
import { isGuid } from '../guids.ts';
import type { State } from '../state.ts';
import { Refusal } from './refusal.ts';

/** A client of a tenant with what authentication needs of it, whichever kind it is. */
export interface Client {
  clientId: string;
  name: string;
  principal: ServicePrincipal | null;
  credentials: FederatedIdentityCredential[];
  managedIdentity: ManagedIdentity | null;
  multiTenant: boolean;
  /** See `Application`. */
  graphRoles: string[];
  acceptsAnyAudience: boolean;
  /** The entity that carries `propagation`, so that attempts can be counted down. */
  entity: { propagation?: Propagation };
}

/** A client that has a principal. */
export interface ActiveClient extends Client {
  principal: ServicePrincipal;
}

const DNS_NAME = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i;

function crossCloud(tenant: Tenant, cloud: Cloud): Refusal {
  // Breaking changes, May 2020: US Government applications are refused on the public endpoint with 900439.
  const government = tenant.cloud === 'AzureUSGovernment' && cloud === 'AzureCloud';
  const code = tenant.policies?.crossCloudCode ?? (government ? 900439 : 90002);
  const values = { tenant: tenant.id, cloud: tenant.cloud, instance: CLOUDS[cloud].cloudInstanceName };
  return new Refusal(code, values);
}

/** The tenant with that id or domain, in any cloud. */
export function tenantById(identifier: string, state: State): Tenant | null {
  const name = identifier.toLowerCase();
  return (
    state.tenants.find((tenant) => tenant.id.toLowerCase() === name || tenant.domains.includes(name)) ?? null
  );
}

/**
 * The tenant that a token request names, by GUID or domain.
 * Throws a Refusal: 9001023 and 50059 for the multi-tenant names, 900023 malformed, 90002 unknown, or
 * what another cloud's authority answers. Source: Entra, reference-error-codes.
 */
export function findTenant(identifier: string, cloud: Cloud, state: State): Tenant {
  const name = identifier.toLowerCase();
  if (name === 'common' || name === 'consumers') throw new Refusal(9001023);
  if (name === 'organizations') throw new Refusal(50059);
  if (!isGuid(name) && !DNS_NAME.test(name)) throw new Refusal(900023, { tenant: identifier });
  const tenant = tenantById(identifier, state);
  if (tenant === null) throw new Refusal(90002, { tenant: identifier });
  if (tenant.cloud !== cloud) throw crossCloud(tenant, cloud);
  return tenant;
}

function asClient(application: Application, principal: ServicePrincipal | null): Client {
  return {
    clientId: application.appId,
    name: application.displayName,
    principal,
    credentials: application.federatedIdentityCredentials,
    managedIdentity: null,
    multiTenant: application.multiTenant ?? false,
    graphRoles: application.graphRoles ?? [],
    acceptsAnyAudience: application.acceptsAnyAudience ?? false,
    entity: application,
  };
}

function ownApplication(tenant: Tenant, clientId: string): Client | null {
  const found = tenant.applications.find(({ appId }) => appId === clientId);
  return found ? asClient(found, found.servicePrincipal) : null;
}

function ownIdentity(tenant: Tenant, clientId: string): Client | null {
  const found = tenant.managedIdentities.find((identity) => identity.clientId === clientId);
  if (!found) return null;
  return {
    clientId,
    name: found.name,
    principal: { id: found.principalId, accountEnabled: true },
    credentials: found.federatedIdentityCredentials,
    managedIdentity: found,
    multiTenant: false,
    graphRoles: found.graphRoles ?? [],
    acceptsAnyAudience: false,
    entity: found,
  };
}

function guestApplication(tenant: Tenant, clientId: string, state: State): Client | null {
  const found = state.tenants
    .filter(({ cloud }) => cloud === tenant.cloud)
    .flatMap(({ applications }) => applications)
    .find(({ appId, multiTenant }) => appId === clientId && multiTenant);
  const guest = tenant.guestServicePrincipals?.find(({ appId }) => appId === clientId);
  return found ? asClient(found, guest ?? null) : null;
}

/** The application or managed identity with that client id, as the tenant sees it; null when it sees none. */
function clientOf(tenant: Tenant, clientId: string, state: State): Client | null {
  const id = clientId.toLowerCase();
  return ownApplication(tenant, id) ?? ownIdentity(tenant, id) ?? guestApplication(tenant, id, state);
}

/**
 * The client that may act in the tenant.
 * Throws a Refusal: 700016 unknown (an object id is unknown too), 7000229 no service principal, 7000112 disabled.
 */
export function findClient(tenant: Tenant, clientId: string, state: State): ActiveClient {
  const client = clientOf(tenant, clientId, state);
  if (client === null) throw new Refusal(700016, { clientId, directory: tenant.displayName });
  const { principal } = client;
  if (principal === null) throw new Refusal(7000229, { clientId, tenantId: tenant.id });
  if (!principal.accountEnabled) throw new Refusal(7000112, { clientId, name: client.name });
  return { ...client, principal };
}
