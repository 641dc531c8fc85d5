import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { GO, type Handover, type Listening } from '../endpoint/handover.ts';
import { PATH_PREFIX, pathsOf } from '../endpoint/protocol.ts';
import type { KeepAlive, LoginInputs } from '../inputs/inputs.ts';
import { startCompanion } from '../io/companion.ts';
import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/files.ts';
import { askLoopback } from '../io/loopback.ts';
import type { Runner } from '../io/runner.ts';
import type { SignedIn } from '../login/login.ts';
import { ENDPOINT_STATE, type EndpointState } from '../login/state.ts';
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

/**
 * Whether an endpoint of this action stands in IDENTITY_ENDPOINT, which a new one replaces. One of somebody else's is
 * a managed identity that later steps may count on. Fails with endpoint-foreign, unless `override` says otherwise.
 */
export async function looksAtEarlier(env: Environment, { override }: KeepAlive): Promise<'none' | 'ours'> {
  const set = env['IDENTITY_ENDPOINT'];
  if (!set) return 'none';
  const url = URL.canParse(set) ? new URL(set) : null;
  const [, nonce] = url?.pathname.match(new RegExp(`^${PATH_PREFIX}([\\w-]+)/`)) ?? [];
  if (url && nonce && (await isOurs(url, nonce, env['IDENTITY_HEADER'] ?? ''))) return 'ours';
  if (override) return 'none';
  throw new Failure({
    code: 'endpoint-foreign',
    sentence:
      'IDENTITY_ENDPOINT is set in this job to a managed identity that is not of this action, and `keep-alive` would take its place for all later steps.',
    facts: [{ label: 'host', value: url ? url.host : 'not a URL' }],
    remedy: [
      'Write `keep-alive: override` if that is meant; or `sessions: none`, which leaves the environment as it is and gives the endpoint as outputs.',
    ],
  });
}

// One that has died is nobody's any more: its path names it, and nobody listens.
async function isOurs(url: URL, nonce: string, header: string): Promise<boolean> {
  const status = new URL(pathsOf({ nonce, legacySecret: null }).status, url);
  const answer = await askLoopback(status, { 'x-identity-header': header }, LOOK_MS);
  if (answer.kind !== 'answer') return answer.kind === 'refused';
  try {
    return (JSON.parse(answer.body) as { nonce?: unknown }).nonce === nonce;
  } catch {
    return false;
  }
}

/** Starts the process, which is ready by the time the sign-in is. */
export function startEndpoint(env: Environment, directory: PrivateDirectory) {
  const log = directory.at('endpoint.log');
  const companion = startCompanion(process.execPath, FILE, env, directory.open(log));
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
      if (line === null) throw notReady();
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
      runner.saveState(ENDPOINT_STATE, JSON.stringify(state));
      return {
        endpoint: { url: at(paths.token), header: secrets.secret },
        legacyUrl: paths.legacy === null ? null : at(paths.legacy),
        async go() {
          await companion.tell(GO);
          companion.release();
        },
      };
    },
  };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function handoverOf(
  { tokens, management, tenantId }: SignedIn,
  inputs: LoginInputs,
  env: Environment,
  secrets: Pick<Handover, 'nonce' | 'secret' | 'legacySecret'>,
): Handover {
  const obtained = new Set(management ? [...tokens, management] : tokens);
  return {
    requestUrl: env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '',
    requestToken: env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '',
    serverUrl: env['GITHUB_SERVER_URL'] ?? '',
    clientId: inputs.clientId,
    tenantId,
    cloud: inputs.cloud.name,
    audience: inputs.audience,
    requireClaims: inputs.requireClaims,
    resources: inputs.keepAlive?.resources ?? [],
    tokens: [...obtained].map(({ scope, token, expiresAt }) => ({
      resource: scope.replace(/\/\.default$/, ''),
      token,
      expiresAt,
    })),
    ...secrets,
  };
}

function notReady(): Failure {
  return new Failure({
    code: 'endpoint-failed',
    sentence: `signed in, but the process for \`keep-alive\` was not ready in time; nothing was exported.`,
    remedy: [
      'Something on the runner keeps a step from starting a process or from listening on 127.0.0.1. Run the job again, or do without `keep-alive`.',
    ],
  });
}
