import { isOwnEndpoint } from '../endpoint/own.ts';
import type { DirectInputs } from '../inputs/inputs.ts';
import type { Environment } from '../io/effects.ts';
import { directLogin } from '../login/direct.ts';
import type { LoginTools, SignedIn } from '../login/login.ts';
import type { Needed } from '../login/tokens.ts';
import { Failure } from '../report/failure.ts';
import type { AzForm } from '../sessions/az/form.ts';
import { HIDDEN_REMEDY, hiddenText, hidesMachineFromAz } from '../sessions/az/machine-hidden.ts';
import { roundProxy } from '../sessions/no-proxy.ts';
import { machineHosts } from '../sources/machine.ts';
import { openMachine } from './identity-sources.ts';

/** A sign-in of the machine's own managed identity. Loaded only where that is asked for. */
export async function signInAsMachine(
  inputs: DirectInputs,
  env: Environment,
  tools: LoginTools,
  also: Needed | null,
): Promise<SignedIn> {
  return directLogin(inputs, await openMachine(inputs.source.id, { env, ...tools }), tools, also);
}

/**
 * What is to be said where az of this job cannot be signed in as the machine; null where it can. Fails with
 * input-invalid where az was named.
 */
export function azHidden(form: AzForm, env: Environment, chosen: boolean): string | null {
  const variable = hidesMachineFromAz(form, env, isOwnEndpoint);
  if (variable === null) return null;
  if (!chosen) return `No session was set up for az, ${hiddenText(variable)} ${HIDDEN_REMEDY}`;
  throw new Failure({
    code: 'input-invalid',
    sentence: `input \`sessions\` names \`az\`, ${hiddenText(variable)}`,
    remedy: [HIDDEN_REMEDY],
  });
}

/** What keeps the clients of later steps from asking a proxy for the tokens of this machine. */
export function machineRoundProxy(env: Environment): Record<string, string> {
  return roundProxy(env, machineHosts(env, isOwnEndpoint));
}
