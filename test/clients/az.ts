import { join } from 'node:path';
import { test } from 'vitest';
import { runProcess } from '../../src/emulator/runner/process.ts';
import type { Seed } from '../../src/emulator/state.ts';
import { application } from '../emulator/client.ts';
import { leaveOut } from '../harness/left-out.ts';
import { DEBIAN_SHIM, installedAz } from './az-machines.ts';
import { type Desk, openDesk } from './desk.ts';

/** An az of its own for one test, signed in to the emulator as an application of the seed. */
export interface Az {
  readonly desk: Desk;
  /** Runs a command that must succeed, and gives the JSON that it prints. */
  run(...args: string[]): Promise<unknown>;
  /** Runs a script of bash in which az is signed in; it must succeed. */
  script(text: string): Promise<void>;
  /** Runs a command that must fail, and gives what it says. */
  fail(...args: string[]): Promise<string>;
}

async function openAz(program: string, client: string, seed: Partial<Seed>): Promise<Az> {
  const desk = await openDesk(seed);
  const env = {
    PATH: desk.env['PATH'],
    HOME: desk.directory,
    HTTPS_PROXY: desk.env['HTTPS_PROXY'],
    NO_PROXY: desk.env['NO_PROXY'],
    REQUESTS_CA_BUNDLE: desk.env['REQUESTS_CA_BUNDLE'],
    AZURE_CONFIG_DIR: join(desk.directory, 'azure'),
    AZURE_CORE_COLLECT_TELEMETRY: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    ...(DEBIAN_SHIM !== null && { PYTHONPATH: DEBIAN_SHIM }),
  };
  const start = (args: readonly string[]) => runProcess(program, [...args, '--output', 'json'], env);
  const az: Az = {
    desk,
    async run(...args) {
      const { code, stdout, stderr } = await start(args);
      if (code !== 0) throw new Error(`az ${args.join(' ')} ended with ${code}:\n${stderr}`);
      return stdout === '' ? null : JSON.parse(stdout);
    },
    async script(text) {
      const { code, stderr } = await runProcess('bash', ['-euo', 'pipefail', '-c', text], env);
      if (code !== 0) throw new Error(`the script ended with ${code}:\n${text}\n${stderr}`);
    },
    async fail(...args) {
      const { code, stdout, stderr } = await start(args);
      if (code === 0) throw new Error(`az ${args.join(' ')} succeeded:\n${stdout}`);
      return stderr;
    },
  };
  const identity = [
    '--username',
    application(desk.emulator, client).appId,
    '--tenant',
    desk.env['AZURE_TENANT_ID'] ?? '',
  ];
  await az.run('login', '--service-principal', ...identity, '--federated-token', `@${desk.tokenFile}`);
  return az;
}

/** One sentence that az proves, signed in as `client`; left out with its reason where there is no az. */
export function azTest(
  sentence: string,
  client: string,
  body: (az: Az) => Promise<void>,
  seed: Partial<Seed> = {},
): void {
  const found = installedAz();
  if ('reason' in found) leaveOut(sentence, found.reason);
  // A cold az takes many seconds for its first command.
  else test(sentence, { timeout: 120_000 }, async () => body(await openAz(found.program, client, seed)));
}
