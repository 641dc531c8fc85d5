import { LANGUAGE_VERSION } from '../../credential.ts';
import type { Reach } from '../reach.ts';
import {
  configured,
  eachCredential,
  FACTS,
  findings,
  type Observation,
  type Outcome,
  type Rule,
} from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { Trust, TrustEntry } from '../trust.ts';

/** Rules about flexible expressions as such. */
export const EXPRESSION_RULES: readonly Rule[] = [
  {
    code: 'expression-not-pinned',
    title: 'Expression without an id of GitHub',
    severities: ['high'],
    why: 'Names can be given up and taken by others. Entra refuses expressions for GitHub that compare neither id since August 2026, whatever their subject holds; older ones remain.',
    remedy: "Add ` and claims['repository_id'] eq 'ID'` (or `repository_owner_id`).",
    needs: [FACTS.credentials],
    source: SOURCES.flexible,
    check: eachCredential(expressionNotPinned),
  },
  {
    code: 'expression-unsupported',
    title: 'Expression that Entra does not evaluate',
    severities: ['medium'],
    why: 'A functional fault: expressions work for applications and for some issuers and claims only, and have a strict grammar.',
    remedy: 'Correct the expression, or replace it by exact credentials.',
    needs: [FACTS.credentials, FACTS.identity],
    source: SOURCES.flexible,
    check: expressionUnsupported,
  },
];

function expressionNotPinned(entry: TrustEntry): Observation | null {
  const { credential, expression, reach } = entry;
  if (expression === null || reach === null) return null;
  if (expression.terms?.some(({ claim }) => ID_CLAIMS.includes(claim))) return null;
  const { name } = credential;
  return { severity: 'high', credential: name, evidence: configured(entry), ...wordingOf(name, reach) };
}

const ID_CLAIMS = ['repository_id', 'repository_owner_id'];

function wordingOf(name: string, { repositoryId, ownerId }: Reach): Pick<Observation, 'message' | 'remedy'> {
  const id = repositoryId ?? ownerId;
  if (id === null)
    return {
      message: `Credential '${name}' compares no id of GitHub, so whoever takes over the name it trusts gets the identity.`,
      remedy:
        "Add ` and claims['repository_id'] eq 'ID'` to the expression; `gh api repos/OWNER/REPOSITORY --jq .id` tells the id.",
    };
  const claim = repositoryId === null ? 'repository_owner_id' : 'repository_id';
  return {
    message: `Credential '${name}' is pinned by an id in its subject alone, and since August 2026 Entra refuses new expressions that compare neither repository_id nor repository_owner_id.`,
    remedy: `Add \` and claims['${claim}'] eq '${id}'\` to the expression.`,
  };
}

function expressionUnsupported({ entries, facts }: Trust): Outcome {
  const flexible = entries.filter(({ expression }) => expression !== null);
  const found = flexible.flatMap((entry) => {
    const reason = reasonOf(entry, facts.identity.kind === 'managed-identity');
    return reason === null ? [] : [unsupported(entry, reason)];
  });
  if (facts.identity.kind !== null || found.length === flexible.length) return findings(found);
  return {
    found,
    missing: [
      'whether the identity is an application or a managed identity, which may not use expressions (Microsoft Graph Application.Read.All)',
    ],
  };
}

function reasonOf({ credential, expression }: TrustEntry, managed: boolean): string | null {
  if (expression?.problem) return expression.problem;
  const version = credential.claimsMatchingExpression?.languageVersion ?? LANGUAGE_VERSION;
  if (version !== LANGUAGE_VERSION)
    return `its languageVersion is ${version}, and ${LANGUAGE_VERSION} is the only one`;
  return managed ? 'managed identities may not use expressions' : null;
}

function unsupported(entry: TrustEntry, reason: string): Observation {
  return {
    severity: 'medium',
    credential: entry.credential.name,
    message: `Credential '${entry.credential.name}' holds an expression that Entra does not evaluate: ${reason}.`,
    evidence: configured(entry),
    remedy:
      'Correct the expression as the message says, or replace the credential by one with an exact subject for each run that needs it.',
  };
}
