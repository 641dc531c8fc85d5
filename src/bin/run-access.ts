import type { ClientInputs, ValidateInputs } from '../inputs/inputs.ts';
import type { Effects } from '../io/effects.ts';
import { shareAssertion } from '../login/assertions.ts';
import { type AccessToken, exchange, type FreshAssertion } from '../login/exchange.ts';
import { Failure } from '../report/failure.ts';
import type { Patience } from '../retry/policy.ts';
import type { AssertionSource } from '../sources/source.ts';
import { defaultScope } from '../trust/clouds.ts';
import type { Access } from '../validate/access.ts';
import { type ExchangeOutcome, known, unknown } from '../validate/model.ts';

interface Tools {
  readonly patience: Patience;
  readonly fx: Effects;
  readonly signal: AbortSignal;
}

/** How a validation inside a workflow reaches the world: with the ID tokens of its own run. */
export function runAccess(inputs: ValidateInputs, source: AssertionSource, tools: Tools): Access {
  const assertion = shareAssertion(source, inputs, tools.fx);
  const correlationId = tools.fx.uuid();
  const get = (client: ClientInputs, scope: string, from: FreshAssertion): Promise<AccessToken> =>
    exchange({ name: 'validate', scope }, { inputs: client, assertion: from, correlationId, ...tools });
  const scopes = {
    arm: defaultScope(inputs.cloud.resources.arm ?? ''),
    graph: defaultScope(inputs.cloud.resources.graph ?? ''),
  };
  const reader = { ...inputs, clientId: inputs.readerClientId, tenantId: inputs.readerTenantId };
  return {
    async present() {
      try {
        return { from: 'token', claims: (await assertion()).claims };
      } catch (error) {
        if (!(error instanceof Failure) || error.diagnosis.code === 'guard-claim') throw error;
        return { from: 'nothing', error: error.message };
      }
    },
    exchange: () => outcomeOf(get(inputs, scopes.arm, assertion)),
    probe: (audience) => outcomeOf(get(inputs, scopes.arm, (until) => source.assertion(audience, until))),
    async readerToken(resource) {
      try {
        return known((await get(reader, scopes[resource], assertion)).token);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return unknown(`'${reader.clientId}' got no token to read with: ${error.message}`);
      }
    },
  };
}

async function outcomeOf(attempt: Promise<AccessToken>): Promise<ExchangeOutcome> {
  try {
    await attempt;
    return { outcome: 'accepted' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { refusal } = error.diagnosis;
    return refusal ? { outcome: 'refused', ...refusal } : { outcome: 'not-tried', reason: error.message };
  }
}
