import type { LoginInputs } from '../inputs/inputs.ts';
import type { TokenRequest } from '../inputs/tokens.ts';
import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/files.ts';
import type { Runner } from '../io/runner.ts';
import type { Prepared } from '../login/export.ts';
import type { LoginTools, SignedIn } from '../login/login.ts';
import { Failure } from '../report/failure.ts';
import { deadline, NOTHING_SPENT } from '../retry/policy.ts';
import { loopbackRoundProxy } from '../sessions/no-proxy.ts';
import { reachOfEndpoint } from '../sessions/reach.ts';
import type { Serving } from './keep-alive.ts';

interface Surroundings {
  readonly env: Environment;
  readonly directory: PrivateDirectory;
  readonly runner: Runner;
}

/** What sessions need beside the sign-in: known before it begins, made once it has come to something. */
export interface SessionsToBe {
  /** A token that they need. */
  readonly needs: TokenRequest | null;
  finish(
    signedIn: SignedIn,
    tools: LoginTools,
  ): Promise<{ readonly prepared: Prepared; readonly go: () => Promise<void> }>;
}

/**
 * Looks for az, and starts the process for `keep-alive` while the sign-in is on its way. What only these need is loaded
 * only for them.
 */
export async function prepareSessions(inputs: LoginInputs, around: Surroundings): Promise<SessionsToBe> {
  const az = await azPart(inputs, around);
  const endpoint = await endpointPart(inputs, around);
  return {
    needs: az?.needs ?? null,
    async finish(signedIn, tools) {
      const whenServing =
        endpoint?.serve(signedIn, { legacy: az?.isOld ?? false, timeoutMs: timeLeft(tools) }) ?? null;
      const whenAz = az?.prepare(signedIn, whenServing, tools) ?? NO_AZ;
      const [serving, forAz] = await Promise.all([whenServing, whenAz]);
      const forEndpoint = serving
        ? servedBy(serving, endpoint?.replacesOurs ?? false, around.env)
        : NO_ENDPOINT;
      return { prepared: { ...forAz, ...forEndpoint }, go: async () => serving?.go() };
    },
  };
}

function timeLeft({ patience, fx }: LoginTools): number {
  return deadline(patience, NOTHING_SPENT) - fx.clock.now();
}

type ForAz = Pick<Prepared, 'az' | 'azMayGo' | 'warnings'>;
const NO_AZ: ForAz = { az: null, azMayGo: false, warnings: [] };
const NO_ENDPOINT = { serving: null, noProxy: {}, notes: [] };

async function azPart(inputs: LoginInputs, around: Surroundings) {
  const { clients, chosen } = inputs.sessions;
  if (!clients.includes('az')) return null;
  const { azMissing, azOnMachine, isSameAccount, prepareAz } = await import('./az.ts');
  const az = azOnMachine(around.env, inputs, around.directory);
  if (az === null && chosen) throw azMissing();
  if (az === null) return null;
  return {
    needs: az.needs,
    isOld: az.form === 'msi-endpoint',
    async prepare(
      signedIn: SignedIn,
      whenServing: Promise<Serving> | null,
      tools: LoginTools,
    ): Promise<ForAz> {
      try {
        const { session, warnings } = await prepareAz(az, signedIn, inputs, whenServing, around, tools);
        return { az: session, azMayGo: isSameAccount(az, inputs, signedIn.tenantId), warnings };
      } catch (error) {
        if (chosen) throw error;
        return { ...NO_AZ, warnings: [whyLeftOut(error)] };
      }
    },
  };
}

// Nobody named az: that its session cannot be made is no reason to refuse the others theirs. A subscription was named.
function whyLeftOut(error: unknown): string {
  if (!(error instanceof Failure) || error.diagnosis.code === 'subscription-not-visible') throw error;
  return `The session for az was not set up: ${error.message}`;
}

const NEED_ENDPOINT = ['az', 'sdk', 'azcopy', 'powershell'];

async function endpointPart(inputs: LoginInputs, { env, directory, runner }: Surroundings) {
  const { keepAlive, sessions } = inputs;
  if (keepAlive === null) return null;
  const { looksAtEarlier, startEndpoint } = await import('./keep-alive.ts');
  const takesPlace = sessions.clients.some((client) => NEED_ENDPOINT.includes(client));
  const earlier = takesPlace ? await looksAtEarlier(env, keepAlive) : 'none';
  const starting = startEndpoint(env, directory);
  return {
    replacesOurs: earlier === 'ours',
    serve: (signedIn: SignedIn, options: { readonly legacy: boolean; readonly timeoutMs: number }) =>
      starting.serve(signedIn, inputs, options, runner),
  };
}

function servedBy({ endpoint }: Serving, replacesOurs: boolean, env: Environment) {
  return {
    serving: { endpoint, replacesOurs },
    noProxy: loopbackRoundProxy(env),
    notes: [reachOfEndpoint(env)],
  };
}
