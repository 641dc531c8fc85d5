import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../src/emulator/api.ts';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { Job, type StepOptions, type StepResult } from '../../src/emulator/runner/job.ts';
import { TRUSTS_KUBERNETES } from '../../src/emulator/seed-workloads.ts';
import type { Seed } from '../../src/emulator/state.ts';
import type { WorkloadName } from '../../src/emulator/workloads/environment.ts';
import type { ServiceAccountRequest } from '../../src/emulator/workloads/kubernetes.ts';
import { findLeaks } from './leaks.ts';

const DIST = join(import.meta.dirname, '../../dist');

/** What a scenario works with. */
export interface Scene {
  readonly emulator: Emulator;
  readonly job: Job;
  /** Runs the main step; client and tenant are those of the seeded identity whose trust works, unless given. */
  readonly signIn: (options?: StepOptions) => Promise<StepResult>;
  /** A file with a token of a Kubernetes service account, as the kubelet projects it into the job's pod. */
  readonly projected: (request?: Partial<ServiceAccountRequest>) => Promise<string>;
  /** Every request so far as `METHOD host → status`, the requests for ID tokens and for access tokens alike. */
  readonly traffic: () => string[];
}

export interface ScenarioOptions {
  readonly seed?: Partial<Seed>;
  /** Where the job runs: the machine's own services are found as there. By default it is none that has any. */
  readonly on?: WorkloadName | 'kubernetes';
  /** Variables in which the scenario asked for a token. */
  readonly exported?: readonly string[];
  /** Hosts that the product may have tried in vain: by default it asks for none beside GitHub's and Entra's. */
  readonly refused?: readonly string[];
  /** Hosts that a program that it started may have tried in vain. */
  readonly mayRefuse?: RegExp;
  /** Where az is: a directory to be PATH. By default there is none, whatever this machine has. */
  readonly path?: string;
  readonly timeoutMs?: number;
}

/**
 * One sentence about the product, proven on the real bundle behind the proxy with production host names. Afterwards:
 * no token outside of its places, and no request to a host that is neither GitHub's nor Entra's.
 */
export function scenario(
  sentence: string,
  body: (scene: Scene) => Promise<void>,
  options: ScenarioOptions = {},
): void {
  test(sentence, { timeout: options.timeoutMs ?? 30_000 }, async () => {
    const emulator = await createEmulator(options.seed ? { seed: options.seed } : {});
    onTestFinished(() => emulator.close());
    const { AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_SUBSCRIPTION_ID, ...common } = emulator.env;
    const { on } = options;
    const machine = on && on !== 'kubernetes' ? emulator.workloadEnv(on) : {};
    const connection = { ...common, ...machine };
    const job = new Job({ node: process.execPath, dist: DIST, path: options.path ?? '/nowhere', connection });
    onTestFinished(() => job.dispose());
    const projected: Scene['projected'] = async (request = {}) => {
      const path = join(job.root, 'service-account-token');
      await writeFile(path, await emulator.serviceAccountToken(request), { mode: 0o600 });
      return path;
    };
    if (on === 'kubernetes') Object.assign(job.exported, podVariables(emulator, await projected()));
    const identity = { 'client-id': AZURE_CLIENT_ID ?? '', 'tenant-id': AZURE_TENANT_ID ?? '' };
    await body({
      emulator,
      job,
      signIn: (step = {}) => job.run('main', { ...step, inputs: { ...identity, ...step.inputs } }),
      projected,
      traffic: () => emulator.requests().map(({ method, host, status }) => `${method} ${host} → ${status}`),
    });
    expect(
      findLeaks(job, emulator.issued(), options.exported ?? []),
      'tokens outside of their places',
    ).toEqual([]);
    const refusals = emulator.refusals().filter((host) => !options.mayRefuse?.test(host));
    expect(refusals, 'hosts asked for that are neither GitHub nor Entra').toEqual(options.refused ?? []);
  });
}

// What the webhook of Azure Workload Identity sets in a pod of its clusters.
function podVariables({ state }: Emulator, tokenFile: string): Record<string, string> {
  const tenant = state.tenants.find(({ applications }) =>
    applications.some(({ displayName }) => displayName === TRUSTS_KUBERNETES),
  );
  const { appId = '' } =
    tenant?.applications.find(({ displayName }) => displayName === TRUSTS_KUBERNETES) ?? {};
  return {
    AZURE_CLIENT_ID: appId,
    AZURE_TENANT_ID: tenant?.id ?? '',
    AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
    AZURE_FEDERATED_TOKEN_FILE: tokenFile,
  };
}

export const ID_TOKEN = 'GET run-actions-1-azure-eastus.actions.githubusercontent.com → 200';
export const ACCESS_TOKEN = 'POST login.microsoftonline.com → 200';
