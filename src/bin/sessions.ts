import { isOwnEndpoint } from '../endpoint/own.ts';
import type { SignInInputs } from '../inputs/inputs.ts';
import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/private-directory.ts';
import type { Runner } from '../io/runner.ts';
import type { Prepared } from '../login/export.ts';
import type { LoginTools, SignedIn } from '../login/login.ts';
import type { Needed } from '../login/tokens.ts';
import { Failure } from '../report/failure.ts';
import { briefly, deadline } from '../retry/policy.ts';
import { LOOPBACK, roundProxy } from '../sessions/no-proxy.ts';
import { reachOfEndpoint } from '../sessions/reach.ts';
import type { Endpoints } from './az.ts';

interface Surroundings {
  readonly env: Environment;
  readonly directory: PrivateDirectory;
  readonly runner: Runner;
}

/** What sessions need beside the sign-in: known before it begins, made once it has come to something. */
export interface SessionsToBe {
  /** A token that they need. */
  readonly needs: Needed | null;
  finish(signedIn: SignedIn, tools: LoginTools): Promise<FinishedSessions>;
}

/** Sessions that are made: what is handed on, and the endpoint, whose state is saved before that and which serves after it. */
export interface FinishedSessions {
  readonly prepared: Prepared;
  readonly save: () => void;
  readonly go: () => Promise<void>;
}

/**
 * Looks for az, and starts the process for `keep-alive` while the sign-in is on its way. What only these need is loaded
 * only for them.
 */
export async function prepareSessions(inputs: SignInInputs, around: Surroundings): Promise<SessionsToBe> {
  const az = await azPart(inputs, around);
  const earlier = await earlierPart(inputs, around);
  const keeper = await keeperPart(inputs, around);
  return {
    needs: az.needs,
    async finish(signedIn, tools) {
      const whenServing = keeper?.serve(signedIn, { legacy: az.isOld, timeoutMs: timeLeft(tools) }) ?? null;
      const { inTheWay } = earlier;
      const goesOn = earlier.goesOn && isSameIn(around.env, signedIn);
      const [serving, forAz] = await Promise.all([
        whenServing,
        az.prepare(signedIn, { whenServing, inTheWay }, tools),
      ]);
      const prepared: Prepared = {
        ...forAz,
        endpoint: serving?.endpoint ?? null,
        inTheWay,
        goesOn,
        noProxy: await noProxy(inputs, around.env),
        warnings: [...forAz.warnings, ...earlier.warnings],
        notes: [...(serving ? [reachOfEndpoint(around.env)] : []), ...(goesOn ? [GOES_ON] : [])],
      };
      return { prepared, save: () => serving?.save(), go: async () => serving?.go() };
    },
  };
}

const GOES_ON =
  'The endpoint of an earlier sign-in goes on serving this client: no token file is written beside it, which SDKs would prefer.';

/** Whether the SDKs are signed in as this client to this tenant already: the endpoint of a client may serve another tenant. */
function isSameIn(
  { AZURE_CLIENT_ID, AZURE_TENANT_ID }: Environment,
  { clientId, tenantId }: SignedIn,
): boolean {
  return AZURE_CLIENT_ID === clientId && AZURE_TENANT_ID === tenantId;
}

async function noProxy(inputs: SignInInputs, env: Environment): Promise<Record<string, string>> {
  if (inputs.mode === 'login') return inputs.keepAlive === null ? {} : roundProxy(env, [LOOPBACK]);
  const { machineRoundProxy } = await import('./direct-login.ts');
  return machineRoundProxy(env);
}

function timeLeft({ patience, fx }: LoginTools): number {
  return deadline(patience) - fx.clock.now();
}

type ForAz = Pick<Prepared, 'az' | 'azMayGo' | 'warnings'>;

interface AzPart {
  readonly needs: Needed | null;
  /** It knows MSI_ENDPOINT alone. */
  readonly isOld: boolean;
  prepare(signedIn: SignedIn, endpoints: Endpoints, tools: LoginTools): Promise<ForAz>;
}

/** No session for az, and what is to be said of that. */
function withoutAz(...warnings: string[]): AzPart {
  return { needs: null, isOld: false, prepare: async () => ({ az: null, azMayGo: false, warnings }) };
}

const LEFT_ALONE =
  'The session for az was not set up: this job has set AZURE_CONFIG_DIR to where another client is signed in. To replace that, name az in `sessions`.';

async function azPart(inputs: SignInInputs, around: Surroundings): Promise<AzPart> {
  const { clients, chosen } = inputs.sessions;
  if (!clients.includes('az')) return withoutAz();
  const { azMissing, azOnMachine, mayTakeOver, prepareAz } = await import('./az.ts');
  const az = azOnMachine(around.env, inputs);
  if (az === null && chosen) throw azMissing();
  if (az === null) return withoutAz();
  if (inputs.mode === 'direct-login') {
    const { azHidden } = await import('./direct-login.ts');
    const warning = azHidden(az.form, around.env, chosen);
    if (warning !== null) return withoutAz(warning);
  }
  const azMayGo = mayTakeOver(az, inputs.clientId);
  // Nothing is done for an az that is to be left alone.
  if (!azMayGo && !chosen) return withoutAz(LEFT_ALONE);
  return {
    needs: { request: az.needs, optional: !chosen },
    isOld: az.form === 'msi-endpoint',
    async prepare(signedIn, endpoints, tools) {
      try {
        const within = chosen || inputs.subscriptionId !== null ? tools : shortly(tools);
        const { session, warnings } = await prepareAz(az, signedIn, inputs, endpoints, around, within);
        return { az: session, azMayGo, warnings };
      } catch (error) {
        if (chosen) throw error;
        return { az: null, azMayGo, warnings: [whyLeftOut(error)] };
      }
    },
  };
}

// Nobody named az: a Resource Manager that does not answer holds nobody up for long.
function shortly(tools: LoginTools): LoginTools {
  return { ...tools, patience: briefly(tools.patience, tools.fx.clock.now()) };
}

// Nobody named az: that its session cannot be made is no reason to refuse the others theirs. A subscription was named.
function whyLeftOut(error: unknown): string {
  if (!(error instanceof Failure) || error.diagnosis.code === 'subscription-not-visible') throw error;
  return `The session for az was not set up: ${error.message}`;
}

/** What an earlier sign-in left for clients that ask a managed identity. Looked at only where there may be one. */
async function earlierPart(inputs: SignInInputs, { env, directory }: Surroundings) {
  if (inputs.keepAlive === null && !isOwnEndpoint(env['IDENTITY_ENDPOINT']))
    return { warnings: [], inTheWay: [], goesOn: false };
  const { lookAtEarlier } = await import('./earlier-endpoint.ts');
  return lookAtEarlier(inputs, env, directory.isOurs(env['AZURE_CONFIG_DIR'] ?? ''));
}

async function keeperPart(inputs: SignInInputs, { env, directory, runner }: Surroundings) {
  if (inputs.keepAlive === null || inputs.mode !== 'login') return null;
  const { startEndpoint } = await import('./keep-alive.ts');
  const starting = startEndpoint(env, directory);
  return {
    serve: (signedIn: SignedIn, options: { readonly legacy: boolean; readonly timeoutMs: number }) =>
      starting.serve(signedIn, inputs, options, runner),
  };
}
