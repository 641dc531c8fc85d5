import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type AzScene, azScenario } from './az-session.ts';

/** The profile before and after a command whose telemetry is on, as it is by default. */
async function profiles({ az, job }: AzScene, directory: string): Promise<[string, string]> {
  const read = () => readFileSync(join(directory, 'azureProfile.json'), 'utf8');
  const before = read();
  job.exported['AZURE_CORE_COLLECT_TELEMETRY'] = '1';
  // Where the record of the command cannot be kept no process is started that would send it.
  writeFileSync(join(directory, 'telemetry'), '');
  await az('account', 'show');
  return [before, read()];
}

for (const [form, inputs] of [
  ['as a service principal', {}],
  ['by the endpoint', { 'keep-alive': 'true' }],
] as const)
  azScenario(`${form}: a command with telemetry does not write the profile anew`, async (scene) => {
    const { outputs } = await scene.signIn({ inputs });
    const [before, after] = await profiles(scene, outputs['azure-config-dir'] ?? '');
    expect(before).toContain('"installationId"');
    expect(after).toBe(before);
  });

azScenario('goes by the name in telemetry that the user’s own az has', async (scene) => {
  const own = join(scene.job.home, '.azure');
  const name = '0f0e0d0c-0b0a-11ef-8908-070605040302';
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'azureProfile.json'), `\uFEFF{"installationId": "${name}", "subscriptions": []}`);
  const { outputs } = await scene.signIn();
  const [before, after] = await profiles(scene, outputs['azure-config-dir'] ?? '');
  expect(JSON.parse(after.slice(1))).toMatchObject({ installationId: name });
  expect(after).toBe(before);
});
