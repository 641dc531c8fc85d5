import { claimText, isRecord } from './claims.ts';
import { CLOUDS, type Cloud, cloudOfAuthority } from './clouds.ts';
import { isMicrosoftResource } from './microsoft-resource.ts';

/** What the metadata of a Resource Manager endpoint come to. */
export type CustomCloud =
  | { readonly kind: 'cloud'; readonly cloud: Cloud }
  /** It signs in by AD FS, which has no federated credentials. */
  | { readonly kind: 'adfs'; readonly authority: string }
  | { readonly kind: 'unusable'; readonly problem: string };

/**
 * A cloud from what its Resource Manager says of itself at `/metadata/endpoints`, in the forms of 2015 (Azure Stack
 * Hub) and of 2019 and later. An endpoint that anybody may name must not be given what is meant for Microsoft's own: a
 * token for a resource of Microsoft's, or an assertion for a known authority.
 * Sources: Azure Stack Hub, "Connect to Azure Stack Hub"; azure-cli `cloud.py`; go-azure-sdk `environments`.
 */
export function customCloud(metadata: unknown, endpoint: URL): CustomCloud {
  const own = ownEntry(metadata, endpoint.host);
  const authentication = own?.['authentication'];
  if (!own || !isRecord(authentication)) return unusable('they name no way to sign in');
  const login = httpsUrl(claimText(authentication, 'loginEndpoint'));
  if (login === null) return unusable('their `loginEndpoint` is no https URL');
  const provider = claimText(authentication, 'identityProvider') ?? '';
  if (/^adfs$/i.test(provider) || /^\/adfs\/?$/i.test(login.pathname))
    return { kind: 'adfs', authority: login.host };
  if (login.pathname !== '/') return unusable('their `loginEndpoint` has a path that is not known');
  const audience = firstAudience(authentication['audiences']);
  if (audience === null) return unusable('they name no audience for Resource Manager');
  if (isMicrosoftResource(audience, endpoint))
    return unusable(`they ask for tokens to ${audience}, which belongs to one of Microsoft's own clouds`);
  return { kind: 'cloud', cloud: cloudFrom(own, login.host, audience, endpoint) };
}

function unusable(problem: string): CustomCloud {
  return { kind: 'unusable', problem };
}

/** Newer versions list all clouds that the endpoint knows: its own is the one with its host. */
function ownEntry(metadata: unknown, host: string): Record<string, unknown> | null {
  if (isRecord(metadata)) return metadata;
  const entries = Array.isArray(metadata) ? metadata.filter(isRecord) : [];
  const hostOf = (entry: Record<string, unknown>) => httpsUrl(claimText(entry, 'resourceManager'))?.host;
  return entries.find((entry) => hostOf(entry) === host) ?? null;
}

function firstAudience(audiences: unknown): string | null {
  const [first] = Array.isArray(audiences) ? (audiences as unknown[]) : [];
  const isUri = typeof first === 'string' && /^[a-z][a-z0-9+.-]*:\/\/[\x21-\x7e]{1,600}$/i.test(first);
  return isUri && URL.canParse(first) ? first : null;
}

function cloudFrom(
  own: Readonly<Record<string, unknown>>,
  authority: string,
  arm: string,
  endpoint: URL,
): Cloud {
  const known = cloudOfAuthority(authority);
  const graph = known?.resources.graph ?? originOf(claimText(own, 'microsoftGraphResourceId'));
  const suffixes = isRecord(own['suffixes']) ? own['suffixes'] : {};
  const vaults = suffixOf(claimText(suffixes, 'keyVaultDns'));
  const storage = suffixOf(claimText(suffixes, 'storage'));
  return {
    name: nameOf(claimText(own, 'name')),
    authority,
    azAuthority: known?.azAuthority ?? authority,
    audience: known?.audience ?? null,
    managementEndpoint: endpoint.origin,
    terraform: { ARM_METADATA_HOSTNAME: endpoint.host },
    resources: {
      arm,
      ...(graph ? { graph } : {}),
      ...(vaults ? { keyvault: `https://${vaults}` } : {}),
    },
    custom: { suffixes: { ...(vaults ? { keyvault: vaults } : {}), ...(storage ? { storage } : {}) } },
  };
}

/** A name that az may keep it under, beside the clouds that it knows. */
function nameOf(name: string | null): string {
  const usable = name !== null && /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name) && !(name in CLOUDS);
  return usable ? name : 'CustomCloud';
}

function suffixOf(text: string | null): string | null {
  const [, suffix] = /^\.?((?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63})$/i.exec(text ?? '') ?? [];
  return suffix?.toLowerCase() ?? null;
}

function originOf(text: string | null): string | null {
  return httpsUrl(text)?.origin ?? null;
}

function httpsUrl(text: string | null): URL | null {
  const url = text !== null && URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.search === '' && url.hash === '' ? url : null;
}
