import type { FederatedIdentityCredential } from '../entities.ts';
import { type ExpressionProblem, evaluateExpression } from '../expression.ts';
import type { Assertion } from './assertion.ts';
import type { Client } from './directory.ts';
import { isMeantFor, tenantOfIssuer } from './managed-assertion.ts';
import { Refusal } from './refusal.ts';

// Entra, internal troubleshooting pages quoted in public: one code for each way an expression cannot be used.
const PROBLEM_CODES: Readonly<Record<ExpressionProblem, number>> = {
  syntax: 700233,
  unsupported: 700237,
  issuer: 7002241,
};

function presented({ issuer, subject, audiences }: Assertion): Record<string, string> {
  return { issuer, subject, audience: audiences.join(', ') };
}

function expressionMatches(
  credential: FederatedIdentityCredential,
  assertion: Assertion,
  client: Client,
): boolean {
  const expression = credential.claimsMatchingExpression;
  if (!expression) return false;
  // Flexible credentials exist on application objects only.
  if (client.managedIdentity !== null) throw new Refusal(700235);
  const result = evaluateExpression(expression, assertion.issuer, assertion.jwt.payload);
  if (result.kind !== 'problem') return result.kind === 'matched';
  throw new Refusal(PROBLEM_CODES[result.problem], { issuer: assertion.issuer, expression: result.detail });
}

function subjectRefusal(candidates: FederatedIdentityCredential[], assertion: Assertion): Refusal {
  const wanted = assertion.subject.toLowerCase();
  if (candidates.some(({ subject }) => subject?.toLowerCase() === wanted))
    return new Refusal(7002138, presented(assertion));
  const flexible = candidates.some(({ claimsMatchingExpression }) => claimsMatchingExpression);
  return new Refusal(flexible ? 7002131 : 700213, presented(assertion));
}

/** Counts down a change that has not reached this node yet; see `Propagation`. */
function checkPropagation(client: Client, assertion: Assertion): void {
  const { propagation } = client.entity;
  if (!propagation || propagation.attempts <= 0) return;
  propagation.attempts -= 1;
  const values = { clientId: client.clientId, name: client.name, ...presented(assertion) };
  throw new Refusal(propagation.code ?? 700213, values);
}

/**
 * The federated identity credential that the assertion fits: issuer, then audience, then subject, each compared
 * exactly (case, slashes and spaces count). Classic credentials are tried before expressions.
 * Throws a Refusal: 70025 none configured, 700211 issuer, 700212 audience (700214 of Entra's own tokens), 700213,
 * 7002131 and 7002138 subject, 700233, 700235, 700237 and 7002241 expressions.
 * Source: Entra, reference-breaking-changes (case-sensitive matching); the order is from public walk-throughs.
 */
export function findCredential(client: Client, assertion: Assertion): FederatedIdentityCredential {
  checkPropagation(client, assertion);
  const { clientId, name, credentials } = client;
  if (credentials.length === 0) throw new Refusal(70025, { clientId, name });
  const issued = credentials.filter(({ issuer }) => issuer === assertion.issuer);
  if (issued.length === 0) throw new Refusal(700211, presented(assertion));
  const meant = issued.filter(
    ({ audiences }) =>
      client.acceptsAnyAudience || audiences.some((audience) => isMeantFor(audience, assertion)),
  );
  if (meant.length === 0)
    throw new Refusal(tenantOfIssuer(assertion.issuer) === null ? 700212 : 700214, presented(assertion));
  const found =
    meant.find(({ subject }) => subject === assertion.subject) ??
    meant.find((credential) => expressionMatches(credential, assertion, client));
  if (!found) throw subjectRefusal(meant, assertion);
  return found;
}
