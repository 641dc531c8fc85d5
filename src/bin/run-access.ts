import type { ClientInputs, ValidateInputs } from '../inputs/inputs.ts';
import type { Effects } from '../io/effects.ts';
import { shareAssertion } from '../login/assertions.ts';
import { exchange, type FreshAssertion } from '../login/exchange.ts';
import { guardIds, guardTokenTenant } from '../login/guards.ts';
import { explainRefusal } from '../login/refusal.ts';
import type { AccessToken } from '../login/tokens.ts';
import { Failure, type FailureCode } from '../report/failure.ts';
import { deadline, type Patience, patienceUntil } from '../retry/policy.ts';
import type { AssertionSource } from '../sources/source.ts';
import { claimText, decodeClaims } from '../trust/claims.ts';
import { defaultScope } from '../trust/clouds.ts';
import type { Access } from '../validate/access.ts';
import { type ExchangeOutcome, known, unknown } from '../validate/model.ts';

/** Why a run gets no ID token, and never will. */
const FINAL: readonly FailureCode[] = ['id-token-permission', 'fork-pull-request', 'dependabot-run'];

interface Tools {
  readonly patience: Patience;
  readonly fx: Effects;
  readonly signal: AbortSignal;
}

/** How a validation inside a workflow reaches the world: with the ID tokens of its own run. */
export function runAccess(inputs: ValidateInputs, source: AssertionSource, tools: Tools): Access {
  const assertion = shareAssertion(source, inputs, tools.fx);
  const correlationId = tools.fx.uuid();
  const get = async (
    client: ClientInputs,
    scope: string,
    from: FreshAssertion,
    { patience }: Pick<Tools, 'patience'> = tools,
  ): Promise<AccessToken> => {
    guardIds(client);
    const presented = { inputs: client, assertion: from, explain: explainRefusal, correlationId };
    const context = { ...presented, ...tools, patience };
    const token = await exchange({ name: 'validate', scope }, context);
    guardTokenTenant(client, claimText(decodeClaims(token.token) ?? {}, 'tid'));
    return token;
  };
  // Whoever reads for itself has presented itself with the same token.
  const obtained = new Map<string, Promise<AccessToken>>();
  const getOnce = (client: ClientInputs, scope: string): Promise<AccessToken> => {
    const key = `${client.tenantId} ${client.clientId} ${scope}`;
    const token = obtained.get(key) ?? get(client, scope, assertion);
    obtained.set(key, token);
    return token;
  };
  // A refusal is what is hoped for: it is not waited for that it passes.
  const probe = (audience: string): Promise<AccessToken> => {
    const patience = patienceUntil(deadline(tools.patience), tools.fx.clock.now());
    return get(inputs, scopes.arm, () => source.assertion(audience), { patience });
  };
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
        return { from: 'nothing', error: error.message, final: FINAL.includes(error.diagnosis.code) };
      }
    },
    exchange: () => outcomeOf(getOnce(inputs, scopes.arm)),
    probe: (audience) => outcomeOf(probe(audience)),
    async readerToken(resource) {
      try {
        return known((await getOnce(reader, scopes[resource])).token);
      } catch (error) {
        if (!(error instanceof Failure) || error.diagnosis.code.startsWith('guard-')) throw error;
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
    if (error.diagnosis.code === 'guard-tenant') throw error;
    const { refusal } = error.diagnosis;
    return refusal ? { outcome: 'refused', ...refusal } : { outcome: 'not-tried', reason: error.message };
  }
}
