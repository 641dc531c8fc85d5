import { resourceOf } from '../../inputs/tokens.ts';
import { type Cloud, defaultScope } from '../../trust/clouds.ts';
import { optionIn, withOption, withoutOption, withoutSection } from './ini.ts';

/** A subscription that the identity sees, as Resource Manager lists it. */
export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly homeTenantId: string;
  readonly managedByTenants: readonly string[];
}

/** Who is signed in to az, and what it sees. */
export interface AzAccount {
  readonly clientId: string;
  readonly tenantId: string;
  readonly cloud: string;
  readonly subscriptions: readonly Subscription[];
  /** The default, by id; null for the first that is enabled. */
  readonly subscriptionId: string | null;
}

/** A token for MSAL's cache; times in seconds since the epoch. */
export interface CachedToken {
  readonly scope: string;
  readonly token: string;
  readonly expiresAt: number;
}

/** The subscription that az uses unless told otherwise; null where none is visible. */
export function defaultSubscription({
  subscriptions,
  subscriptionId,
}: Pick<AzAccount, 'subscriptions' | 'subscriptionId'>): Subscription | null {
  const wanted = subscriptions.find(({ id }) => id.toLowerCase() === subscriptionId?.toLowerCase());
  return wanted ?? subscriptions.find(({ state }) => state === 'Enabled') ?? subscriptions[0] ?? null;
}

/** How az calls who is signed in. */
export type AzUser = {
  readonly name: string;
  readonly type: 'servicePrincipal';
  readonly assignedIdentityInfo?: string;
};

/** A service principal, which presents what it was given. */
export function servicePrincipal(clientId: string): AzUser {
  return { name: clientId, type: 'servicePrincipal' };
}

/** A managed identity, which asks an endpoint or the machine for every token; null for the system-assigned one. */
export function managedIdentity(clientId: string | null): AzUser {
  const type = 'servicePrincipal';
  return clientId === null
    ? { name: 'systemAssignedIdentity', type, assignedIdentityInfo: 'MSI' }
    : { name: 'userAssignedIdentity', type, assignedIdentityInfo: `MSIClient-${clientId}` };
}

/**
 * azureProfile.json: az reads it with a byte order mark. Without a subscription the account is the tenant's own, as
 * `az login --allow-no-subscriptions` writes it. Without an `installationId` every command whose telemetry is on would
 * invent one, and at its end write the whole file anew as it was at its start. Source: `_profile.py` of the Azure CLI.
 */
export function profileFile(account: AzAccount, user: AzUser, installationId: string): string {
  const { tenantId, cloud } = account;
  const chosen = defaultSubscription(account);
  const listed = account.subscriptions.length > 0 ? account.subscriptions : [tenantItself(tenantId)];
  const subscriptions = listed.map(({ id, name, state, homeTenantId, managedByTenants }) => ({
    id,
    name,
    state,
    user,
    isDefault: chosen === null || id === chosen.id,
    tenantId,
    environmentName: cloud,
    homeTenantId,
    managedByTenants: managedByTenants.map((tenant) => ({ tenantId: tenant })),
  }));
  return `\uFEFF${JSON.stringify({ installationId, subscriptions })}`;
}

function tenantItself(tenantId: string): Subscription {
  return {
    id: tenantId,
    name: 'N/A(tenant level account)',
    state: 'Enabled',
    homeTenantId: tenantId,
    managedByTenants: [],
  };
}

/** service_principal_entries.json: what az presents where its cache holds no token. Source: `identity.py`. */
export function servicePrincipalFile({ clientId, tenantId }: AzAccount, assertion: string): string {
  return JSON.stringify([{ client_id: clientId, tenant: tenantId, client_assertion: assertion }]);
}

/**
 * msal_token_cache.json: the tokens that were obtained, each under both spellings of its resource, with and without the
 * slash at the end, for az asks for some in this and for others in that. Source: MSAL's unified cache schema.
 */
export function tokenCacheFile(
  { clientId, tenantId }: AzAccount,
  authority: string,
  tokens: readonly CachedToken[],
  now: number,
): string {
  const entries = tokens.flatMap(({ scope, token, expiresAt }) =>
    spellings(scope).map((target) => {
      const key = `-${authority}-accesstoken-${clientId}-${tenantId}-${target}`.toLowerCase();
      const entry = {
        credential_type: 'AccessToken',
        secret: token,
        home_account_id: null,
        environment: authority,
        client_id: clientId,
        target,
        realm: tenantId,
        token_type: 'Bearer',
        cached_at: String(now),
        expires_on: String(expiresAt),
        extended_expires_on: String(expiresAt),
      };
      return [key, entry] as const;
    }),
  );
  const application = { client_id: clientId, environment: authority };
  return JSON.stringify({
    AccessToken: Object.fromEntries(entries),
    AppMetadata: { [`appmetadata-${authority}-${clientId}`.toLowerCase()]: application },
  });
}

function spellings(scope: string): string[] {
  const resource = resourceOf(scope);
  if (!/^https:/i.test(resource)) return [scope];
  return [scope, defaultScope(resource.endsWith('/') ? resource.slice(0, -1) : `${resource}/`)];
}

/**
 * clouds.config: the user's own clouds, the default subscription of the one that is signed in to, and what az has to
 * know of it where that is not one of its own. Source: `cloud.py` of the Azure CLI.
 */
export function cloudsFile(own: string, cloud: Cloud, subscription: Subscription | null): string {
  if (cloud.custom) return customCloudsFile(own, cloud, subscription);
  if (subscription === null) return withoutOption(own, cloud.name, 'subscription');
  return withOption(own, cloud.name, 'subscription', subscription.id);
}

function customCloudsFile(own: string, cloud: Cloud, subscription: Subscription | null): string {
  const section = [
    ...(subscription === null ? [] : [['subscription', subscription.id]]),
    ...Object.entries(customEndpoints(cloud)),
  ].map(([name, value]) => `${name} = ${value}`);
  return `${withoutSection(own, cloud.name)}[${cloud.name}]\n${section.join('\n')}\n`;
}

function customEndpoints({
  managementEndpoint,
  authority,
  resources,
  custom,
}: Cloud): Record<string, string> {
  const { keyvault, storage } = custom?.suffixes ?? {};
  return {
    profile: 'latest',
    endpoint_resource_manager: managementEndpoint,
    endpoint_management: managementEndpoint,
    endpoint_active_directory: `https://${authority}`,
    endpoint_active_directory_resource_id: resources.arm ?? '',
    ...(resources.graph ? { endpoint_microsoft_graph_resource_id: resources.graph } : {}),
    ...(keyvault ? { suffix_keyvault_dns: `.${keyvault}` } : {}),
    ...(storage ? { suffix_storage_endpoint: storage } : {}),
  };
}

/**
 * The user's own config with the cloud of this sign-in. An authority that is not Microsoft's is not looked up at theirs:
 * "Azure CLI configuration", `core.instance_discovery`.
 */
export function configFile(own: string, { name, custom, audience }: Cloud): string {
  const text = withOption(own, 'cloud', 'name', name);
  return custom && audience === null ? withOption(text, 'core', 'instance_discovery', 'false') : text;
}

/**
 * versionCheck.json: az looks for a newer version of itself once a day, and in a new directory at its first command. It
 * finds that it has just done so: a job has no use for the news, and waits for it. `now` in seconds since the epoch.
 */
export function versionCheckFile(version: string, now: number): string {
  const time = new Date(now * 1000).toISOString().slice(0, 23).replace('T', ' ');
  const local = { local: version };
  return JSON.stringify({
    versions: { 'azure-cli': local, core: local },
    update_time: time,
    check_time: time,
  });
}

/**
 * Whether the user told az to encrypt its sessions, or not to; null where neither the variable nor the config says so. az
 * asks AZURE_CORE_ENCRYPT_TOKEN_CACHE first. Source: "Azure CLI configuration", and `config.py` of knack.
 */
export function encryptionIn(config: string, variable: string | undefined): boolean | null {
  const value = variable ?? optionIn(config, 'core', 'encrypt_token_cache');
  return value === null ? null : /^(true|1|yes|on)$/i.test(value);
}
