import { isOwnEndpoint } from '../endpoint/own.ts';
import type { SignInInputs } from '../inputs/inputs.ts';
import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/files.ts';
import type { Runner } from '../io/runner.ts';
import type { Prepared } from '../login/export.ts';
import type { LoginTools, Needed, SignedIn } from '../login/login.ts';
import { Failure } from '../report/failure.ts';
import { deadline, NOTHING_SPENT } from '../retry/policy.ts';
import { loopbackRoundProxy } from '../sessions/no-proxy.ts';
import { reachOfEndpoint } from '../sessions/reach.ts';
import type { Earlier, Serving } from './keep-alive.ts';

interface Surroundings {
  readonly env: Environment;
  readonly directory: PrivateDirectory;
  readonly runner: Runner;
}

/** What sessions need beside the sign-in: known before it begins, made once it has come to something. */
export interface SessionsToBe {
  /** A token that they need. */
  readonly needs: Needed | null;
  finish(
    signedIn: SignedIn,
    tools: LoginTools,
  ): Promise<{ readonly prepared: Prepared; readonly go: () => Promise<void> }>;
}

/**
 * Looks for az, and starts the process for `keep-alive` while the sign-in is on its way. What only these need is loaded
 * only for them.
 */
export async function prepareSessions(inputs: SignInInputs, around: Surroundings): Promise<SessionsToBe> {
  const az = await azPart(inputs, around);
  const keeper = await endpointPart(inputs, around);
  return {
    needs: az.needs,
    async finish(signedIn, tools) {
      const whenServing = keeper?.serve(signedIn, { legacy: az.isOld, timeoutMs: timeLeft(tools) }) ?? null;
      const [serving, forAz] = await Promise.all([whenServing, az.prepare(signedIn, whenServing, tools)]);
      const prepared: Prepared = {
        ...forAz,
        endpoint: serving?.endpoint ?? null,
        endpointInTheWay: inputs.mode === 'direct-login' && isOwnEndpoint(around.env['IDENTITY_ENDPOINT']),
        noProxy: serving ? loopbackRoundProxy(around.env) : {},
        warnings: [...forAz.warnings, ...(keeper?.warnings ?? [])],
        notes: serving ? [reachOfEndpoint(around.env)] : [],
      };
      return { prepared, go: async () => serving?.go() };
    },
  };
}

function timeLeft({ patience, fx }: LoginTools): number {
  return deadline(patience, NOTHING_SPENT) - fx.clock.now();
}

type ForAz = Pick<Prepared, 'az' | 'azMayGo' | 'warnings'>;

interface AzPart {
  readonly needs: Needed | null;
  /** It knows MSI_ENDPOINT alone. */
  readonly isOld: boolean;
  prepare(signedIn: SignedIn, whenServing: Promise<Serving> | null, tools: LoginTools): Promise<ForAz>;
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
  const az = azOnMachine(around.env, inputs, around.directory);
  if (az === null && chosen) throw azMissing();
  if (az === null) return withoutAz();
  const azMayGo = mayTakeOver(az, inputs.clientId);
  // Nothing is done for an az that is to be left alone.
  if (!azMayGo && !chosen) return withoutAz(LEFT_ALONE);
  return {
    needs: { request: az.needs, optional: !chosen },
    isOld: az.form === 'msi-endpoint',
    async prepare(signedIn, whenServing, tools) {
      try {
        const within = chosen || inputs.subscriptionId !== null ? tools : shortly(tools);
        const { session, warnings } = await prepareAz(az, signedIn, inputs, whenServing, around, within);
        return { az: session, azMayGo, warnings };
      } catch (error) {
        if (chosen) throw error;
        return { az: null, azMayGo, warnings: [whyLeftOut(error)] };
      }
    },
  };
}

/** Nobody named az: a Resource Manager that does not answer holds nobody up for long. */
const SHORTLY_MS = 10_000;

function shortly(tools: LoginTools): LoginTools {
  const timeoutMs = Math.min(SHORTLY_MS, timeLeft(tools));
  return { ...tools, patience: { startedAt: tools.fx.clock.now(), timeoutMs, waitForTrustMs: 0 } };
}

// Nobody named az: that its session cannot be made is no reason to refuse the others theirs. A subscription was named.
function whyLeftOut(error: unknown): string {
  if (!(error instanceof Failure) || error.diagnosis.code === 'subscription-not-visible') throw error;
  return `The session for az was not set up: ${error.message}`;
}

const NEED_ENDPOINT = ['az', 'sdk', 'azcopy', 'powershell'];

async function endpointPart(inputs: SignInInputs, { env, directory, runner }: Surroundings) {
  const { keepAlive, sessions } = inputs;
  if (keepAlive === null || inputs.mode !== 'login') return null;
  const { looksAtEarlier, startEndpoint } = await import('./keep-alive.ts');
  const takesPlace = sessions.clients.some((client) => NEED_ENDPOINT.includes(client));
  const earlier: Earlier = takesPlace ? await looksAtEarlier(env, keepAlive) : { kind: 'none' };
  const starting = startEndpoint(env, directory);
  return {
    warnings: replacedBy(inputs, earlier, directory.isOurs(env['AZURE_CONFIG_DIR'] ?? '')),
    serve: (signedIn: SignedIn, options: { readonly legacy: boolean; readonly timeoutMs: number }) =>
      starting.serve(signedIn, inputs, options, runner),
  };
}

/** What a person must know of the endpoint that goes. */
function replacedBy({ clientId, sessions }: SignInInputs, earlier: Earlier, azIsOurs: boolean): string[] {
  if (earlier.kind === 'foreign')
    return ['keep-alive: override takes the place of the managed identity in IDENTITY_ENDPOINT.'];
  const { client } = earlier.kind === 'ours' ? earlier : { client: null };
  if (client === null || client === clientId || !azIsOurs || sessions.clients.includes('az')) return [];
  return [
    `az stays signed in as ${client}, whose endpoint IDENTITY_ENDPOINT no longer names: give the steps that use it AZURE_CONFIG_DIR, IDENTITY_ENDPOINT and IDENTITY_HEADER from the outputs of that sign-in.`,
  ];
}
