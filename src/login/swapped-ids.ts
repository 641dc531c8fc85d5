import { TransportError } from '../io/effects.ts';
import { Failure } from '../report/failure.ts';
import { deadline, NOTHING_SPENT } from '../retry/policy.ts';
import type { ExchangeContext } from './exchange.ts';

const LOOKUP_MS = 3_000;

/**
 * When Entra knows no such tenant, looks up whether the client id is one: then the two inputs are swapped for certain.
 * The public OpenID configuration is asked, to which nothing secret goes. Any other error is given back as it is.
 */
export async function explainSwappedIds(
  error: unknown,
  { inputs, patience, fx, signal }: ExchangeContext,
): Promise<unknown> {
  if (!(error instanceof Failure) || error.diagnosis.code !== 'AADSTS90002') return error;
  const { clientId, tenantId, cloud } = inputs;
  const left = deadline(patience, NOTHING_SPENT) - fx.clock.now();
  if (left <= 0) return error;
  const url = new URL(`https://${cloud.authority}/${clientId}/v2.0/.well-known/openid-configuration`);
  try {
    const { status } = await fx.send({ method: 'GET', url, headers: {} }, Math.min(LOOKUP_MS, left), signal);
    if (status !== 200) return error;
  } catch (failed) {
    if (failed instanceof TransportError) return error;
    throw failed;
  }
  return new Failure({
    ...error.diagnosis,
    sentence: `the inputs \`client-id\` and \`tenant-id\` are swapped: '${clientId}' is a tenant of ${cloud.name}, and '${tenantId}' is none.`,
    remedy: ['Exchange the two values.'],
  });
}
