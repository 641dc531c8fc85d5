import type { Cause } from '../../cause.ts';
import type { Evidence, Rule } from '../evidence.ts';
import { enterpriseOf, isPublicIssuer, isServerIssuer, serverOf } from '../issuer-causes.ts';
import { checkOf, isGitHubCom, issuerAsked, isUnreachable } from '../unreachable-issuer.ts';

/** A rule for a refused issuer of which only one side is known. */
export const issuerAlone: Rule = (evidence) => {
  const { entry, seen } = evidence;
  if (entry?.code !== 700211) return [];
  if (evidence.provider !== 'github') return elsewhere(evidence);
  const cause = kindOf(evidence);
  const rest: readonly Cause[] = ['issuer-trailing-slash', 'issuer-enterprise', 'issuer-other'];
  const why = seen.issuer === null ? ['The issuer that was presented is not known.'] : [];
  return [
    { cause, confidence: 'likely', why },
    ...rest
      .filter((other) => other !== cause)
      .map((other) => ({ cause: other, confidence: 'possible' as const, why: [] })),
  ];
};

// Only AKS' issuer has a slash at its end: for all others it is another issuer, or none, that is trusted.
function elsewhere({ seen }: Evidence): ReturnType<Rule> {
  const order: readonly Cause[] = seen.issuer?.endsWith('/')
    ? ['issuer-trailing-slash', 'issuer-other']
    : ['issuer-other', 'issuer-trailing-slash'];
  return order.map((cause, index) => ({ cause, confidence: index === 0 ? 'likely' : 'possible', why: [] }));
}

function kindOf({ seen, context }: Evidence): Cause {
  const issuer = seen.issuer ?? '';
  if (isServerIssuer(issuer) || (issuer === '' && serverOf(context.server_url) !== null))
    return 'issuer-ghes';
  if (enterpriseOf(issuer) !== null) return 'issuer-enterprise';
  if (issuer !== '' && !isPublicIssuer(issuer)) return 'issuer-other';
  return context.enterprise_slug && !issuer.endsWith('/') ? 'issuer-enterprise' : 'issuer-trailing-slash';
}

/** A rule for Entra's failure to read an issuer's keys: a server behind a firewall, or a passing fault. */
export const issuerUnreachable: Rule = (evidence) => {
  if (!isUnreachable(evidence)) return [];
  const passing = isGitHubCom(evidence);
  const order: readonly Cause[] =
    passing || evidence.provider !== 'github'
      ? ['signature-or-jwks', 'network-transient']
      : ['issuer-ghes', 'signature-or-jwks'];
  const why = [
    'Entra could not read the OpenID configuration or the keys of the issuer.',
    ...(passing ? [] : [checkOf(issuerAsked(evidence))]),
  ];
  // Of an issuer that is none of GitHub's the code leaves no other cause.
  const first = evidence.provider !== 'github' && evidence.entry !== null ? 'certain' : 'likely';
  return order.map((cause, index) => ({ cause, confidence: index === 0 ? first : 'possible', why }));
};

/** A rule for facts about the enterprise or the server that the credentials do not reflect. */
export const issuerFromFacts: Rule = ({ seen, context, configured, stage, entry }) => {
  if (stage === 'entra' || stage === 'unnamed' || (stage === 'trust' && entry?.code !== 70021)) return [];
  const issuers = (configured ?? []).map(({ issuer }) => issuer).filter((issuer) => issuer !== '');
  if (seen.issuer !== null) return oddIssuer(seen.issuer, issuers.length > 0);
  const server = serverOf(context.server_url);
  if (server !== null && !issuers.includes(server))
    return [
      {
        cause: 'issuer-ghes',
        confidence: issuers.length > 0 ? 'likely' : 'possible',
        why: [`Runs of this server present '${server}'.`],
      },
    ];
  const slug = context.enterprise_slug;
  if (slug && issuers.length > 0 && issuers.every((issuer) => enterpriseOf(issuer) === null))
    return [
      {
        cause: 'issuer-enterprise',
        confidence: 'likely',
        why: ['The enterprise may put its slug into the issuer.'],
      },
    ];
  return issuers.length > 0 && issuers.every((issuer) => isPublicIssuer(issuer) && issuer.endsWith('/'))
    ? [
        {
          cause: 'issuer-trailing-slash',
          confidence: 'likely',
          why: ["GitHub's issuer has no slash at its end."],
        },
      ]
    : [];
};

function oddIssuer(issuer: string, compared: boolean): ReturnType<Rule> {
  if (compared) return [];
  if (isServerIssuer(issuer)) return [{ cause: 'issuer-ghes', confidence: 'possible', why: [] }];
  return enterpriseOf(issuer) === null
    ? []
    : [{ cause: 'issuer-enterprise', confidence: 'possible', why: [] }];
}
