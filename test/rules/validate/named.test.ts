import { expect, test } from 'vitest';
import type { Credential } from '../../../src/trust/credential.ts';
import { namedBy } from '../../../src/validate/observe/named.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const RUN = { fullName: 'octo-org/octo-repo', id: '456' };

function environmentsOf(value: string, issuer = GITHUB): readonly string[] {
  const credential: Credential = {
    name: 'c',
    issuer,
    audiences: ['api://AzureADTokenExchange'],
    subject: null,
    claimsMatchingExpression: { value, languageVersion: 1 },
  };
  const { environments } = namedBy([credential], 'https://github.com', RUN);
  return environments.map(({ repository, name }) => `${repository} ${name}`);
}

test.each([
  ["claims['sub'] eq 'repo:octo-org/other:environment:production'", ['octo-org/other production']],
  [
    "claims['sub'] matches 'repo:octo-org@1/*:environment:production' and claims['repository_owner_id'] eq '1'",
    ['octo-org/octo-repo production'],
  ],
  ["claims['sub'] matches 'repo:octo-org@1/*:environment:*' and claims['repository_owner_id'] eq '1'", []],
  ["claims['sub'] eq 'repo:octo-org/octo-repo:ref:refs/heads/main'", []],
])('%s names the environments %j', (expression, environments) => {
  expect(environmentsOf(expression)).toEqual(environments);
});

test('credentials for another GitHub name nothing of this one', () => {
  const elsewhere = 'https://github.octo.example/_services/token';
  expect(environmentsOf("claims['sub'] eq 'repo:o/r:environment:production'", elsewhere)).toEqual([]);
});
