import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { type Scene, scenario } from '../harness/scenario.ts';

const FILE = { inputs: { sessions: 'sdk' } };

/** Below a directory: the modes of all files and directories. */
function modesIn(directory: string): number[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).map(
    (name) => statSync(join(directory, name)).mode & 0o777,
  );
}

/** NODE_OPTIONS with a module of somebody's that runs before the action. */
function planted({ job }: Pick<Scene, 'job'>, code: string): Record<string, string> {
  const path = join(job.root, 'planted.mjs');
  writeFileSync(path, code);
  return { NODE_OPTIONS: `--import=${pathToFileURL(path)}` };
}

for (const umask of ['0o000', '0o777', '0o277']) {
  scenario(`writes its files for this user alone under the umask ${umask}`, async (scene) => {
    const step = await scene.signIn({ ...FILE, env: planted(scene, `process.umask(${umask});`) });
    expect(step.code, step.stdout).toBe(0);
    const modes = modesIn(scene.job.temp);
    expect(modes.length).toBeGreaterThan(1);
    expect(modes.filter((mode) => mode !== 0o600 && mode !== 0o700)).toEqual([]);
    expect((await scene.job.post(step)).code).toBe(0);
    expect(readdirSync(scene.job.temp)).toEqual([]);
  });
}

scenario('works where RUNNER_TEMP is a link, and removes what is behind it', async ({ job, signIn }) => {
  const real = join(job.root, 'real');
  renameSync(job.temp, real);
  symlinkSync(real, job.temp);
  const step = await signIn(FILE);
  expect(step.code, step.stdout).toBe(0);
  expect(modesIn(real).length).toBeGreaterThan(1);
  expect((await job.post(step)).log).toEqual(['Removed the files of this sign-in.']);
  expect(readdirSync(real)).toEqual([]);
});

scenario('does not follow what stands in the place of its directory', async (scene) => {
  const { job, signIn } = scene;
  const theirs = join(job.root, 'theirs');
  mkdirSync(theirs, { mode: 0o777 });
  chmodSync(theirs, 0o777);
  // Somebody who guesses the random name: every attempt to make the directory finds a link there.
  const code = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
    const mkdir = fs.mkdirSync;
    fs.mkdirSync = (path, options) => {
      if (/entra-federate-[0-9a-f-]{36}$/.test(path) && !fs.existsSync(path)) fs.symlinkSync(${JSON.stringify(theirs)}, path);
      return mkdir(path, options);
    };
    syncBuiltinESMExports();`;
  const step = await signIn({ ...FILE, env: planted(scene, code) });
  expect(step.code).toBe(1);
  expect(step.error()).toMatch(/^export-failed: .*\(EEXIST\); nothing was exported\.$/m);
  expect(readdirSync(theirs)).toEqual([]);
  expect(step.outputs).toEqual({});
});

/** A machine with an az whose version its packages tell; gives its PATH. */
function machineWithAz({ job }: Pick<Scene, 'job'>): string {
  const machine = join(job.root, 'machine');
  mkdirSync(join(machine, 'lib/python3.12/site-packages/azure_cli-2.91.0.dist-info'), { recursive: true });
  mkdirSync(join(machine, 'bin'));
  writeFileSync(join(machine, 'bin', 'az'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  return join(machine, 'bin');
}

scenario('signs in without a HOME, and takes no config of az from where it happens to run', async (scene) => {
  const here = join(scene.job.root, 'here');
  mkdirSync(join(here, '.azure'), { recursive: true });
  writeFileSync(join(here, '.azure', 'config'), '[defaults]\ngroup = theirs\n');
  const around = { ...planted(scene, `process.chdir(${JSON.stringify(here)});`), PATH: machineWithAz(scene) };
  for (const HOME of [undefined, '', '.', '/nowhere']) {
    const step = await scene.signIn({ env: { ...around, HOME }, inputs: { sessions: 'az' } });
    expect(step.code, step.stdout).toBe(0);
    expect(scene.emulator.issued()).toContain(step.outputs['access-token']);
    const config = join(step.outputs['azure-config-dir'] ?? '', 'config');
    expect(readFileSync(config, 'utf8')).toBe('[cloud]\nname = AzureCloud\n');
  }
});

scenario(
  'a planted authority of certificates alone changes nothing',
  async ({ job, emulator, signIn, traffic }) => {
    const both = join(job.root, 'both.pem');
    const key = join(job.root, 'evil.key');
    const evil = join(job.root, 'evil.pem');
    const subject = ['-subj', '/CN=Evil CA', '-days', '1', '-nodes'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', ...subject, '-keyout', key, '-out', evil],
      {
        stdio: 'ignore',
      },
    );
    const own = readFileSync(emulator.env['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8');
    writeFileSync(both, `${readFileSync(evil, 'utf8')}\n${own}`);
    const without = await signIn(FILE);
    const asked = traffic();
    const step = await signIn({ ...FILE, env: { NODE_EXTRA_CA_CERTS: both } });
    expect(step.code, step.stdout).toBe(0);
    expect(traffic()).toEqual([...asked, ...asked]);
    const timeless = (log: readonly string[]) => log.map((line) => line.replace(/\d\d:\d\d:\d\d/g, 'then'));
    expect(timeless(step.log)).toEqual(timeless(without.log));
    expect([step.warnings, step.notices]).toEqual([without.warnings, without.notices]);
    expect(Object.keys(step.outputs)).toEqual(Object.keys(without.outputs));
  },
);

scenario('steps of one job that run at once keep out of each other’s way', async ({ job, signIn }) => {
  const [first, ...others] = await Promise.all([
    signIn(FILE),
    ...Array.from({ length: 5 }, () => signIn(FILE)),
  ]);
  const steps = [first, ...others];
  expect(steps.map(({ code }) => code)).toEqual(steps.map(() => 0));
  const directories = steps.map(({ state }) => state['directory'] ?? '');
  expect(new Set(directories).size).toBe(6);
  await job.post(first);
  expect(directories.map((path) => existsSync(path))).toEqual([false, true, true, true, true, true]);
});

scenario('what is planted in NODE_OPTIONS reaches no process that goes on', async (scene) => {
  const heard = join(scene.job.root, 'heard');
  const code = `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(heard)}, process.argv[1] + '\\n');`;
  const step = await scene.signIn({ inputs: { 'keep-alive': 'true' }, env: planted(scene, code) });
  expect(step.code, step.stdout).toBe(0);
  expect(readFileSync(heard, 'utf8')).toMatch(/^\S*main\.js\n$/);
  expect((await scene.job.post(step)).code).toBe(0);
});
