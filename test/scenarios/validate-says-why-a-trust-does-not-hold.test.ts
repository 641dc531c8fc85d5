import { expect } from 'vitest';
import { guid } from '../../src/emulator/seed.ts';
import { applicationOf } from '../harness/application.ts';
import { scenario } from '../harness/scenario.ts';
import { application, validation } from '../harness/validation.ts';

const BROKEN: [string, number, string][] = [
  ['a branch where the job names an environment', 2, 'subject-entity-type'],
  ['another case', 3, 'subject-case'],
  ['a trailing slash', 4, 'issuer-trailing-slash'],
  ['another audience', 5, 'audience'],
  ['no credential', 6, 'no-credential-configured'],
  ['no service principal', 7, 'no-service-principal'],
  ['a disabled service principal', 8, 'app-disabled'],
  ['an expression that does not match', 10, 'flexible-expression'],
  ['a Conditional Access policy', 11, 'conditional-access'],
];

for (const [what, serial, cause] of BROKEN) {
  scenario(`finds the cause in the directory: ${what}`, async (scene) => {
    const { step, report } = await validation(scene, {
      'client-id': application(serial),
      'fail-on': 'never',
    });

    expect(report, step.stdout).toMatchObject({ result: 'fail', cause });
    expect(step.code, 'fail-on: never').toBe(0);
    expect(step.outputs['cause']).toBe(cause);
    expect(step.summary).toContain(cause);
  });
}

for (const [what, letter] of [
  ['application', 'b'],
  ['service principal', 'c'],
] as const) {
  scenario(
    `knows the object id of ${what === 'application' ? 'an' : 'a'} ${what} that is given as client id`,
    async (scene) => {
      const { report } = await validation(scene, { 'client-id': guid(letter, 1) });
      expect(report).toMatchObject({ result: 'fail', cause: 'client-id-wrong-kind', confidence: 'certain' });
    },
  );
}

scenario('does not take an id that nothing has for an object id', async (scene) => {
  const { report } = await validation(scene, { 'client-id': application(999) });
  expect(report).toMatchObject({ result: 'fail', cause: 'client-id-unknown' });
});

scenario('fails for a trust that does not match, whatever fail-on says otherwise', async (scene) => {
  const { step } = await validation(scene, { 'client-id': application(2), 'fail-on': 'critical' });
  expect(step.code).toBe(1);
  expect(step.error()).toContain('subject-entity-type');
});

scenario('names both forms where immutability is the point', async (scene) => {
  for (const credential of applicationOf(scene.emulator).federatedIdentityCredentials)
    credential.subject = 'repo:octo-org@65432/octo-repo@74321:environment:production';
  const { report, step } = await validation(scene);
  expect(report).toMatchObject({ result: 'fail', cause: 'subject-immutable-format', confidence: 'certain' });
  expect(step.summary).toContain(
    'repo:octo-org@65432/octo-repo@74321:environment:production'.replaceAll('@', '&#64;'),
  );
});
