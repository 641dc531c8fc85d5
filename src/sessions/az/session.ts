import type { AzDirectory } from '../../io/az.ts';
import type { Cloud } from '../../trust/clouds.ts';
import { endpointVariables, type IdentityEndpoint, type Session, session } from '../session.ts';
import {
  type AzAccount,
  type CachedToken,
  cloudsFile,
  configFile,
  defaultSubscription,
  managedIdentity,
  profileFile,
  servicePrincipal,
  servicePrincipalFile,
  tokenCacheFile,
  versionCheckFile,
} from './files.ts';
import type { AzForm } from './form.ts';

/** The directory of az so far, the user's own or an earlier sign-in's, as far as a new one takes it over. */
export interface OwnAz extends Omit<AzDirectory, 'profile'> {
  /** AZURE_EXTENSION_DIR is set already. */
  readonly extensionsElsewhere: boolean;
}

/** All that a session of az is made of. */
export interface AzSessionParts {
  readonly form: AzForm;
  /** As az prints it; null where it is not known. */
  readonly version: string | null;
  readonly account: AzAccount;
  readonly cloud: Cloud;
  /** Whether the job names a cloud by AZURE_CLOUD_NAME: az heeds that before its config. */
  readonly cloudIsNamed: boolean;
  /** Null where the machine's own identity signs in. */
  readonly assertion: string | null;
  /** Whether that is its system-assigned one, which is asked for by naming none. */
  readonly isSystemAssigned: boolean;
  readonly tokens: readonly CachedToken[];
  readonly endpoint: IdentityEndpoint | null;
  /** The address for az that knows MSI_ENDPOINT alone, its secret in the path; null where there is no endpoint. */
  readonly legacyEndpoint: string | null;
  /** Variables by which it would find an earlier endpoint in the place of the machine. */
  readonly inTheWay: readonly string[];
  readonly own: OwnAz;
  /** What az calls itself in telemetry. */
  readonly installationId: string;
  /** The private AZURE_CONFIG_DIR. */
  readonly directory: string;
  /** Seconds since the epoch. */
  readonly now: number;
}

/**
 * az, signed in by its own session files in a directory of its own; nothing of the user's is changed. The config, clouds,
 * indexes, extensions and bicep that az has so far stay in use. A directory of an earlier sign-in, which is linked to then,
 * outlives this one: post steps run last in, first out. Source: the files that `az login` of 2.45 and 2.91 wrote.
 */
export function azSession(parts: AzSessionParts): Session {
  const { form, own, directory, assertion, endpoint, inTheWay } = parts;
  const at = (name: string) => `${directory}/${name}`;
  const files = form === 'login' ? {} : { ...own.indexes, ...signInFiles(parts) };
  return session('az', variables(parts), {
    files: Object.entries(files)
      .filter(([, content]) => content !== '')
      .map(([name, content]) => ({ path: at(name), content })),
    clears: assertion === null && endpoint === null ? inTheWay : [],
    links: own.hasBin ? [{ path: at('bin'), target: `${own.path}/bin` }] : [],
  });
}

function variables(parts: AzSessionParts): Record<string, string> {
  const { form, cloud, cloudIsNamed, own, directory, endpoint, legacyEndpoint } = parts;
  return {
    AZURE_CONFIG_DIR: directory,
    ...(cloudIsNamed ? { AZURE_CLOUD_NAME: cloud.name } : {}),
    ...(own.hasExtensions && !own.extensionsElsewhere
      ? { AZURE_EXTENSION_DIR: `${own.path}/cliextensions` }
      : {}),
    ...(endpoint ? endpointVariables(endpoint) : {}),
    ...(form === 'msal-switched' ? { AZURE_CORE_USE_MSAL_MANAGED_IDENTITY: 'true' } : {}),
    ...(form === 'msi-endpoint' && legacyEndpoint !== null ? { MSI_ENDPOINT: legacyEndpoint } : {}),
  };
}

function signInFiles({
  form,
  version,
  account,
  cloud,
  assertion,
  isSystemAssigned,
  tokens,
  own,
  installationId,
  now,
}: AzSessionParts): Record<string, string> {
  const common = {
    ...(version === null ? {} : { 'versionCheck.json': versionCheckFile(version, now) }),
    config: configFile(own.config, cloud),
    'clouds.config': cloudsFile(own.clouds, cloud, defaultSubscription(account)),
  };
  if (form !== 'files' || assertion === null) {
    const user = managedIdentity(isSystemAssigned ? null : account.clientId);
    return { ...common, 'azureProfile.json': profileFile(account, user, installationId) };
  }
  return {
    ...common,
    'azureProfile.json': profileFile(account, servicePrincipal(account.clientId), installationId),
    'service_principal_entries.json': servicePrincipalFile(account, assertion),
    'msal_token_cache.json': tokenCacheFile(account, cloud.azAuthority, tokens, now),
  };
}
