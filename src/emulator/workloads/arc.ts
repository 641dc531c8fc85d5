import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import type { State } from '../state.ts';
import type { AzureHost } from './entities.ts';
import { imdsError, metadataProblem, passingRefusals, selectorsOf, tokenAnswer } from './imds.ts';
import type { LocalService } from './loopback.ts';
import { defaultIdentity, namedIdentity, type Selector, tokenOfIdentity } from './managed-identity.ts';

/** Where clients insist that the keys of a connected server lie (Linux). */
export const ARC_KEYS = '/var/opt/azcmagent/tokens';
const VERSIONS: readonly string[] = ['2019-11-01', '2020-06-01'];
const ECHOES: Readonly<Record<Selector['by'], string>> = {
  clientId: 'client_id',
  principalId: 'object_id',
  resourceId: 'msi_res_id',
};

/** Whether this process may write keys to where clients look for them: as a rule it must be root. */
export async function arcKeysCanBeWritten(): Promise<boolean> {
  if (platform() !== 'linux') return false;
  return mkdir(ARC_KEYS, { recursive: true }).then(
    () => true,
    () => false,
  );
}

/** Keys that were written and not presented yet, by what they hold. */
type Keys = Map<string, string>;

async function challenge(keys: Keys): Promise<Response> {
  if (!(await arcKeysCanBeWritten()))
    return imdsError(
      500,
      'internal_error',
      `The emulator may not write to ${ARC_KEYS}: it must be root, on Linux`,
    );
  const key = randomBytes(32).toString('hex');
  const path = join(ARC_KEYS, `${randomUUID()}.key`);
  await writeFile(path, key, { mode: 0o600 });
  keys.set(key, path);
  const answer = imdsError(
    401,
    'unauthorized',
    'The request is not authorized: present the key of the realm',
  );
  answer.headers.set('www-authenticate', `Basic realm=${path}`);
  return answer;
}

/** Whether the request presents a key; a key is good once. */
async function presentsKey(request: Request, keys: Keys): Promise<boolean> {
  const [, key = ''] = /^Basic (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  const path = keys.get(key);
  if (path === undefined) return false;
  keys.delete(key);
  await rm(path, { force: true });
  return true;
}

/**
 * An agent that knows user-assigned identities confirms the selector in its answer. One that does not know them, as
 * here where the host has none, takes no notice of it and answers with the system-assigned identity.
 */
async function answer(url: URL, host: AzureHost, state: State): Promise<Response> {
  const resource = url.searchParams.get('resource') ?? '';
  const [selector] = host.userAssigned.length > 0 ? selectorsOf(url.searchParams) : [];
  const identity = selector ? namedIdentity(host, selector, state) : defaultIdentity(host, state);
  if (identity === null || typeof identity === 'string')
    return imdsError(400, 'invalid_request', 'Identity not found');
  const issued = await tokenOfIdentity(host, identity, resource, state);
  const extra = selector ? { [ECHOES[selector.by]]: selector.value } : {};
  return tokenAnswer(identity, resource, issued, extra);
}

/**
 * The identity endpoint of a server that is connected by Azure Arc: a key in a file that only the privileged can read
 * comes before every token. Source: Azure, "Authenticate against Azure resources with Azure Arc-enabled servers";
 * @azure/msal-node, AzureArc.
 */
export function createArc(state: State): LocalService {
  const keys: Keys = new Map();
  return {
    name: 'arc',
    async handle(request) {
      const problem = metadataProblem(request, VERSIONS);
      if (problem) return problem;
      if (!(await presentsKey(request, keys))) return challenge(keys);
      return passingRefusals(request, state, () =>
        answer(new URL(request.url), state.workloads.azure.arc, state),
      );
    },
    close: async () => void (await Promise.all([...keys.values()].map((path) => rm(path, { force: true })))),
  };
}
