import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GO, type Handover, type Listening } from '../endpoint/handover.ts';
import { PATH_PREFIX } from '../endpoint/own.ts';
import { pathsOf, proofOf } from '../endpoint/protocol.ts';
import type { KeepAlive, LoginInputs } from '../inputs/inputs.ts';
import { startCompanion } from '../io/companion.ts';
import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/files.ts';
import { askLoopback } from '../io/loopback.ts';
import type { Runner } from '../io/runner.ts';
import { type SignedIn, tokensOf } from '../login/login.ts';
import { ENDPOINT_STATE, type EndpointState } from '../login/state.ts';
import { exportFailed } from '../login/step.ts';
import { Failure } from '../report/failure.ts';
import type { IdentityEndpoint } from '../sessions/session.ts';

const LOOK_MS = 2_000;
/** However late the sign-in was, a process that is on its way may come. */
const SHORTEST_MS = 5_000;
const FILE = fileURLToPath(new URL('./endpoint.js', import.meta.url));

/** The endpoint that serves, as the sessions need to know it. */
export interface Serving {
  readonly endpoint: IdentityEndpoint;
  /** The address for az that knows MSI_ENDPOINT alone; null where none needs it. */
  readonly legacyUrl: string | null;
  /** Lets it serve once the step is over; without that it ends with the step. */
  go(): Promise<void>;
}

/** What stands in IDENTITY_ENDPOINT when a step begins. `client` is null for an endpoint that has died. */
export type Earlier =
  | { readonly kind: 'none' | 'foreign' }
  | { readonly kind: 'ours'; readonly client: string | null };

/**
 * Whether an endpoint of this action stands in IDENTITY_ENDPOINT, which a new one replaces. One of somebody else's is
 * a managed identity that later steps may count on. Fails with endpoint-foreign, unless `override` says otherwise.
 */
export async function looksAtEarlier(env: Environment, { override }: KeepAlive): Promise<Earlier> {
  // Older hosts of managed identities set MSI_ENDPOINT alone; clients prefer the other where it is there.
  const name = env['IDENTITY_ENDPOINT'] ? 'IDENTITY_ENDPOINT' : 'MSI_ENDPOINT';
  const set = env[name];
  if (!set) return { kind: 'none' };
  const url = URL.canParse(set) ? new URL(set) : null;
  const earlier = url ? await proven(url, env['IDENTITY_HEADER'] ?? '') : null;
  if (earlier) return earlier;
  if (override) return { kind: 'foreign' };
  throw new Failure({
    code: 'endpoint-foreign',
    sentence: `${name} is set in this job to a managed identity that is not of this action, and \`keep-alive\` would take its place for all later steps.`,
    facts: [{ label: 'host', value: url ? url.host : 'not a URL' }],
    remedy: [
      'Write `keep-alive: override` if that is meant; or `sessions: none`, which leaves the environment as it is and gives the endpoint as outputs.',
    ],
  });
}

/**
 * An endpoint of ours proves that it knows the secret in IDENTITY_HEADER, which is sent to nobody: it may be another's.
 * One that has died is nobody's any more: its path names it, and nobody listens.
 */
async function proven(url: URL, header: string): Promise<Earlier | null> {
  const [, nonce] = url.pathname.match(new RegExp(`^${PATH_PREFIX}([\\w-]{43})/`)) ?? [];
  if (!nonce || !/^[\w-]{43}$/.test(header)) return null;
  const challenge = secret();
  const target = new URL(pathsOf({ nonce, legacySecret: null }).proof, url);
  target.searchParams.set('challenge', challenge);
  const answer = await askLoopback(target, {}, LOOK_MS);
  if (answer.kind === 'refused') return { kind: 'ours', client: null };
  if (answer.kind !== 'answer') return null;
  try {
    const { clientId, proof } = JSON.parse(answer.body) as { clientId?: unknown; proof?: unknown };
    const holds = proof === proofOf(header, challenge) && typeof clientId === 'string';
    return holds ? { kind: 'ours', client: clientId } : null;
  } catch {
    return null;
  }
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
      const secrets = { nonce: secret(), secret: secret(), legacySecret: options.legacy ? secret() : null };
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
        async go() {
          runner.saveState(ENDPOINT_STATE, JSON.stringify(state));
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

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function handoverOf(
  signedIn: SignedIn,
  inputs: LoginInputs,
  env: Environment,
  secrets: Pick<Handover, 'nonce' | 'secret' | 'legacySecret'>,
): Handover {
  return {
    source: inputs.source,
    github:
      inputs.source.kind === 'github'
        ? {
            requestUrl: env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '',
            requestToken: env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '',
            serverUrl: env['GITHUB_SERVER_URL'] ?? '',
          }
        : null,
    clientId: inputs.clientId,
    tenantId: signedIn.tenantId,
    cloud: inputs.cloud,
    audience: inputs.audience,
    requireClaims: inputs.requireClaims,
    resources: inputs.keepAlive?.resources ?? [],
    tokens: tokensOf(signedIn).map(({ scope, token, expiresAt }) => ({
      resource: scope.replace(/\/\.default$/, ''),
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
