import { shellWord } from '../fixes/escape.ts';
import type { Evidence } from './evidence.ts';
import { isPublicIssuer, serverOf } from './issuer-causes.ts';

/** Whether it is Entra that could not read the documents of the issuer: no credential mends that. */
export function isUnreachable({ entry, error, stage }: Evidence): boolean {
  // A listed code, or a refusal of the trust, says itself what failed: words around it are not Entra's about the keys.
  const said =
    entry === null &&
    stage !== 'trust' &&
    /Request to External OIDC endpoint failed|external oidc (endpoint|provider)/i.test(error.text);
  return entry?.code === 501661 || entry?.code === 90061 || said;
}

/** Whether the issuer is GitHub's own, which all of the internet can reach. */
export function isGitHubCom({ seen, context }: Evidence): boolean {
  return seen.issuer !== null && isPublicIssuer(seen.issuer) && serverOf(context.server_url) === null;
}

/** The issuer whose documents Entra asked for, as far as it is known. */
export function issuerAsked({ seen, context }: Pick<Evidence, 'seen' | 'context'>): string {
  return seen.issuer ?? serverOf(context.server_url) ?? '<issuer>';
}

/** How to see whether Entra can reach an issuer. */
export function checkOf(issuer: string): string {
  const url = shellWord(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  return `Both must answer to everybody on the internet, as Entra asks without a login and from outside of your network. Try it from there: \`curl -sS ${url}\`, then the \`jwks_uri\` in its answer.`;
}
