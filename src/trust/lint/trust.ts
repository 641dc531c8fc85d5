import type { Credential } from '../credential.ts';
import { parseExpression, type Term } from '../expression/parse.ts';
import { expressionViolations } from '../expression/rules.ts';
import { classifyIssuer, hostOfServer, type IssuerVerdict } from '../issuer.ts';
import type { GitHubFacts, LintFacts, RoleAssignment } from './facts.ts';
import { EVERYTHING, hasWildcard, narrow, type Reach } from './reach.ts';
import { reachOfGlob, reachOfLiteral } from './reach-subject.ts';
import { effectiveRoles, type Power, powerOf } from './roles.ts';

/** A flexible expression taken apart, and why Entra does not evaluate it, if so. */
export interface ExpressionFacts {
  /** Null when it cannot be parsed. */
  readonly terms: readonly Term[] | null;
  readonly problem: string | null;
  /** Whether the problem keeps it from ever matching, not only from being created today. */
  readonly dead: boolean;
}

/** One credential with what the rules ask of it again and again. */
export interface TrustEntry {
  readonly credential: Credential;
  readonly issuer: IssuerVerdict;
  /** Null on an exact credential. */
  readonly expression: ExpressionFacts | null;
  /** Which runs of GitHub it admits; null when it is not for GitHub, or can match no run. */
  readonly reach: Reach | null;
}

/** Everything that is known, taken apart once. */
export interface Trust {
  readonly facts: LintFacts;
  readonly entries: readonly TrustEntry[];
  /** Assignments whose principal still exists; null when roles are not known. */
  readonly roles: readonly RoleAssignment[] | null;
  /** What the roles that were seen allow; where not all were read, others may allow more. */
  readonly power: Power;
}

/** Takes the facts apart, credential by credential. */
export function readTrust(facts: LintFacts): Trust {
  const roles = effectiveRoles(facts.roles);
  const power = powerOf(roles);
  return {
    facts,
    entries: (facts.credentials ?? []).map(readEntry),
    roles,
    // An identity is there to do something: where none of its roles was seen, they are elsewhere.
    power: power === 'none' && facts.rolesUnread ? 'unknown' : power,
  };
}

/** What is known of the GitHub that a credential is for; null where only another one was looked at. */
export function githubOf({ issuer }: TrustEntry, { github }: LintFacts): GitHubFacts | null {
  const looked = github?.server ? hostOfServer(github.server) : null;
  return looked === null || looked === (issuer.server ?? 'github.com') ? github : null;
}

/** Takes one credential apart. */
export function readEntry(credential: Credential): TrustEntry {
  const issuer = classifyIssuer(credential.issuer);
  const text = credential.claimsMatchingExpression?.value;
  const expression = text === undefined ? null : readExpression(credential.issuer, text);
  const effective = issuer.kind === 'github' && issuer.canonical === credential.issuer;
  return { credential, issuer, expression, reach: effective ? reachOf(credential, expression) : null };
}

function readExpression(issuer: string, text: string): ExpressionFacts {
  const parsed = parseExpression(text);
  if (!parsed.ok) {
    const { message, at } = parsed.error;
    const problem = `it cannot be read (${message}, at character ${at + 1})`;
    return { terms: null, problem, dead: true };
  }
  const violations = expressionViolations(issuer, parsed.terms).filter(({ kind }) => kind !== 'missing-id');
  return {
    terms: parsed.terms,
    problem: violations[0]?.message ?? null,
    // Expressions without `sub` may remain from before Entra asked for it.
    dead: violations.some(({ kind }) => kind !== 'missing-sub'),
  };
}

function reachOf(credential: Credential, expression: ExpressionFacts | null): Reach | null {
  if (expression === null) {
    const subject = credential.subject ?? '';
    return isInert(subject) ? null : reachOfLiteral(subject);
  }
  return expression.terms === null || expression.dead ? null : reachOfTerms(expression.terms);
}

/** Whether a subject holds a wildcard where GitHub never writes one: only names of environments can hold them. */
function isInert(subject: string): boolean {
  return hasWildcard(subject.replace(/:environment:[^:]*$/, ''));
}

function reachOfTerms(terms: readonly Term[]): Reach | null {
  let reach = EVERYTHING;
  for (const term of terms) {
    const one = reachOfTerm(term);
    if (one === null) return null;
    reach = narrow(reach, one);
  }
  return reach;
}

function reachOfTerm({ claim, operator, comparand }: Term): Reach | null {
  if (operator === 'eq' && isInert(comparand)) return null;
  switch (claim) {
    case 'sub':
      return operator === 'eq' ? reachOfLiteral(comparand) : reachOfGlob(comparand);
    case 'repository_id':
      return { ...EVERYTHING, owner: 'one', repositories: 'one', repositoryId: comparand };
    case 'repository_owner_id':
      return { ...EVERYTHING, owner: 'one', ownerId: comparand };
    default:
      return { ...EVERYTHING, workflowRefs: [comparand] };
  }
}
