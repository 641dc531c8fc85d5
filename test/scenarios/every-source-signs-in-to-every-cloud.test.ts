import { expect } from 'vitest';
import type { FederatedIdentityCredential } from '../../src/emulator/entities.ts';
import type { StepOptions, StepResult } from '../../src/emulator/runner/job.ts';
import { applicationOf } from '../harness/application.ts';
import { type Scene, scenario } from '../harness/scenario.ts';
import { SOURCES, type SourceCase } from '../harness/workload.ts';

const CLOUDS = [
  {
    cloud: 'AzureCloud',
    tenant: '11111111-1111-4111-8111-111111111111',
    client: 'aaaaaaaa-0000-4000-8000-000000000001',
    host: 'login.microsoftonline.com',
    audience: 'api://AzureADTokenExchange',
  },
  {
    cloud: 'AzureUSGovernment',
    tenant: '33333333-3333-4333-8333-333333333333',
    client: 'aaaaaaaa-0000-4000-8000-000000000031',
    host: 'login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
  },
  {
    cloud: 'AzureChinaCloud',
    tenant: '44444444-4444-4444-8444-444444444444',
    client: 'aaaaaaaa-0000-4000-8000-000000000041',
    host: 'login.partner.microsoftonline.cn',
    audience: 'api://AzureADTokenExchangeChina',
  },
] as const;
type CloudCase = (typeof CLOUDS)[number];

/** A machine of Azure has an identity of the public cloud here; in the others federation with it is refused (700222). */
const PAIRS = SOURCES.flatMap((source) =>
  CLOUDS.filter(({ cloud }) => source.source !== 'managed-identity' || cloud === 'AzureCloud').map(
    (cloud) => ({ source, cloud }),
  ),
);

/** How a trust may be wrong, and what is said then. */
const OUTCOMES: Readonly<Record<string, { change: Partial<FederatedIdentityCredential>; says: RegExp }>> = {
  'another subject': { change: { subject: 'somebody else' }, says: /^AADSTS700213: / },
  'another issuer': { change: { issuer: 'https://issuer.example' }, says: /^AADSTS700211: / },
  'another audience': { change: { audiences: ['api://somebody-else'] }, says: /^AADSTS70021[24]: / },
};

/** Signs in with the trust that the assertion needs, or with one that differs from it. */
async function signInTo(
  scene: Scene,
  { prepare }: SourceCase,
  { cloud, tenant, client, audience }: CloudCase,
  change: Partial<FederatedIdentityCredential> = {},
): Promise<StepResult> {
  const { emulator, signIn } = scene;
  const given = await prepare(scene, audience);
  const step: StepOptions = {
    ...given,
    inputs: { ...given.inputs, cloud, 'tenant-id': tenant, 'client-id': client },
  };
  const application = applicationOf(emulator, client);
  // What is presented tells what has to be trusted: the first try is refused.
  application.federatedIdentityCredentials = [];
  const refused = await signIn(step);
  expect(refused.error()).toMatch(/^AADSTS(70025|700211): /);
  const [issuer, subject] = ['issuer', 'subject'].map((name) => presented(refused, name));
  const trust = { name: 'trust', issuer: issuer ?? '', subject: subject ?? '', audiences: [audience] };
  application.federatedIdentityCredentials = [{ ...trust, ...change }];
  return signIn(step);
}

/** A value of the diagnosis, as a person would read it there. */
function presented(step: StepResult, label: string): string {
  return new RegExp(`^ +${label} presented +(\\S+)$`, 'm').exec(step.error())?.[1] ?? '';
}

for (const { source, cloud } of PAIRS) {
  const options = source.on ? { on: source.on } : {};
  scenario(
    `${source.source} signs in to ${cloud.cloud}, with the values that its first refusal gave`,
    async (scene) => {
      const step = await signInTo(scene, source, cloud);
      expect(step.code, step.stdout).toBe(0);
      expect(step.outputs).toMatchObject({ subject: source.subject, audience: cloud.audience });
      expect(step.outputs['issuer']).toMatch(source.issuer);
      expect(scene.traffic().at(-1)).toBe(`POST ${cloud.host} → 200`);
    },
    options,
  );
  for (const [what, { change, says }] of Object.entries(OUTCOMES))
    scenario(
      `${source.source} in ${cloud.cloud}: a credential for ${what} refuses, and what was presented is said`,
      async (scene) => {
        const step = await signInTo(scene, source, cloud, change);
        expect(step.error()).toMatch(says);
        expect(step.error()).toContain(source.subject);
        expect([step.outputs, step.variables]).toEqual([{}, {}]);
        if (source.source !== 'github') expect(step.error()).not.toMatch(/GitHub|workflow|repository/);
      },
      options,
    );
}
