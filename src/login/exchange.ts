import type { ClientInputs } from '../inputs/inputs.ts';
import type { TokenRequest } from '../inputs/tokens.ts';
import type { Effects, HttpAnswer } from '../io/effects.ts';
import { type Fact, Failure } from '../report/failure.ts';
import { type Attempt, persist } from '../retry/persist.ts';
import { isTransientStatus, type Patience, retryAfter, type Setback } from '../retry/policy.ts';
import { type Addressee, sendOnce } from '../retry/send.ts';
import type { Assertion } from '../sources/source.ts';
import type { explainRefusal, Presentation } from './refusal.ts';
import { readTokenAnswer } from './token-answer.ts';
import { buildTokenRequest } from './token-request.ts';
import type { AccessToken } from './tokens.ts';

/** One that was given for an assertion. */
export interface ExchangedToken extends AccessToken {
  readonly assertion: Assertion;
}

/** Gives an assertion that is still fresh, and another one than `refused`. */
export type FreshAssertion = (refused?: Assertion) => Promise<Assertion>;

/** Explains a refusal. It may come late: a sign-in that succeeds has no use for the catalogue of Entra's errors. */
export type Explain = (
  ...refusal: Parameters<typeof explainRefusal>
) => ReturnType<typeof explainRefusal> | Promise<ReturnType<typeof explainRefusal>>;

/** All that one exchange needs. */
export interface ExchangeContext {
  readonly inputs: Pick<ClientInputs, 'clientId' | 'tenantId' | 'cloud' | 'waitForTrustMs'>;
  readonly assertion: FreshAssertion;
  readonly explain: Explain;
  readonly correlationId: string;
  readonly patience: Patience;
  readonly fx: Effects;
  readonly signal: AbortSignal;
}

/** Exchanges the assertion for one access token: one POST, repeated only where the failure may pass. */
export function exchange(request: TokenRequest, context: ExchangeContext): Promise<ExchangedToken> {
  let refused: Assertion | undefined;
  return persist(
    async (until) => {
      const assertion = await context.assertion(refused);
      const outcome = await attempt(request, assertion, until, context);
      refused = !outcome.ok && outcome.retry === 'fresh-assertion' ? assertion : undefined;
      return outcome;
    },
    context.patience,
    context.fx,
    context.signal,
  );
}

const ENTRA: Addressee = { unavailable: 'entra-unavailable', name: 'Entra' };

async function attempt(
  { name, scope }: TokenRequest,
  assertion: Assertion,
  until: number,
  { inputs, explain, correlationId, fx, signal }: ExchangeContext,
): Promise<Attempt<ExchangedToken>> {
  const request = buildTokenRequest(inputs, scope, assertion.token, correlationId);
  const presentation: Presentation = { inputs, scope, claims: assertion.claims, correlationId };
  return sendOnce(request, ENTRA, until, { fx, signal }, async (answer) => {
    const said = readTokenAnswer(answer);
    if (said.kind === 'token') {
      fx.mask(said.accessToken);
      const expiresAt = Math.floor(fx.clock.wall() / 1000) + said.expiresInS;
      return { ok: true, value: { name, scope, token: said.accessToken, expiresAt, assertion } };
    }
    const setback: Setback & { failure: Failure } =
      said.kind === 'refusal'
        ? await explain(said.refusal, answer.status, presentation)
        : unusable(said.problem, answer, presentation);
    const asked = retryAfter(answer, fx.clock.wall());
    const retryAfterMs = asked ?? setback.retryAfterMs;
    return { ok: false, ...setback, failure: withRetryAfter(setback.failure, asked), retryAfterMs };
  });
}

function withRetryAfter(failure: Failure, retryAfterMs: number | undefined): Failure {
  return retryAfterMs === undefined
    ? failure
    : failure.withFacts([{ label: 'retry after', value: `${retryAfterMs / 1000} s` }]);
}

// An answer without Entra's own form: a gateway, a proxy, or a body that was cut on its way.
function unusable(
  problem: string,
  { status }: HttpAnswer,
  { inputs, correlationId }: Presentation,
): { retry: 'transient' | 'never'; failure: Failure } {
  const passing = status === 200 || isTransientStatus(status);
  const facts: Fact[] = [
    { label: 'host', value: inputs.cloud.authority },
    { label: 'status', value: String(status) },
    { label: 'correlation id', value: correlationId },
  ];
  const failure = new Failure({
    code: passing ? 'entra-unavailable' : 'entra-refused',
    sentence: passing
      ? `Entra did not issue a token: the last answer was ${status} with ${problem}.`
      : `the answer in Entra's place was ${status} with ${problem}, which is not the form of an Entra refusal.`,
    facts,
    remedy: [passing ? 'Run the job again, or raise `timeout`.' : notEntra(status)],
  });
  return { retry: passing ? 'transient' : 'never', failure };
}

function notEntra(status: number): string {
  return status >= 300 && status < 400
    ? 'Redirects are not followed: a proxy with a login page, or another host, answers in the place of Entra.'
    : 'A proxy or firewall between the runner and Entra is the likely author: allow the host, and exempt it from inspection.';
}
