import { expect, test } from 'vitest';
import { judge } from '../../../src/validate/judge.ts';
import { unknown } from '../../../src/validate/model.ts';

const NOT_READ = unknown('not read');

test('an ID token that Entra refuses at once for its time was not presented too late', () => {
  const { cause, explanation } = judge({
    client: { clientId: 'c', tenantId: 't', cloud: 'AzureCloud' },
    presented: {
      from: 'token',
      claims: {
        iss: 'https://token.actions.githubusercontent.com',
        sub: 'repo:acme/shop:pull_request',
        aud: 'a',
      },
    },
    exchange: {
      outcome: 'refused',
      codes: [700024],
      text: 'AADSTS700024: Client assertion is not within its valid time range.',
      correlationId: 'i',
    },
    identity: NOT_READ,
    credentials: NOT_READ,
    directory: NOT_READ,
    credentialsFrom: 'directory',
    roles: NOT_READ,
    checkRoles: false,
    lint: { findings: [], undecided: [] },
    drift: [],
    probes: [],
    context: {},
    failOn: 'high',
  });
  expect([cause, explanation]).toEqual(['clock-skew', expect.stringContaining('clocks disagree')]);
});
