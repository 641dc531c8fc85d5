import type { PublicJwk } from '../jwt.ts';
import { Refusal } from './refusal.ts';

/** Fetches from the issuer, as Entra would over the internet; null when that fails. */
export type IssuerFetch = (url: string) => Promise<Response | null>;

/** The keys of external issuers as Entra knows them: fetched once, then kept until told to forget. */
export interface IssuerKeys {
  /** Throws a Refusal 501661 when the issuer's metadata cannot be read. */
  of(issuer: string, unreachable: readonly string[]): Promise<readonly PublicJwk[]>;
  forget(): void;
}

// Entra: workload-identity-federation-considerations, only the first 100 keys of a JWKS are kept.
const MAX_KEYS = 100;

async function fetchJson(url: string, fetchIssuer: IssuerFetch): Promise<Record<string, unknown> | null> {
  const response = await fetchIssuer(url);
  if (!response?.ok) return null;
  try {
    return JSON.parse(await response.text());
  } catch {
    return null;
  }
}

async function discover(issuer: string, fetchIssuer: IssuerFetch): Promise<PublicJwk[] | null> {
  const metadata = await fetchJson(
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    fetchIssuer,
  );
  const jwksUri = metadata?.['jwks_uri'];
  if (metadata?.['issuer'] !== issuer || typeof jwksUri !== 'string') return null;
  const jwks = await fetchJson(jwksUri, fetchIssuer);
  const keys = jwks?.['keys'];
  return Array.isArray(keys) ? keys.slice(0, MAX_KEYS) : null;
}

/**
 * An empty cache over a way to fetch. After a rotation the old keys stay, as with Entra, hence AADSTS7000272.
 * Source: OpenID Connect Discovery 1.0, section 4.
 */
export function createIssuerKeys(fetchIssuer: IssuerFetch): IssuerKeys {
  const known = new Map<string, PublicJwk[]>();
  return {
    async of(issuer, unreachable) {
      const cached = known.get(issuer);
      if (cached) return cached;
      const keys = unreachable.includes(issuer) ? null : await discover(issuer, fetchIssuer);
      if (keys === null) throw new Refusal(501661, { issuer });
      known.set(issuer, keys);
      return keys;
    },
    forget: () => known.clear(),
  };
}
