import { expect } from 'vitest';
import type { Emulator } from '../../src/emulator/api.ts';
import { applicationOf } from '../harness/application.ts';
import { scenario } from '../harness/scenario.ts';

const GHES = 'https://github.octo-corp.example';
const GHES_ISSUER = `${GHES}/_services/token`;
const UNIQUE = { slug: 'octo-corp', id: '7', uniqueIssuer: true };

const ISSUERS = [
  {
    serverUrl: 'https://github.com',
    enterprise: UNIQUE,
    issuer: 'https://token.actions.githubusercontent.com/octo-corp',
  },
  {
    serverUrl: 'https://octocorp.ghe.com',
    enterprise: null,
    issuer: 'https://token.actions.octocorp.ghe.com',
  },
  {
    serverUrl: 'https://octocorp.ghe.com',
    enterprise: UNIQUE,
    issuer: 'https://token.actions.octocorp.ghe.com/octocorp',
  },
  { serverUrl: GHES, enterprise: null, issuer: GHES_ISSUER },
];

/** The application's credentials name this issuer, and no other. */
function trustIssuer(emulator: Emulator, issuer: string): void {
  for (const credential of applicationOf(emulator).federatedIdentityCredentials) credential.issuer = issuer;
}

for (const { serverUrl, enterprise, issuer } of ISSUERS) {
  scenario(
    `signs in with the issuer ${issuer}`,
    async ({ emulator, signIn }) => {
      trustIssuer(emulator, issuer);
      const step = await signIn({ env: { GITHUB_SERVER_URL: serverUrl } });

      expect(step.code, step.stdout).toBe(0);
      expect(step.outputs['issuer']).toBe(issuer);
      const domain = serverUrl === 'https://github.com' ? 'githubusercontent.com' : new URL(serverUrl).host;
      expect(emulator.requests()[0]?.host.endsWith(domain)).toBe(true);
    },
    { seed: { run: { serverUrl, enterprise } } },
  );
}

const ON_GHES = { seed: { run: { serverUrl: GHES } } };
const env = { GITHUB_SERVER_URL: GHES };

scenario(
  'names the server whose CA this runner does not know, and where to name that CA',
  async ({ signIn, traffic }) => {
    const step = await signIn({ env: { ...env, NODE_EXTRA_CA_CERTS: undefined } });
    const [first, ...rest] = step.error().split('\n');
    expect(first).toBe(
      "tls-untrusted: the certificate presented for GitHub's ID token endpoint (github.octo-corp.example) is not trusted, so nothing was sent.",
    );
    expect(rest.join(' ')).toContain('GitHub Enterprise Server with a CA of its own');
    expect(rest.join(' ')).toContain('NODE_EXTRA_CA_CERTS');
    expect(traffic()).toEqual([]);
  },
  ON_GHES,
);

scenario(
  'names what Entra has to reach where it cannot read the keys of the server',
  async ({ emulator, signIn }) => {
    trustIssuer(emulator, GHES_ISSUER);
    emulator.state.unreachableIssuers.push(GHES_ISSUER);
    const step = await signIn({ env, inputs: { timeout: '1' } });
    expect(step.error().split('\n')[0]).toBe(
      `AADSTS501661: Entra could not fetch '${GHES_ISSUER}/.well-known/openid-configuration', or the keys that it names.`,
    );
    expect(step.error()).toContain('over the internet');
  },
  ON_GHES,
);

scenario(
  "says which issuer a credential has to name where it still names github.com's",
  async ({ signIn }) => {
    const step = await signIn({ env });
    expect(step.error().split('\n')[0]).toMatch(
      /^AADSTS700211: no federated credential of .* names the issuer /,
    );
    expect(step.error().split('\n')[0]).toContain(GHES_ISSUER);
  },
  ON_GHES,
);
