import { expect } from 'vitest';
import { ACCESS_TOKEN, ID_TOKEN, scenario } from '../harness/scenario.ts';

scenario('signs in with client and tenant alone', async ({ emulator, signIn, traffic }) => {
  const step = await signIn();

  expect(step.code, step.stdout).toBe(0);
  expect(traffic()).toEqual([ID_TOKEN, ACCESS_TOKEN]);
  const [idTokenRequest, tokenRequest] = emulator.requests();
  expect(idTokenRequest?.query).toMatchObject({
    'api-version': '2.0',
    audience: 'api://AzureADTokenExchange',
  });
  expect(idTokenRequest?.headers['user-agent']).toMatch(/^entra-federate\/\d/);
  expect(tokenRequest?.headers['client-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(tokenRequest?.form).toMatchObject({
    grant_type: 'client_credentials',
    client_id: 'aaaaaaaa-0000-4000-8000-000000000001',
    scope: 'https://management.core.windows.net//.default',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });

  const { outputs } = step;
  expect(JSON.parse(outputs['tokens'] ?? '')).toEqual({ arm: outputs['access-token'] });
  expect(JSON.parse(outputs['expirations'] ?? '')).toEqual({ arm: outputs['expires-on'] });
  expect(outputs).toMatchObject({
    'expires-on': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    'client-id': 'aaaaaaaa-0000-4000-8000-000000000001',
    'tenant-id': '11111111-1111-4111-8111-111111111111',
    'subscription-id': '',
    'principal-id': 'cccccccc-0000-4000-8000-000000000001',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'repo:octo-org/octo-repo:environment:production',
    audience: 'api://AzureADTokenExchange',
  });
  expect(step.log).toEqual([
    expect.stringMatching(
      /^Signed in as aaaaaaaa-0000-4000-8000-000000000001 in tenant 11111111-1111-4111-8111-111111111111 \(AzureCloud\) for arm until \d{4}-/,
    ),
  ]);
});
