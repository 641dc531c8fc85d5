import type { Effects } from '../io/effects.ts';
import type { AskMachine } from '../io/managed-identity.ts';
import { Failure } from '../report/failure.ts';
import { deadline, type Patience } from '../retry/policy.ts';
import { defaultScope } from '../trust/clouds.ts';
import { type AskedOfMachine, explainMachine } from './machine-refusal.ts';
import { type AssertionSource, assertionOf } from './source.ts';

/** A token of the machine's own identity. `expiresAt` in seconds since the epoch. */
export interface MachineToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** Gives tokens of the machine's own identity to a scope. */
export type MachineTokens = (scope: string) => Promise<MachineToken>;

/**
 * The machine's own identity. Which one, where none is named, the machine decides: the system-assigned one, else the
 * only user-assigned one. Source: Microsoft, "How managed identities for Azure resources work with Azure virtual
 * machines". Fails with identity-unreachable, identity-not-assigned, identity-ambiguous or identity-refused.
 */
export function machineTokens(
  asked: AskedOfMachine,
  ask: AskMachine,
  patience: Patience,
  fx: Effects,
  signal: AbortSignal,
): MachineTokens {
  return async (scope) => {
    const answer = await ask(scope, Math.max(1, deadline(patience) - fx.clock.now()), signal);
    if (answer.kind !== 'token') throw explainMachine(answer, asked);
    fx.mask(answer.token);
    return answer;
  };
}

const FROM = "this machine's managed identity";

/**
 * A token of the machine's own identity as assertion for an app of this or another tenant.
 * Source: Microsoft, "Configure an application to trust a managed identity". Fails as the machine does.
 */
export function managedIdentitySource(tokens: MachineTokens): AssertionSource {
  return {
    async assertion(audience) {
      const { token } = await tokens(defaultScope(audience));
      const assertion = assertionOf(token, FROM);
      if (assertion) return assertion;
      throw new Failure({
        code: 'identity-refused',
        sentence: 'what the machine gave as token of its managed identity is not a JSON Web Token.',
        remedy: ['Something else answers in the place of the metadata service.'],
      });
    },
  };
}
