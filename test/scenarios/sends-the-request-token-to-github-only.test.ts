import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

const PLANTED = [
  'https://evil.example/idtoken?api-version=2.0',
  'http://run-actions-1-azure-eastus.actions.githubusercontent.com/idtoken',
  'https://actions.githubusercontent.com.evil.example/idtoken',
  'https://evilactions.githubusercontent.com/idtoken',
  'https://x@run-actions-1-azure-eastus.actions.githubusercontent.com/idtoken',
  'https://run-actions-1-azure-eastus.actions.githubusercontent.com:8443/idtoken',
  'not a url',
];

for (const url of PLANTED) {
  scenario(`sends nothing to a planted URL: ${url}`, async ({ signIn, traffic }) => {
    const step = await signIn({ env: { ACTIONS_ID_TOKEN_REQUEST_URL: url } });
    expect(step.code).toBe(1);
    expect(step.error()).toMatch(
      /^id-token-url-refused: the URL to ask for ID tokens does not point to this job's GitHub/,
    );
    expect(step.error()).toMatch(/expected +https:\/\/\*\.actions\.githubusercontent\.com/);
    expect(traffic()).toEqual([]);
  });
}

scenario('refuses github.com in a job that runs on another server', async ({ signIn, traffic }) => {
  const step = await signIn({ env: { GITHUB_SERVER_URL: 'https://github.octo-corp.example' } });
  expect(step.error()).toMatch(/^id-token-url-refused: /);
  expect(traffic()).toEqual([]);
});

scenario(
  'refuses to work where the verification of certificates is switched off',
  async ({ signIn, traffic }) => {
    const step = await signIn({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    expect(step.error()).toMatch(/^tls-verification-off: /);
    expect(traffic()).toEqual([]);
  },
);

scenario(
  'learns nothing to a planted proxy without the CA: TLS fails before anything is sent',
  async ({ signIn, traffic }) => {
    const step = await signIn({ env: { NODE_EXTRA_CA_CERTS: undefined }, inputs: { timeout: '2' } });
    expect(step.error()).toMatch(
      /^tls-untrusted: the certificate presented for GitHub's ID token endpoint \(run-actions-1[^)]*\) is not trusted/,
    );
    expect(traffic()).toEqual([]);
  },
);
