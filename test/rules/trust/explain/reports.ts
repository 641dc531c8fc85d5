import { expect } from 'vitest';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { type ExplainInput, readExplainInput } from '../../../../src/trust/explain/input.ts';

export const ISSUER = 'https://token.actions.githubusercontent.com';
export const AUDIENCE = 'api://AzureADTokenExchange';
export const DEV = 'repo:acme/shop:ref:refs/heads/dev';
export const MAIN = 'repo:acme/shop:ref:refs/heads/main';

/** What a report holds; the test fails where it is none. */
export function read(json: unknown): ExplainInput {
  const input = readExplainInput(json);
  return input.ok ? input.input : expect.fail(input.problem);
}

/** What a person is told, the most likely first. */
export function causes(json: unknown): readonly string[] {
  const { cause, confidence, also } = explain(read(json));
  return [{ cause, confidence }, ...also].map((each) => `${each.cause} (${each.confidence})`);
}

export const REFUSED = `AADSTS700213: No matching federated identity record found for presented assertion subject '${MAIN}'.`;
export const FORBIDDEN =
  "AuthorizationFailed: The client does not have authorization to perform action 'a' over scope 's'.";
export const OUT_OF_TIME = 'AADSTS700024: Client assertion is not within its valid time range.';
export const times = (now: string, from: string, until: string) =>
  `${OUT_OF_TIME} Current time: ${now}, assertion valid from ${from}, expiry time of assertion ${until}.`;
export const AGREES = {
  presented: { issuer: ISSUER, subject: MAIN, audience: AUDIENCE },
  configured: [{ name: 'main', issuer: ISSUER, subject: MAIN, audiences: [AUDIENCE] }],
};
