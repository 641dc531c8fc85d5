import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { application } from '../harness/validation.ts';
import { writeExtension } from './az-extension.ts';
import { azScenario } from './az-session.ts';

/** A cloud, an extension and bicep, as az would register and install them where it has none. */
function install(directory: string): void {
  appendFileSync(
    join(directory, 'clouds.config'),
    '[OctoCloud]\nendpoint_resource_manager = https://octo.example\n',
  );
  writeExtension(directory);
  mkdirSync(join(directory, 'bin'));
  writeFileSync(join(directory, 'bin', 'bicep'), '#!/bin/sh\necho bicep of the job\n', { mode: 0o755 });
}

const directoryOf = (step: { readonly outputs: Readonly<Record<string, string>> }) =>
  step.outputs['azure-config-dir'] ?? '';

azScenario('config, clouds, extensions and bicep of a job outlast another sign-in', async (scene) => {
  const { az, job, signIn, start } = scene;
  const first = await signIn({ inputs: { sessions: 'az' } });
  await az('config', 'set', 'defaults.group=octo-network');
  install(directoryOf(first));
  const second = await signIn({ inputs: { sessions: 'az' } });
  const third = await signIn({ inputs: { sessions: 'az', 'client-id': application(16) } });

  expect([second.warnings, third.warnings]).toEqual([[], []]);
  expect(await az('account', 'show', '--query', 'user.name')).toBe(application(16));
  expect(await az('greet')).toBe('good morning');
  expect(await az('config', 'get', 'defaults.group', '--query', 'value')).toBe('octo-network');
  expect(await az('cloud', 'show', '--name', 'OctoCloud', '--query', 'name')).toBe('OctoCloud');
  expect(readFileSync(join(directoryOf(third), 'bin', 'bicep'), 'utf8')).toContain('bicep of the job');
  const { stdout } = await start('account', 'list', '--all', '--output', 'json');
  expect(stdout).not.toContain(application(1));
  await job.post(third);
  job.exported['AZURE_CONFIG_DIR'] = directoryOf(second);
  expect(await az('group', 'show', '--query', 'name')).toBe('octo-network');
  expect(await az('greet')).toBe('good morning');
  await job.post(second);
  await job.post(first);
});
