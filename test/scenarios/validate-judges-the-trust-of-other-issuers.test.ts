import { expect } from 'vitest';
import type { FederatedIdentityCredential } from '../../src/emulator/entities.ts';
import { applicationOf } from '../harness/application.ts';
import { type Scene, scenario } from '../harness/scenario.ts';
import { ADMIN, application, type Validation, validation } from '../harness/validation.ts';
import { SOURCES, type SourceCase } from '../harness/workload.ts';

const AUDIENCE = 'api://AzureADTokenExchange';
/** The application of the seed that trusts the workload of each source. */
const TRUSTING: Readonly<Record<string, number>> = { file: 52, google: 53, aws: 54, 'managed-identity': 51 };
const OTHERS = SOURCES.filter(({ source }) => source in TRUSTING);

/**
 * Validates with the assertion of a source, which the reader of the directory trusts, too; the credentials of the
 * application differ from it as `change` says.
 */
async function validate(
  scene: Scene,
  { source, prepare }: SourceCase,
  inputs: Record<string, string> = {},
  change: Partial<FederatedIdentityCredential> = {},
): Promise<Validation & { readonly trusted: readonly string[] }> {
  const { appId, federatedIdentityCredentials } = applicationOf(
    scene.emulator,
    application(TRUSTING[source] ?? 0),
  );
  applicationOf(scene.emulator, ADMIN).federatedIdentityCredentials.push(
    ...federatedIdentityCredentials.map((one) => ({ ...one, name: `for-${one.name}` })),
  );
  for (const credential of federatedIdentityCredentials) Object.assign(credential, change);
  const given = await prepare(scene, AUDIENCE);
  const run = await validation(scene, { 'client-id': appId, ...given.inputs, ...inputs }, given);
  return { ...run, trusted: federatedIdentityCredentials.map(({ name }) => name) };
}

for (const source of OTHERS) {
  const options = source.on ? { on: source.on } : {};
  scenario(
    `a trust in ${source.source} holds, and nothing of GitHub is asked for or missed`,
    async (scene) => {
      const { step, report, trusted } = await validate(scene, source, { 'fail-on': 'critical' });
      expect(report, step.stdout).toMatchObject({ cause: null, migration: null });
      expect(report['presented']).toMatchObject({ subject: source.subject, audience: AUDIENCE });
      expect(trusted).toContain(report.matched);
      expect(step.summary).not.toMatch(/immutable|environment `/);
    },
    options,
  );
  scenario(
    `a trust in ${source.source} that names another workload fails, and the fix trusts the right one`,
    async (scene) => {
      const { step, report } = await validate(scene, source, {}, { subject: 'somebody-else' });
      expect(report, step.stdout).toMatchObject({ result: 'fail', cause: 'other' });
      expect(report.fix['az']).toContain(source.subject);
      expect(report.fix).not.toHaveProperty('github');
    },
    options,
  );
}

scenario('a probe and a token in a file exclude each other', async (scene) => {
  const step = await scene.signIn({
    inputs: { mode: 'validate', 'identity-source': 'file:/token', probe: 'true' },
  });
  expect(step.error()).toMatch(/^input-invalid: input `probe` is true with `identity-source: file`/);
});

scenario(
  'a source that can ask for any audience is probed with those of the other clouds',
  async (scene) => {
    const source = OTHERS.find((one) => one.source === 'google');
    if (!source) throw new Error('no such source');
    const { report } = await validate(scene, source, { probe: 'true', 'fail-on': 'critical' });
    expect(report['probes']).toEqual([
      expect.objectContaining({ audience: 'api://AzureADTokenExchangeUSGov', result: 'passed' }),
      expect.objectContaining({ audience: 'api://AzureADTokenExchangeChina', result: 'passed' }),
    ]);
  },
  { on: 'gce' },
);
