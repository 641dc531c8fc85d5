import type { IdentitySelector } from '../inputs/identity-source.ts';
import type { DirectInputs } from '../inputs/inputs.ts';
import { Failure } from '../report/failure.ts';
import type { MachineTokens } from '../sources/managed-identity.ts';
import { type Claims, claimText, decodeClaims } from '../trust/claims.ts';
import { parseIdentityId } from '../trust/identity-id.ts';
import { guardIds } from './guards.ts';
import type { LoginTools, SignedIn } from './login.ts';
import { type AccessToken, type Needed, obtainAll } from './tokens.ts';

/**
 * Signs in as the machine's own managed identity: guards on what is given → one token per scope, in parallel → who that
 * is, by the token → what the inputs expect it to be → guards. Nothing is handed on before all of that has passed.
 * Fails as the machine does, or with identity-other, guard-client or guard-tenant.
 */
export async function directLogin(
  inputs: DirectInputs,
  tokensOf: MachineTokens,
  { fx }: LoginTools,
  also: Needed | null,
): Promise<SignedIn> {
  guardIds({ ...inputs, clientId: inputs.clientId ?? clientNamed(inputs.source) });
  const { tokens, management } = await obtainAll(inputs.tokens, also, async ({ name, scope }) => {
    const { token, expiresAt } = await tokensOf(scope);
    return { name, scope, token, expiresAt };
  });
  const identity = identityIn(tokens);
  for (const id of inputs.maskIds ? [identity.clientId, identity.tenantId] : []) fx.mask(id);
  check(inputs, identity);
  return {
    tokens,
    management,
    assertion: null,
    ...identity,
    correlationId: fx.uuid(),
  };
}

function clientNamed({ id }: DirectInputs['source']): string | null {
  return id?.by === 'client-id' ? id.value : null;
}

type MachineIdentity = Pick<SignedIn, 'clientId' | 'tenantId' | 'principalId' | 'machine'>;

/**
 * Who the machine is, by the claims of its tokens. `xms_mirid` is the resource id of the identity, which for a
 * system-assigned one is that of the machine. Source: Microsoft identity platform, "Access token claims reference".
 */
function identityIn(tokens: readonly AccessToken[]): MachineIdentity {
  const claims: Claims =
    tokens.map(({ token }) => decodeClaims(token)).find((decoded) => decoded && clientIn(decoded)) ?? {};
  const clientId = clientIn(claims);
  const tenantId = claimText(claims, 'tid')?.toLowerCase() ?? null;
  if (clientId === null || tenantId === null)
    throw new Failure({
      code: 'identity-refused',
      sentence: 'the token of the machine does not tell whose it is, so it was dropped.',
      remedy: [
        'Ask for a token to Resource Manager first (`tokens: arm`): its tokens state client and tenant.',
      ],
    });
  const resourceId = claimText(claims, 'xms_mirid');
  const assigned = resourceId === null ? null : parseIdentityId(resourceId) ? 'user' : 'system';
  return { clientId, tenantId, principalId: claimText(claims, 'oid'), machine: { resourceId, assigned } };
}

function clientIn(claims: Claims): string | null {
  return (claimText(claims, 'appid') ?? claimText(claims, 'azp'))?.toLowerCase() ?? null;
}

function check(inputs: DirectInputs, identity: MachineIdentity): void {
  const { clientId, tenantId } = identity;
  // An agent of Azure Arc that has one identity only gives that, whichever is asked for.
  const { id } = inputs.source;
  const given = id && namedBy(identity, id.by);
  if (id && given?.toLowerCase() !== id.value.toLowerCase())
    throw other(id.by, id.value, given ?? 'not stated');
  if (inputs.clientId !== null && inputs.clientId !== clientId)
    throw other('client-id', inputs.clientId, clientId);
  if (inputs.tenantId !== null && inputs.tenantId !== tenantId)
    throw other('tenant-id', inputs.tenantId, tenantId);
  const { allowedClients, allowedTenants } = inputs;
  guardIds({ clientId, tenantId, allowedClients, allowedTenants }, 'by-token');
}

function namedBy({ clientId, principalId, machine }: MachineIdentity, by: IdentitySelector['by']) {
  return { 'client-id': clientId, 'object-id': principalId, 'resource-id': machine?.resourceId ?? null }[by];
}

function other(input: string, expected: string, found: string): Failure {
  return new Failure({
    code: 'identity-other',
    sentence: `the managed identity of this machine has another ${input} than the input says, so its token was dropped.`,
    facts: [
      { label: 'expected', value: expected },
      { label: 'presented', value: found },
    ],
    remedy: [
      `Correct the ${input}, or name the identity that is meant in \`identity-source\`: where none is named, the machine gives its system-assigned one first.`,
    ],
  });
}
