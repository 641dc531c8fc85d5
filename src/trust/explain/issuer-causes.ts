import type { Cause } from '../cause.ts';
import { GITHUB_ISSUER } from '../expression/rules.ts';

const SLUG = /^https:\/\/token\.actions\.githubusercontent\.com\/([^/]+)\/?$/i;
const SERVER = /\/_services\/token\/?$|^https:\/\/token\.actions\.[^/]+\.ghe\.com(\/|$)/i;

/** The enterprise that an issuer of github.com names, or null. */
export function enterpriseOf(issuer: string): string | null {
  return SLUG.exec(issuer)?.[1] ?? null;
}

/** Whether it is the issuer of a GitHub Enterprise Server or of GHE.com. */
export function isServerIssuer(issuer: string): boolean {
  return SERVER.test(issuer);
}

/** Whether it is GitHub's own issuer, slash or not. */
export function isPublicIssuer(issuer: string): boolean {
  return issuer.replace(/\/+$/, '').toLowerCase() === GITHUB_ISSUER;
}

/** The server's issuer, where a `server_url` is not github.com's; null where it is. */
export function serverOf(url: string | undefined): string | null {
  if (url === undefined || /^https?:\/\/(www\.)?github\.com\/?$/i.test(url) || url === '') return null;
  const host = url.replace(/^https?:\/\//i, '').replace(/\/.*$/, '');
  const tenant = /^([^.]+)\.ghe\.com$/i.exec(host)?.[1];
  return tenant ? `https://token.actions.${tenant}.ghe.com` : `https://${host}/_services/token`;
}

/** Why a configured issuer is not the presented one; null when they are equal. GitHub: "OIDC reference", issuers. */
export function issuerCause(presented: string, configured: string): Cause | null {
  if (presented === configured) return null;
  const [p, c] = [presented, configured].map((issuer) => issuer.replace(/\/+$/, ''));
  if (p === c) return 'issuer-trailing-slash';
  if (isServerIssuer(presented) || isServerIssuer(configured)) return 'issuer-ghes';
  const gitHubs = [presented, configured].every(
    (issuer) => isPublicIssuer(issuer) || enterpriseOf(issuer) !== null,
  );
  return gitHubs && p?.toLowerCase() !== c?.toLowerCase() ? 'issuer-enterprise' : 'issuer-other';
}
