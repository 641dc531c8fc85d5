import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isOwnEndpoint } from '../endpoint/own.ts';
import type { IdentitySelector } from '../inputs/identity-source.ts';
import type { Effects, Environment } from '../io/effects.ts';
import { askMetadata, isMetadataUrl } from '../io/metadata.ts';
import { readTokenFile } from '../io/token-file.ts';
import type { Patience } from '../retry/policy.ts';
import { awsRegion, awsSource } from '../sources/aws.ts';
import { fileSource } from '../sources/file.ts';
import { googleSource, metadataServer } from '../sources/google.ts';
import { imdsAddress, machineKind, notOfThisMachine } from '../sources/machine.ts';
import { type MachineTokens, machineTokens, managedIdentitySource } from '../sources/managed-identity.ts';
import type { AssertionSource } from '../sources/source.ts';
import type { OtherSource } from './handover.ts';

/** What every source works with. */
export interface SourceTools {
  readonly env: Environment;
  readonly patience: Patience;
  readonly fx: Effects;
  readonly signal: AbortSignal;
}

/** Opens a source other than GitHub. The libraries of AWS and Azure are loaded where one of them is asked for. */
export async function openIdentitySource(source: OtherSource, tools: SourceTools): Promise<AssertionSource> {
  const { env, patience, fx, signal } = tools;
  switch (source.kind) {
    case 'file': {
      const read = (path: string) => readTokenFile(path, process.platform === 'win32');
      return fileSource(source.path, { read, mask: fx.mask, warn: fx.warn, now: () => fx.clock.wall() });
    }
    case 'google': {
      const server = metadataServer(env, isMetadataUrl);
      return googleSource(server, patience, { ...fx, send: askMetadata }, signal);
    }
    case 'aws': {
      const region = awsRegion(env);
      const { getWebIdentityToken } = await import('../io/aws.ts');
      return awsSource(region, getWebIdentityToken, patience, fx, signal);
    }
    case 'managed-identity':
      return managedIdentitySource(await openMachine(source.id, tools));
  }
}

/** Tokens of the machine's own managed identity, whatever stands in the environment beside it. */
export async function openMachine(
  id: IdentitySelector | null,
  { env, patience, fx, signal }: SourceTools,
): Promise<MachineTokens> {
  const others = notOfThisMachine(env, isOwnEndpoint);
  // The library reads the environment of the process itself.
  for (const name of others) delete process.env[name];
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !others.includes(name)));
  const { machineIdentity } = await import('../io/managed-identity.ts');
  const kind = machineKind(own, existsSync(arcAgent(own)));
  const host = hostOf(own['IDENTITY_ENDPOINT'] || own['MSI_ENDPOINT']) ?? imdsAddress(own).host;
  const named = id === null ? null : `${id.by}=${id.value}`;
  return machineTokens({ kind, named, host }, machineIdentity(optionsOf(id)), patience, fx, signal);
}

function optionsOf(id: IdentitySelector | null) {
  if (id === null) return {};
  const { by, value } = id;
  return by === 'client-id'
    ? { clientId: value }
    : by === 'object-id'
      ? { objectId: value }
      : { resourceId: value };
}

// Where the agent is installed, its absence from the environment says nothing: services are started without it.
function arcAgent({ ProgramFiles: programs = '' }: Environment): string {
  return process.platform === 'win32'
    ? join(programs, 'AzureConnectedMachineAgent', 'himds.exe')
    : '/opt/azcmagent/bin/himds';
}

function hostOf(endpoint: string | undefined): string | null {
  return endpoint && URL.canParse(endpoint) ? new URL(endpoint).host : null;
}
