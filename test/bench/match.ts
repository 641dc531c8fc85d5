import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Credential } from '../../src/trust/credential.ts';
import { matchAll } from '../../src/trust/match.ts';

const CLAIMS = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:environment:production',
  aud: 'api://AzureADTokenExchange',
};

/** A credential that differs in its issuer, subject and audience. */
export function exact(index: number): Credential {
  const subject = `repo:octo-org/octo-repo-${index}:environment:production`;
  return {
    name: `c${index}`,
    issuer: `${CLAIMS.iss}/`,
    subject,
    audiences: ['api://other'],
    claimsMatchingExpression: null,
  };
}

/** One whose pattern is slow to refute. */
export function hostile(index: number): Credential {
  const value = `claims['sub'] matches '*o*o*o*p*r*o*d*x${index}' and claims['repository_id'] eq '${index}'`;
  const flexible = { subject: null, claimsMatchingExpression: { value, languageVersion: 1 } };
  return { ...exact(index), issuer: CLAIMS.iss, ...flexible };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Milliseconds for all credentials, every mismatch built; they are parsed from JSON, as a directory gives them. */
export function matchMs(count: number, make: (index: number) => Credential): number {
  const credentials = JSON.parse(
    JSON.stringify(Array.from({ length: count }, (_, index) => make(index))),
  ) as Credential[];
  // What making them left behind is not the comparison's to clear away.
  collectGarbage();
  const started = performance.now();
  const { results } = matchAll(CLAIMS, credentials);
  if (results.length !== count) throw new Error('not all were compared');
  return performance.now() - started;
}
