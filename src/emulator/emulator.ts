import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from './api.ts';
import { createControl } from './control.ts';
import { entraKey } from './entra/access-token.ts';
import { connectionEnvironment, identityEnvironment } from './environment.ts';
import { createFaultQueue, type FaultQueue } from './faults.ts';
import { createGateway } from './gateway.ts';
import { deploymentOf, requestEnvironment } from './github/deployment.ts';
import { githubKey } from './github/discovery.ts';
import { createIssued, type Issued } from './issued.ts';
import { createJournal, type Journal } from './journal.ts';
import { createProxy } from './proxy.ts';
import { createRouter, notFound, type Router } from './services.ts';
import { createState, type Seed, type State } from './state.ts';
import { workloadEnvironment } from './workloads/environment.ts';
import { serviceAccountToken } from './workloads/kubernetes.ts';
import { localServices } from './workloads/local-services.ts';
import { createLoopback } from './workloads/loopback.ts';

export interface EmulatorOptions {
  seed?: Partial<Seed>;
  /** Port of the control server; any free one unless said. */
  port?: number;
}

async function writeCa(pem: string): Promise<{ path: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'entra-federate-emulator-'));
  const path = join(directory, 'ca.pem');
  await writeFile(path, pem, { mode: 0o600 });
  return { path, remove: () => rm(directory, { recursive: true, force: true }) };
}

type Core = Omit<Emulator, 'env' | 'workloadEnv' | 'control' | 'close'>;

/** All that needs no socket. */
function createCore(
  seed: Partial<Seed>,
  state: State,
  router: Router,
  faults: FaultQueue,
  journal: Journal,
  issued: Issued,
): Core {
  const queueSeeded = (): void => {
    for (const fault of seed.faults ?? []) faults.add(fault);
  };
  queueSeeded();
  return {
    state,
    requestEnv: () => requestEnvironment(state.run),
    async handle(request) {
      const service = router.find(request.url);
      const entry = await journal.record(service?.name ?? null, request);
      const response = service ? await service.handle(request) : notFound();
      entry.status = response.status;
      return response;
    },
    async serviceAccountToken(request = {}) {
      const token = await serviceAccountToken(request, state);
      issued.add(token);
      return token;
    },
    requests: journal.requests,
    issued: issued.all,
    refusals: journal.refusals,
    fault: faults.add,
    clearFaults: faults.clear,
    rotateGitHubKeys: () => void state.githubKeyGeneration++,
    forgetIssuerKeys: router.issuerKeys.forget,
    reset() {
      // The request token stays: a job's environment was already given it.
      const { requestToken } = state.run;
      const fresh = createState(seed);
      Object.assign(state, fresh, { run: { ...fresh.run, requestToken } });
      faults.clear();
      journal.clear();
      router.issuerKeys.forget();
      queueSeeded();
    },
  };
}

/**
 * Starts an emulator: a CONNECT proxy that plays the production hosts over TLS, and a control server, both on
 * loopback. It never connects to anything. Throws when the control port is taken or the seed is not usable.
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { seed = {}, port = 0 } = options;
  const state = createState(seed);
  const faults = createFaultQueue();
  const journal = createJournal();
  const issued = createIssued();
  const router = createRouter(state, faults, issued);
  const core = createCore(seed, state, router, faults, journal, issued);
  // RSA keys take longest: begun now, awaited by whoever needs them first.
  void Promise.all([entraKey(), githubKey(deploymentOf(state.run), state)]);

  const gateway = await createGateway(router, faults, journal);
  const proxy = await createProxy(router, gateway, faults, journal);
  const secrets = { identityHeader: randomBytes(16).toString('hex').toUpperCase() };
  const local = await createLoopback(localServices(state, secrets).map(issued.remembering), faults, journal);
  const ca = await writeCa(gateway.caPem);
  const env = {
    ...connectionEnvironment(proxy.url, ca.path),
    ...core.requestEnv(),
    ...identityEnvironment(state),
  };
  const workloadEnv: Emulator['workloadEnv'] = (name) => {
    const env = workloadEnvironment(name, local, secrets, state.workloads.aws);
    if (env['AWS_SECRET_ACCESS_KEY']) issued.add(env['AWS_SECRET_ACCESS_KEY']);
    return env;
  };
  const close = async (): Promise<void> => {
    gateway.close();
    await Promise.all([proxy.close(), local.close(), ca.remove()]);
  };
  try {
    const control = await createControl({ env, workloadEnv, ...core }, port);
    return {
      env,
      workloadEnv,
      ...core,
      control: control.url,
      close: async () => void (await Promise.all([close(), control.close()])),
    };
  } catch (error) {
    await close();
    throw error;
  }
}
