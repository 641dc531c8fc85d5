import { type Claims, presentedBy } from '../trust/claims.ts';
import type { Credential } from '../trust/credential.ts';
import { classifyIssuer } from '../trust/issuer.ts';
import { matchAll } from '../trust/match.ts';
import type { Presented } from './access.ts';

/** A credential that agrees with a run if its enterprise has switched on an issuer of its own. */
export interface UnderEnterprise {
  readonly credential: string;
  readonly issuer: string;
}

/** Whether what a run presents agrees with credentials. */
export interface Agreement {
  /** Null where it depends on what is only assumed of the run. */
  readonly holds: boolean | null;
  /** Null unless it is the issuer that it depends on. */
  readonly underEnterprise: UnderEnterprise | null;
}

/**
 * Compares credentials with the claims of a run. Where these are only predicted, what holds for one form of the subject
 * and not for the other is not known, and neither is what holds for the issuer of an enterprise alone.
 */
export function agreementOf(
  presented: Exclude<Presented, { from: 'nothing' }>,
  credentials: readonly Credential[],
): Agreement {
  const { claims } = presented;
  const other = presented.from === 'prediction' ? presented.otherwise : null;
  const forms = other === null ? [claims] : [claims, other];
  const agreeing = forms.filter((form) => matchAll(form, credentials).matched !== null).length;
  if (agreeing > 0) return { holds: agreeing === forms.length ? true : null, underEnterprise: null };
  const under = presented.from === 'prediction' ? firstUnderEnterprise(forms, credentials) : null;
  return { holds: under === null ? false : null, underEnterprise: under };
}

function firstUnderEnterprise(
  forms: readonly Claims[],
  credentials: readonly Credential[],
): UnderEnterprise | null {
  const issuers = [...new Set(credentials.map(({ issuer }) => issuer))];
  for (const form of forms) {
    for (const iss of issuers.filter((issuer) => isUnderEnterprise(issuer, presentedBy(form).issuer))) {
      const credential = matchAll({ ...form, iss }, credentials).matched;
      if (credential !== null) return { credential, issuer: iss };
    }
  }
  return null;
}

/**
 * Whether an issuer is one of GitHub's that differs from the plain one only by the name of an enterprise at its end.
 * GitHub: "OpenID Connect reference", customizing the issuer value for an enterprise.
 */
export function isUnderEnterprise(issuer: string, plain: string): boolean {
  if (!issuer.startsWith(`${plain}/`)) return false;
  const { kind, canonical } = classifyIssuer(issuer);
  return kind === 'github' && canonical === issuer;
}
