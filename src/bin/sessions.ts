import type { LoginInputs } from '../inputs/inputs.ts';
import type { TokenRequest } from '../inputs/tokens.ts';
import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/files.ts';
import type { Runner } from '../io/runner.ts';
import type { Prepared } from '../login/export.ts';
import type { LoginTools, SignedIn } from '../login/login.ts';
import { Failure } from '../report/failure.ts';
import { loopbackRoundProxy } from '../sessions/no-proxy.ts';

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
  ): Promise<{ readonly prepared: Prepared; readonly go: () => void }>;
}

const NEED_ENDPOINT = ['az', 'sdk', 'azcopy', 'powershell'];

/**
 * Looks for az, and starts the process for `keep-alive` while the sign-in is on its way. What only these need is loaded
 * only for them.
 */
export async function prepareSessions(inputs: LoginInputs, around: Surroundings): Promise<SessionsToBe> {
  const { env, directory, runner } = around;
  const { sessions, keepAlive } = inputs;
  const azModule = sessions.clients.includes('az') ? await import('./az.ts') : null;
  const az = azModule?.azOnMachine(env, inputs, directory) ?? null;
  if (azModule && !az && sessions.chosen) throw azModule.azMissing();
  const keeper = keepAlive ? await import('./keep-alive.ts') : null;
  const takesPlace = sessions.clients.some((client) => NEED_ENDPOINT.includes(client));
  const earlier = keeper && keepAlive && takesPlace ? await keeper.looksAtEarlier(env, keepAlive) : 'none';
  const starting = keeper?.startEndpoint(env, directory) ?? null;
  return {
    needs: az?.needs ?? null,
    async finish(signedIn, tools) {
      const whenServing = starting?.serve(signedIn, inputs, az?.form === 'msi-endpoint', runner) ?? null;
      const whenAz =
        az && azModule ? azModule.prepareAz(az, signedIn, inputs, whenServing, around, tools) : null;
      const [serving, azSession] = await Promise.all([
        whenServing,
        sessions.chosen ? whenAz : whenAz?.catch(leftOut),
      ]);
      const prepared: Prepared = {
        az: azSession?.session ?? null,
        azMayGo: azModule && az ? azModule.isSameAccount(az, inputs, signedIn.tenantId) : false,
        serving: serving ? { endpoint: serving.endpoint, replacesOurs: earlier === 'ours' } : null,
        noProxy: serving ? loopbackRoundProxy(env) : {},
        warnings: azSession?.warnings ?? [],
      };
      return { prepared, go: () => serving?.go() };
    },
  };
}

// Nobody named az: that its session cannot be made is no reason to refuse the others theirs. A subscription was named.
function leftOut(error: unknown): { session: null; warnings: string[] } {
  if (!(error instanceof Failure) || error.diagnosis.code === 'subscription-not-visible') throw error;
  return { session: null, warnings: [`The session for az was not set up: ${error.message}`] };
}
