import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

const SERVERS = [
  { serverUrl: 'https://octocorp.ghe.com', issuer: 'https://token.actions.octocorp.ghe.com' },
  {
    serverUrl: 'https://github.octo-corp.example',
    issuer: 'https://github.octo-corp.example/_services/token',
  },
];

for (const { serverUrl, issuer } of SERVERS) {
  scenario(
    `signs in from a job on ${serverUrl}`,
    async ({ emulator, signIn }) => {
      const [application] = emulator.state.tenants[0]?.applications ?? [];
      for (const credential of application?.federatedIdentityCredentials ?? []) credential.issuer = issuer;
      const step = await signIn({ env: { GITHUB_SERVER_URL: serverUrl } });

      expect(step.code, step.stdout).toBe(0);
      expect(step.outputs['issuer']).toBe(issuer);
      expect(emulator.requests()[0]?.host.endsWith(new URL(serverUrl).host)).toBe(true);
    },
    { seed: { run: { serverUrl } } },
  );
}
