import type { Failure } from '../report/failure.ts';
import type { DirectKind } from './identity-source.ts';
import type { CommonInputs, DirectInputs } from './inputs.ts';
import { invalid } from './invalid.ts';
import { parseSignIn } from './parse-sign-in.ts';
import { canRenew } from './session-feeds.ts';
import { type InputName, optional, type RawInputs } from './table.ts';
import { guid } from './values.ts';

/** The machine's own identity has no assertion: what is about one cannot be meant with it. */
export function parseDirect(
  raw: RawInputs,
  mode: 'login' | 'validate',
  common: CommonInputs,
  source: DirectKind,
): DirectInputs {
  if (mode === 'validate') throw withoutAssertion('mode', 'is `validate`');
  if (raw.audience !== '') throw withoutAssertion('audience', 'is given');
  if (raw['require-claims'] !== '') throw withoutAssertion('require-claims', 'is given');
  const signIn = parseSignIn(raw, common.cloud);
  if (signIn.keepAlive !== null && !canRenew(source.kind))
    throw invalid(
      'keep-alive',
      'is given with `identity-source: direct-managed-identity`',
      "Leave it out: clients ask the machine itself for every token, and so need nobody to renew them. Where an app's or another identity's tokens are to be renewed, `identity-source: managed-identity` is meant.",
    );
  const clientId = optional(raw, 'client-id', guid);
  const tenantId = optional(raw, 'tenant-id', guid);
  refuseEqualIds(clientId, tenantId);
  return {
    ...common,
    ...signIn,
    mode: 'direct-login',
    clientId,
    tenantId,
    source: namedBy(source, clientId),
  };
}

function withoutAssertion(input: InputName, problem: string): Failure {
  return invalid(
    input,
    `${problem} with \`identity-source: direct-managed-identity\`, which presents no assertion`,
    'No trust takes part in it: the identity of the machine signs in itself. Leave the one or the other out.',
  );
}

/** `client-id` names the identity where the source does not, and must not contradict it. */
function namedBy(source: DirectKind, clientId: string | null): DirectKind {
  if (clientId === null) return source;
  if (source.id === null) return { ...source, id: { by: 'client-id', value: clientId } };
  if (source.id.by !== 'client-id' || source.id.value === clientId) return source;
  throw invalid(
    'client-id',
    'names another managed identity than `identity-source`',
    'Give the client id in one of the two only.',
  );
}

/** One filled with the value of the other would be refused by Entra with a riddle. */
export function refuseEqualIds(clientId: string | null, tenantId: string | null): void {
  if (clientId === null || clientId !== tenantId) return;
  throw invalid(
    'client-id',
    'has the same value as `tenant-id`',
    'One of the two was filled with the value of the other.',
  );
}
