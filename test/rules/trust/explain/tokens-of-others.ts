import { expect } from 'vitest';
import type { Credential } from '../../../../src/trust/credential.ts';
import { explain } from '../../../../src/trust/explain/explain.ts';

export const AKS = 'https://westeurope.oic.prod-aks.azure.com/11111111-1111-4111-8111-111111111111/8/';
export const EKS = 'https://oidc.eks.eu-west-1.amazonaws.com/id/0C70';
export const GOOGLE = 'https://accounts.google.com';
export const AWS = 'https://7.tokens.sts.global.api.aws';
export const TENANT = '11111111-1111-4111-8111-111111111111';
export const ENTRA = `https://login.microsoftonline.com/${TENANT}/v2.0`;
export const AUDIENCE = 'api://AzureADTokenExchange';
export const ACCOUNT = 'system:serviceaccount:octo:deployer';
export const NUMBER = '104920480235981234567';
export const ROLE = 'arn:aws:iam::123456789012:role/octo-runner';
export const PRINCIPAL = 'eeeeeeee-0000-4000-8000-000000000051';

export interface Token {
  readonly iss: string;
  readonly sub: string;
  readonly aud?: string | readonly string[];
}

/** What is said of a token beside one credential that differs from it in the given way. */
export function explained(token: Token, change: Partial<Credential>) {
  const credential: Credential = {
    name: 'one',
    issuer: token.iss,
    subject: token.sub,
    audiences: [AUDIENCE],
    claimsMatchingExpression: null,
    ...change,
  };
  return explain({
    error: null,
    presented: null,
    claims: { aud: AUDIENCE, ...token },
    configured: [credential],
    // What only GitHub's tokens are shaped by must not lead astray.
    context: {
      fork: true,
      reusable_workflow: true,
      server_url: 'https://ghes.example',
      event_name: 'pull_request',
    },
  });
}

export const POD: Token = { iss: AKS, sub: ACCOUNT, aud: [AUDIENCE] };
export const INSTANCE: Token = { iss: GOOGLE, sub: NUMBER };
export const RUNNER: Token = { iss: AWS, sub: ROLE };
export const MACHINE: Token = { iss: ENTRA, sub: PRINCIPAL };

/** One way to be wrong: what it is, the token, how the credential differs, the cause, and what the first sentence says. */
export type Slip = readonly [string, Token, Partial<Credential>, string, string];

/** Its own first sentence, nothing of GitHub, and a credential that works. */
export function expectOwnStory([, token, change, cause, sentence]: Slip): void {
  const said = explained(token, change);
  expect(said.cause).toBe(cause);
  expect(said.explanation.split('\n')[0]).toContain(sentence);
  expect(said.explanation).not.toMatch(/GitHub|workflow|repository|pull.request/i);
  expect(Object.keys(said.fix).filter((kind) => kind === 'github' || kind === 'workflow')).toEqual([]);
  if (cause !== 'audience') {
    expect(said.fix.az).toContain(token.sub);
    expect(said.fix.az).toContain(token.iss);
  }
}
