import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type GitHubHandover, GO, type Listening } from '../endpoint/handover.ts';
import { pathsOf } from '../endpoint/protocol.ts';
import type { LoginInputs } from '../inputs/inputs.ts';
import { resourceOf } from '../inputs/tokens.ts';
import { startCompanion } from '../io/companion.ts';
import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/private-directory.ts';
import type { Runner } from '../io/runner.ts';
import type { SignedIn } from '../login/login.ts';
import { ENDPOINT_STATE, type EndpointState } from '../login/state.ts';
import { exportFailed } from '../login/step.ts';
import { tokensOf } from '../login/tokens.ts';
import { Failure } from '../report/failure.ts';
import type { IdentityEndpoint } from '../sessions/session.ts';
import type { OurHandover } from './handover.ts';
import { newSecret } from './secret.ts';

/** However late the sign-in was, a process that is on its way may come. */
const SHORTEST_MS = 5_000;
const FILE = fileURLToPath(new URL('./endpoint.js', import.meta.url));

/** The endpoint that serves, as the sessions need to know it. */
export interface Serving {
  readonly endpoint: IdentityEndpoint;
  /** The address for az that knows MSI_ENDPOINT alone; null where none needs it. */
  readonly legacyUrl: string | null;
  /** Saves for the post step what that must know of it. Fails with export-failed. */
  save(): void;
  /** Lets it serve once the step is over; without that it ends with the step. */
  go(): Promise<void>;
}

/** Starts the process, which is ready by the time the sign-in is. */
export function startEndpoint(env: Environment, directory: PrivateDirectory) {
  const log = directory.at('endpoint.log');
  const companion = startCompanion(process.execPath, FILE, env, openLog(directory, log));
  return {
    /**
     * Hands over what it serves with. `legacy`: for an az that posts to a secret path, too. `timeoutMs`: until it must
     * listen. Fails with endpoint-failed.
     */
    async serve(
      signedIn: SignedIn,
      inputs: LoginInputs,
      options: { readonly legacy: boolean; readonly timeoutMs: number },
      runner: Runner,
    ): Promise<Serving> {
      const secrets = {
        nonce: newSecret(),
        secret: newSecret(),
        legacySecret: options.legacy ? newSecret() : null,
      };
      for (const one of Object.values(secrets)) if (one !== null) runner.mask(one);
      void companion.tell(JSON.stringify(handoverOf(signedIn, inputs, env, secrets)));
      const line = await companion.firstLine(Math.max(SHORTEST_MS, options.timeoutMs));
      if (line === null) throw notReady(lastLines(log));
      const { port, pid } = JSON.parse(line) as Listening;
      const paths = pathsOf(secrets);
      const at = (path: string) => `http://127.0.0.1:${port}${path}`;
      const state: EndpointState = {
        status: at(paths.status),
        header: secrets.secret,
        nonce: secrets.nonce,
        pid,
        log,
      };
      return {
        endpoint: { url: at(paths.token), header: secrets.secret },
        legacyUrl: paths.legacy === null ? null : at(paths.legacy),
        save: () => saveState(state, runner),
        async go() {
          await companion.tell(GO);
          companion.release();
        },
      };
    },
  };
}

function openLog(directory: PrivateDirectory, path: string): number {
  try {
    return directory.open(path);
  } catch (error) {
    throw exportFailed(error, 'the log of `keep-alive` could not be made under RUNNER_TEMP');
  }
}

function saveState(state: EndpointState, runner: Runner): void {
  try {
    runner.saveState(ENDPOINT_STATE, JSON.stringify(state));
  } catch (error) {
    throw exportFailed(error);
  }
}

function gitHubOf(env: Environment): GitHubHandover {
  return {
    kind: 'github',
    requestUrl: env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '',
    requestToken: env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '',
    serverUrl: env['GITHUB_SERVER_URL'] ?? '',
  };
}

function handoverOf(
  signedIn: SignedIn,
  inputs: LoginInputs,
  env: Environment,
  secrets: Pick<OurHandover, 'nonce' | 'secret' | 'legacySecret'>,
): OurHandover {
  return {
    source: inputs.source.kind === 'github' ? gitHubOf(env) : inputs.source,
    clientId: inputs.clientId,
    tenantId: signedIn.tenantId,
    cloud: inputs.cloud,
    audience: inputs.audience,
    requireClaims: inputs.requireClaims,
    waitForTrustMs: inputs.waitForTrustMs,
    resources: inputs.keepAlive?.resources ?? [],
    tokens: tokensOf(signedIn).map(({ scope, token, expiresAt }) => ({
      resource: resourceOf(scope),
      token,
      expiresAt,
    })),
    ...secrets,
  };
}

// What the process wrote before it ended, which is little: it holds no token.
function lastLines(log: string): string {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' | ').slice(0, 500);
  } catch {
    return '';
  }
}

function notReady(told: string): Failure {
  return new Failure({
    code: 'endpoint-failed',
    sentence: `signed in, but the process for \`keep-alive\` was not ready in time, or ended; nothing was exported.`,
    facts: told === '' ? [] : [{ label: 'its log', value: told }],
    remedy: [
      'Something on the runner keeps a step from starting a process or from listening on 127.0.0.1. Run the job again, or do without `keep-alive`.',
    ],
  });
}
