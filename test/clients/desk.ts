import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Emulator } from '../../src/emulator/api.ts';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { runProcess } from '../../src/emulator/runner/process.ts';
import type { Seed } from '../../src/emulator/state.ts';
import { application, idToken } from '../emulator/client.ts';
import type { Outcome } from './programs/outcome.ts';

/** Where a client of Azure works without our action: an emulator, a private directory, an ID token in a file. */
export interface Desk {
  readonly emulator: Emulator;
  readonly directory: string;
  /** All that a process is given: nothing of this machine's environment but PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** File with an ID token that is a few minutes good. */
  readonly tokenFile: string;
}

/** A desk for one test, cleared away after it. */
export async function openDesk(seed: Partial<Seed> = {}): Promise<Desk> {
  const emulator = await createEmulator({ seed });
  onTestFinished(() => emulator.close());
  const directory = await mkdtemp(join(tmpdir(), 'entra-federate-desk-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const tokenFile = join(directory, 'id-token');
  await writeFile(tokenFile, await idToken(emulator), { mode: 0o600 });
  const env = { ...emulator.env, PATH: process.env['PATH'] ?? '', HOME: directory };
  return { emulator, directory, env, tokenFile };
}

/** Runs a file of `programs` as one application of the seed, through DefaultAzureCredential's own variables. */
export async function runAs(
  desk: Desk,
  name: string,
  program: string,
  env: Record<string, string>,
): Promise<Outcome> {
  const path = join(import.meta.dirname, 'programs', `${program}.ts`);
  const exit = await runProcess(process.execPath, [path], {
    ...desk.env,
    AZURE_CLIENT_ID: application(desk.emulator, name).appId,
    AZURE_FEDERATED_TOKEN_FILE: desk.tokenFile,
    ...env,
  });
  if (exit.code !== 0) throw new Error(`${program} ended with ${exit.code}:\n${exit.stderr}`);
  return JSON.parse(exit.stdout.trimEnd().split('\n').at(-1) ?? '');
}
