import { type ClaimsMatchingExpression, LANGUAGE_VERSION } from '../../credential.ts';
import { parseExpression } from '../../expression/parse.ts';
import { expressionViolations } from '../../expression/rules.ts';
import type { Rule } from '../evidence.ts';
import { quoted } from '../visible.ts';

const SAID =
  /ClaimsMatchingExpression|claims?[_ -]matching[_ -]expression|flexible federated|federated identity (credential )?expression|Expression configured for issuer|InvalidFederatedIdentityCredentialValue[^\n]{0,120}xpression/i;

/** A rule about expressions that Entra refuses, or that do not hold. */
export const expression: Rule = ({ error, entry, stage, configured }) => {
  const cause = 'flexible-expression';
  if (stage === 'unnamed' && SAID.test(error.text))
    return [
      { cause, confidence: 'certain', why: ['The error is about the expression of a flexible credential.'] },
    ];
  const wrong = (configured ?? []).flatMap(({ name, issuer, claimsMatchingExpression: held }) => {
    const problem = held === null ? null : problemOf(held, issuer);
    return problem === null ? [] : [`In ${quoted(name)}: ${problem}.`];
  });
  if (entry?.causes[0] === cause && wrong.length > 0)
    return [{ cause, confidence: 'certain', why: wrong.slice(0, 3) }];
  if (wrong.length === 0 || stage === 'entra' || stage === 'unnamed') return [];
  return [{ cause, confidence: stage === 'none' ? 'likely' : 'possible', why: wrong.slice(0, 3) }];
};

function problemOf({ value, languageVersion }: ClaimsMatchingExpression, issuer: string): string | null {
  if (languageVersion !== LANGUAGE_VERSION)
    return `the languageVersion is ${languageVersion}, and ${LANGUAGE_VERSION} is the only one`;
  const parsed = parseExpression(value);
  const problem = parsed.ok ? expressionViolations(issuer, parsed.terms)[0] : parsed.error;
  return problem?.message ?? null;
}
