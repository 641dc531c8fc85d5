import { isOwnEndpoint, PATH_PREFIX } from '../endpoint/own.ts';
import { pathsOf, proofOf } from '../endpoint/protocol.ts';
import type { KeepAlive, SignInInputs } from '../inputs/inputs.ts';
import type { Environment } from '../io/effects.ts';
import { jsonIn } from '../io/json.ts';
import { askLoopback } from '../io/loopback.ts';
import { Failure } from '../report/failure.ts';
import { claimText, isRecord } from '../trust/claims.ts';
import { newSecret } from './secret.ts';

const LOOK_MS = 2_000;

/** Clients that ask what stands in IDENTITY_ENDPOINT. */
const ENDPOINT_CLIENTS: readonly string[] = ['az', 'sdk', 'azcopy', 'powershell'];

/** What an earlier sign-in means to a later one. */
export interface EarlierSignIn {
  /** Variables by which clients would find its endpoint instead of what this one leaves. */
  readonly inTheWay: readonly string[];
  /** Its endpoint serves the client of this one, and goes on doing so. */
  readonly goesOn: boolean;
  /** What a person must know of that. */
  readonly warnings: readonly string[];
}

/** Looks at what an earlier sign-in left. `azIsOurs`: it has set az up. Fails with endpoint-foreign. */
export async function lookAtEarlier(
  inputs: SignInInputs,
  env: Environment,
  azIsOurs: boolean,
): Promise<EarlierSignIn> {
  const { keepAlive, mode, sessions } = inputs;
  const isAsked = sessions.clients.some((client) => ENDPOINT_CLIENTS.includes(client));
  if (mode === 'login' && !isAsked) return { inTheWay: [], goesOn: false, warnings: [] };
  const earlier = await earlierEndpoint(env);
  if (keepAlive !== null) guardForeign(earlier, keepAlive);
  return {
    inTheWay: inTheWay(inputs, earlier, env),
    goesOn:
      keepAlive === null && mode === 'login' && earlier.kind === 'ours' && earlier.client === inputs.clientId,
    warnings: replacedText(inputs, earlier, azIsOurs),
  };
}

/** What managed identity clients find in the environment when a step begins. `client` is null for one that has died. */
type Earlier =
  | { readonly kind: 'none' }
  /** A managed identity that is not of this action; `host` is null where the variable holds no URL. */
  | { readonly kind: 'foreign'; readonly variable: string; readonly host: string | null }
  | { readonly kind: 'ours'; readonly client: string | null };

/** Whether an endpoint of this action stands there, and whose. Never fails. */
async function earlierEndpoint(env: Environment): Promise<Earlier> {
  // Older hosts of managed identities set MSI_ENDPOINT alone; clients prefer the other where it is there.
  const variable = env['IDENTITY_ENDPOINT'] ? 'IDENTITY_ENDPOINT' : 'MSI_ENDPOINT';
  const set = env[variable];
  if (!set) return { kind: 'none' };
  const url = URL.canParse(set) ? new URL(set) : null;
  const earlier = url && (await lookAt(url, env['IDENTITY_HEADER'] ?? ''));
  return earlier ?? { kind: 'foreign', variable, host: url?.host ?? null };
}

/**
 * An endpoint of ours proves that it knows the secret in IDENTITY_HEADER, which is sent to nobody: it may be another's.
 * Where address and header are of our form and no proof comes, it has died, and is nobody's any more: nobody listens
 * there, or a program that was given its port since.
 */
async function lookAt(url: URL, header: string): Promise<Earlier | null> {
  const [, nonce] = url.pathname.match(new RegExp(`^${PATH_PREFIX}([\\w-]{43})/`)) ?? [];
  const isOnLoopback = url.protocol === 'http:' && url.hostname === '127.0.0.1';
  if (!isOnLoopback || !nonce || !/^[\w-]{43}$/.test(header)) return null;
  const challenge = newSecret();
  const target = new URL(pathsOf({ nonce, legacySecret: null }).proof, url);
  target.searchParams.set('challenge', challenge);
  const answer = await askLoopback(target, {}, LOOK_MS);
  const json = answer.kind === 'answer' ? jsonIn(answer.body) : null;
  const isProven = isRecord(json) && json['proof'] === proofOf(header, challenge);
  return { kind: 'ours', client: isProven ? claimText(json, 'clientId') : null };
}

/**
 * An endpoint of ours is replaced by a new one; somebody else's is a managed identity that later steps may count on.
 * Fails with endpoint-foreign, unless `override` says otherwise.
 */
function guardForeign(earlier: Earlier, { override }: KeepAlive): void {
  if (earlier.kind !== 'foreign' || override) return;
  throw new Failure({
    code: 'endpoint-foreign',
    sentence: `${earlier.variable} is set in this job to a managed identity that is not of this action, and \`keep-alive\` would take its place for all later steps.`,
    facts: [{ label: 'host', value: earlier.host ?? 'not a URL' }],
    remedy: [
      'Write `keep-alive: override` if that is meant; or `sessions: none`, which leaves the environment as it is and gives the endpoint as outputs.',
    ],
  });
}

/**
 * The variables by which clients would find the endpoint of an earlier sign-in instead of what this one leaves them: it
 * serves another client, or nobody any more. A new endpoint takes their place by itself.
 */
function inTheWay({ mode, clientId, keepAlive }: SignInInputs, earlier: Earlier, env: Environment): string[] {
  const isAnothers =
    mode === 'login'
      ? earlier.kind === 'ours' && earlier.client !== clientId
      : isOwnEndpoint(env['IDENTITY_ENDPOINT']);
  if (keepAlive !== null || !isAnothers) return [];
  const legacy = isOwnEndpoint(env['MSI_ENDPOINT']) ? ['MSI_ENDPOINT'] : [];
  return ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', ...legacy];
}

/** What a person must know of an endpoint whose place is taken. */
function replacedText(
  { clientId, keepAlive, sessions }: SignInInputs,
  earlier: Earlier,
  azIsOurs: boolean,
): string[] {
  if (earlier.kind === 'foreign' && keepAlive !== null)
    return ['keep-alive: override takes the place of the managed identity in IDENTITY_ENDPOINT.'];
  const client = earlier.kind === 'ours' ? earlier.client : null;
  const isTaken =
    (keepAlive !== null || sessions.chosen) && sessions.clients.some((one) => ENDPOINT_CLIENTS.includes(one));
  if (client === null || client === clientId || !isTaken) return [];
  if (!azIsOurs || sessions.clients.includes('az')) return [];
  return [
    `az stays signed in as ${client}, whose endpoint IDENTITY_ENDPOINT no longer names: give the steps that use it AZURE_CONFIG_DIR, IDENTITY_ENDPOINT and IDENTITY_HEADER from the outputs of that sign-in.`,
  ];
}
