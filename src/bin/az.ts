import { homedir } from 'node:os';
import type { SignInInputs } from '../inputs/inputs.ts';
import type { TokenRequest } from '../inputs/tokens.ts';
import { findAz, ownAzDirectory, readAzDirectory } from '../io/az.ts';
import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/private-directory.ts';
import { runAz } from '../io/run-az.ts';
import { azLogin } from '../login/az-login.ts';
import type { LoginTools, SignedIn } from '../login/login.ts';
import { listSubscriptions, noSubscriptionText } from '../login/subscriptions.ts';
import { tokensOf } from '../login/tokens.ts';
import { Failure } from '../report/failure.ts';
import { encryptionIn } from '../sessions/az/files.ts';
import { type AzForm, azForm, directoriesIn, versionOfMetadata } from '../sessions/az/form.ts';
import { clientIn, installationIdIn } from '../sessions/az/own-profile.ts';
import { azSession, type OwnAz } from '../sessions/az/session.ts';
import type { Session } from '../sessions/session.ts';
import { defaultScope } from '../trust/clouds.ts';
import type { Serving } from './keep-alive.ts';

/** The az of this machine, as far as a sign-in has to know it. */
export interface AzOnMachine {
  readonly program: string;
  readonly form: AzForm;
  readonly version: string | null;
  readonly own: OwnAz;
  /** What az calls itself so far in telemetry; null where it has no name yet. */
  readonly installationId: string | null;
  /** The client that is signed in by the AZURE_CONFIG_DIR that the job has set; null where nobody is. */
  readonly client: string | null;
  /** The token that its session needs. */
  readonly needs: TokenRequest;
}

/** Looks for az and for its directory in this job, without running it; null where az is not on PATH. */
export function azOnMachine(env: Environment, { cloud, keepAlive, mode }: SignInInputs): AzOnMachine | null {
  const found = findAz(env, process.platform, directoriesIn);
  if (found === null) return null;
  const own = readAzDirectory(ownAzDirectory(env, homedir));
  const version = found.metadata.map(versionOfMetadata).find((one) => one !== null) ?? null;
  const encrypts =
    encryptionIn(own.config, env['AZURE_CORE_ENCRYPT_TOKEN_CACHE']) ?? process.platform === 'win32';
  return {
    program: found.program,
    version: version?.text ?? null,
    form: azForm({ version, encrypts }, keepAlive !== null || mode === 'direct-login'),
    own: { ...own, extensionsElsewhere: Boolean(env['AZURE_EXTENSION_DIR']) },
    installationId: installationIdIn(own.profile),
    client: env['AZURE_CONFIG_DIR'] ? clientIn(own.profile) : null,
    needs: { name: 'az', scope: defaultScope(cloud.resources.arm ?? '') },
  };
}

/** az was named among the sessions, and is not there. */
export function azMissing(): Failure {
  return new Failure({
    code: 'input-invalid',
    sentence: 'input `sessions` names `az`, and there is no az on PATH.',
    remedy: ['Install the Azure CLI in a step before this one, or leave `az` out of `sessions`.'],
  });
}

/** Whether az of this job may be given to this sign-in without a word: nobody is signed in, or the same client is. */
export function mayTakeOver({ client }: AzOnMachine, clientId: string | null): boolean {
  return client === null || client === clientId;
}

/** The endpoint that is starting, where one is, and the variables by which an earlier one would be found in its place. */
export interface Endpoints {
  readonly whenServing: Promise<Serving> | null;
  readonly inTheWay: readonly string[];
}

/** What az needs to find itself signed in, with what has to be said about it. */
export async function prepareAz(
  az: AzOnMachine,
  signedIn: SignedIn,
  inputs: SignInInputs,
  { whenServing, inTheWay }: Endpoints,
  { directory, env }: { readonly directory: PrivateDirectory; readonly env: Environment },
  tools: LoginTools,
): Promise<{ readonly session: Session; readonly warnings: readonly string[] }> {
  const subscriptions = await listSubscriptions(signedIn, inputs, tools);
  const serving = await whenServing;
  const { clientId, tenantId, assertion, machine } = signedIn;
  const path = directory.at('az');
  const account = {
    clientId,
    tenantId,
    cloud: inputs.cloud.name,
    subscriptions,
    subscriptionId: inputs.subscriptionId,
  };
  const session = azSession({
    form: az.form,
    version: az.version,
    account,
    cloud: inputs.cloud,
    cloudIsNamed: env['AZURE_CLOUD_NAME'] !== undefined,
    assertion: assertion?.token ?? null,
    isSystemAssigned: machine?.assigned === 'system',
    tokens: tokensOf(signedIn),
    endpoint: serving?.endpoint ?? null,
    legacyEndpoint: serving?.legacyUrl ?? null,
    inTheWay,
    own: az.own,
    installationId: az.installationId ?? tools.fx.uuid(),
    directory: path,
    now: Math.floor(tools.fx.clock.now() / 1000),
  });
  if (az.form === 'login' && assertion !== null)
    await azLogin(az, account, inputs.cloud, assertion.token, { directory, path, env, runAz }, tools);
  return { session, warnings: subscriptions.length === 0 ? [noSubscriptionText(signedIn)] : [] };
}
