import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';
import { unsignedToken } from '../harness/unsigned-token.ts';

const ISSUER = 'https://eastus.oic.prod-aks.azure.com/11111111-1111-4111-8111-111111111111/abc/';
const SUBJECT = 'system:serviceaccount:arc-runners:deploy-runner';

/** A token as a cluster signs it; nobody looks at the signature here. */
function clusterToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: ISSUER,
    sub: SUBJECT,
    aud: ['api://AzureADTokenExchange'],
    iat: now,
    exp: now + 3600,
  };
  return unsignedToken(claims);
}

const CASES: [number, RegExp][] = [
  [700211, /with a slash at its end where the token has one \(AKS\)/],
  [700212, /set `audience` of the projected volume/],
  [700213, /in Kubernetes its service account/],
  [700024, /a token in a file was not renewed in time/],
  [700027, /as a cluster may after a change of its signing key/],
  [501661, /those of a cluster with an internal issuer do not/],
];

for (const [code, told] of CASES)
  scenario(
    `explains AADSTS${code} for the token of a cluster, without a word of GitHub`,
    async ({ emulator, job, signIn }) => {
      const path = join(job.temp, 'azure-identity-token');
      writeFileSync(path, clusterToken(), { mode: 0o600 });
      emulator.fault({ service: 'entra-token', kind: 'aadsts', code, times: Number.POSITIVE_INFINITY });
      const step = await signIn({ inputs: { 'identity-source': `file:${path}`, timeout: '1' } });
      expect(step.error()).toMatch(new RegExp(`^AADSTS${code}: `));
      expect(step.error()).toMatch(told);
      expect(step.error()).not.toMatch(/GitHub/);
      expect(step.summary).not.toMatch(/github-system/);
    },
  );
