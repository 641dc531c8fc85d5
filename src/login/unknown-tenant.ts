import type { LoginInputs } from '../inputs/inputs.ts';
import { TransportError } from '../io/effects.ts';
import { jsonIn } from '../io/json.ts';
import { Failure } from '../report/failure.ts';
import { deadline } from '../retry/policy.ts';
import { claimText, isRecord } from '../trust/claims.ts';
import { CLOUDS, cloudOfAuthority, type KnownCloud } from '../trust/clouds.ts';
import type { LoginTools } from './login.ts';

const LOOKUP_MS = 3_000;
const CLOUD_LIST: readonly KnownCloud[] = Object.values(CLOUDS);
/** Entra says of a tenant that it does not know it, or that it is another cloud's. */
const ABOUT_THE_TENANT = /^AADSTS(90002|90038|900382|900439)$/;

/**
 * Where Entra does not find the tenant, looks up in which cloud it is, or whether the client id is one: then the two
 * inputs are swapped for certain. Public OpenID configurations are asked, of Microsoft's authorities only, to which
 * nothing secret goes. Any other error, and one about which nothing can be found out, is given back as it is.
 */
export async function explainUnknownTenant(
  error: unknown,
  inputs: LoginInputs,
  tools: LoginTools,
): Promise<unknown> {
  if (!(error instanceof Failure) || !ABOUT_THE_TENANT.test(error.diagnosis.code)) return error;
  const { clientId, tenantId, cloud } = inputs;
  if (cloudOfAuthority(cloud.authority) === null) return error;
  const [isSwapped, ...found] = await Promise.all([
    cloudOf(clientId, cloud.authority, tools),
    ...CLOUD_LIST.map(({ authority }) => cloudOf(tenantId, authority, tools)),
  ]);
  if (isSwapped && found.every((one) => one === null)) return swapped(error, inputs);
  const others = [...new Set(found.filter((one) => one !== null && one.name !== cloud.name))];
  const [other] = others;
  return other && others.length === 1 ? inAnotherCloud(error, inputs, other) : error;
}

/** The cloud that a tenant says it is in, at this authority; null where it is not known there. */
async function cloudOf(
  tenant: string,
  authority: string,
  { patience, fx, signal }: LoginTools,
): Promise<KnownCloud | null> {
  const left = deadline(patience) - fx.clock.now();
  if (left <= 0) return null;
  const url = new URL(`https://${authority}/${tenant}/v2.0/.well-known/openid-configuration`);
  try {
    const answer = await fx.send({ method: 'GET', url, headers: {} }, Math.min(LOOKUP_MS, left), signal);
    if (answer.status !== 200) return null;
    const json = jsonIn(answer.body);
    const instance = isRecord(json) ? claimText(json, 'cloud_instance_name') : null;
    return CLOUD_LIST.find((one) => one.authority === `login.${instance}`) ?? null;
  } catch (failed) {
    if (failed instanceof TransportError) return null;
    throw failed;
  }
}

function swapped({ diagnosis }: Failure, { clientId, tenantId, cloud }: LoginInputs): Failure {
  return new Failure({
    ...diagnosis,
    sentence: `the inputs \`client-id\` and \`tenant-id\` are swapped: '${clientId}' is a tenant of ${cloud.name}, and '${tenantId}' is none.`,
    remedy: ['Exchange the two values.'],
  });
}

function inAnotherCloud(
  { diagnosis }: Failure,
  { tenantId, cloud }: LoginInputs,
  other: KnownCloud,
): Failure {
  return new Failure({
    ...diagnosis,
    sentence: `the tenant '${tenantId}' is one of ${other.name}, and was asked for in ${cloud.name}.`,
    remedy: [
      `Its federated identity credentials name the audience ${other.audience}, which is asked for by default there.`,
    ],
    snippets: [{ title: 'On the step', language: 'yaml', text: `with:\n  cloud: ${other.name}` }],
  });
}
