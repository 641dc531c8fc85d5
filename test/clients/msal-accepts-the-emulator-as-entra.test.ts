import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';
import { FETCH_USES_PROXY, runProgram } from './program.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const CLIENT = 'aaaaaaaa-0000-4000-8000-000000000001';
const CLAIMS = { aud: 'https://management.azure.com', tid: TENANT, appid: CLIENT };
const STEP = { ...FETCH_USES_PROXY, CLIENT, SCOPE: 'https://management.azure.com/.default' };

// MSAL knows Microsoft's hosts by heart and asks nobody about them. With the default port written out it is the same
// authority (RFC 3986, section 6.2.3), but not in MSAL's list: instance discovery and metadata must convince it.
const UNLISTED = 'https://login.microsoftonline.com:443';

scenario('MSAL needs one request for an authority that it knows', async ({ job, traffic }) => {
  const AUTHORITY = `https://login.microsoftonline.com/${TENANT}`;
  const outcome = await runProgram(job, 'msal', { ...STEP, AUTHORITY });

  expect(outcome).toMatchObject({ claims: CLAIMS });
  expect(traffic()).toEqual([
    'GET run-actions-1-azure-eastus.actions.githubusercontent.com → 200',
    'POST login.microsoftonline.com → 200',
  ]);
});

for (const tenant of [TENANT, 'contoso.onmicrosoft.com']) {
  scenario(`MSAL accepts instance discovery and the metadata of ${tenant}`, async ({ emulator, job }) => {
    const outcome = await runProgram(job, 'msal', { ...STEP, AUTHORITY: `${UNLISTED}/${tenant}` });

    expect(outcome).toMatchObject({ claims: CLAIMS });
    expect(emulator.requests()).toMatchObject([
      {
        service: 'entra-discovery',
        host: 'login.microsoftonline.com',
        path: '/common/discovery/instance',
        query: { authorization_endpoint: `${UNLISTED}/${tenant}/oauth2/v2.0/authorize` },
        status: 200,
      },
      {
        service: 'entra-discovery',
        host: 'login.microsoftonline.com',
        path: `/${tenant}/v2.0/.well-known/openid-configuration`,
        status: 200,
      },
      { service: 'github-id-token', status: 200 },
      {
        service: 'entra-token',
        host: 'login.microsoftonline.com',
        form: { client_id: CLIENT, 'x-client-SKU': 'msal.js.node' },
        status: 200,
      },
    ]);
  });
}

scenario('MSAL gives up where the metadata names no tenant', async ({ job, traffic }) => {
  const outcome = await runProgram(job, 'msal', { ...STEP, AUTHORITY: `${UNLISTED}/nowhere.example` });

  expect(outcome).toMatchObject({
    error: { name: 'ClientAuthError', message: expect.stringContaining('endpoints_resolution_error') },
  });
  expect(traffic()).toEqual(['GET login.microsoftonline.com → 200', 'GET login.microsoftonline.com → 400']);
});
