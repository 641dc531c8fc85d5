import { expect } from 'vitest';
import { applicationOf } from '../harness/application.ts';
import { type Scene, scenario } from '../harness/scenario.ts';
import { type Validation, validation } from '../harness/validation.ts';

/** Credentials of the seeded application for these subjects, beside its own. */
function trusting(scene: Scene, subjects: readonly string[]): void {
  const { federatedIdentityCredentials: all } = applicationOf(scene.emulator);
  const [first] = all;
  if (first) all.push(...subjects.map((subject, at) => ({ ...first, name: `n${at}`, subject })));
}

function found({ report }: Validation, code: string): unknown[] {
  return report.findings
    .filter((finding) => finding.code === code)
    .map(({ severity, ...rest }) => [severity, 'credential' in rest ? rest.credential : null]);
}

function undecided({ report }: Validation, code: string): string[] {
  const all = report['undecided'] as { code: string; missing: string }[];
  return all.filter((each) => each.code === code).map(({ missing }) => missing);
}

const UNPROTECTED = 'environment-unprotected';

scenario('judges every environment that a credential names, not that of the run alone', async (scene) => {
  trusting(scene, ['repo:octo-org/octo-repo:environment:staging']);
  expect(found(await validation(scene), UNPROTECTED)).toEqual([['high', 'n0']]);
});

scenario('says of each environment why it was not read', async (scene) => {
  trusting(scene, ['repo:octocat/hello-world:environment:live']);
  const seen = await validation(scene);
  expect([found(seen, UNPROTECTED), undecided(seen, UNPROTECTED)]).toEqual([
    [],
    [
      `protection of the environment 'live' of octocat/hello-world (there is none, or the token needs the repository permission "Actions: read")`,
    ],
  ]);
  const blind = await validation(scene, { 'github-token': '' });
  expect(undecided(blind, UNPROTECTED)).toEqual([
    "protection of the environment 'production' of octo-org/octo-repo (`github-token`)",
    "protection of the environment 'live' of octocat/hello-world (`github-token`)",
  ]);
});

scenario('reads a bounded number of environments, and says so', async (scene) => {
  const names = Array.from({ length: 19 }, (_, at) => `repo:octo-org/octo-repo:environment:e${at}`);
  trusting(scene, names);
  const { federatedIdentityCredentials: all } = applicationOf(scene.emulator);
  const [first] = all;
  // More than Entra allows, as a hostile or faulty directory may answer.
  if (first) all.push({ ...first, name: 'last', subject: 'repo:octo-org/octo-repo:environment:last' });
  const seen = await validation(scene);
  expect(undecided(seen, UNPROTECTED)).toContain(
    "protection of the environment 'last' of octo-org/octo-repo (only 20 environments are read)",
  );
  const asked = scene.emulator.requests().filter(({ path }) => path.includes('/environments/'));
  expect(asked).toHaveLength(20);
});

const NAMES = 'name-only-subject';

scenario('an owner that no longer exists is critical: anyone may register the name', async (scene) => {
  trusting(scene, ['repo:octo-gone/app:environment:production', 'repo:managed_octo/app:pull_request']);
  const seen = await validation(scene);
  expect(found(seen, NAMES)).toEqual([
    ['critical', 'n0'],
    ['medium', 'production'],
    ['medium', 'n1'],
  ]);
  // Managed accounts are hidden from tokens of others.
  expect(undecided(seen, NAMES)).toEqual([
    expect.stringMatching(/^whether owner 'managed_octo' still exists/),
  ]);
});

scenario('a repository that the token does not see may still exist', async (scene) => {
  trusting(scene, ['repo:octocat/hidden:environment:production']);
  expect(undecided(await validation(scene), NAMES)).toEqual([
    `whether repository 'octocat/hidden' still exists (a GitHub token that sees it: repository permission "Metadata: read")`,
  ]);
  const blind = await validation(scene, { 'github-token': '' });
  expect(found(blind, NAMES)).toEqual([
    ['medium', 'production'],
    ['medium', 'n0'],
  ]);
  expect(undecided(blind, NAMES)).toHaveLength(2);
});
