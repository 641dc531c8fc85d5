import type { Effects, HttpAnswer } from '../io/effects.ts';
import { type Fact, Failure } from '../report/failure.ts';
import { type Attempt, persist } from '../retry/persist.ts';
import { isTransientStatus, type Patience } from '../retry/policy.ts';
import { type Addressee, sendOnce } from '../retry/send.ts';
import type { Cloud } from '../trust/clouds.ts';
import { customCloud } from '../trust/custom-cloud.ts';

/** The newest form first; Azure Stack Hub knows the oldest alone. */
const VERSIONS = ['2022-09-01', '2015-01-01'];

/**
 * Asks the Resource Manager of a custom cloud where its other services are: one public document, to which nothing is
 * sent. Source: azure-cli, `az cloud register --endpoint-resource-manager`.
 * Fails with cloud-unreachable, cloud-unusable or cloud-without-federation.
 */
export async function readCustomCloud(
  endpoint: URL,
  patience: Patience,
  fx: Effects,
  signal: AbortSignal,
): Promise<Cloud> {
  const to: Addressee = { unavailable: 'cloud-unreachable', name: `Resource Manager at ${endpoint.host}` };
  const ask = (version: string) => {
    const url = new URL(`/metadata/endpoints?api-version=${version}`, endpoint);
    const request = { method: 'GET', url, headers: { accept: 'application/json' } } as const;
    return persist(
      (until) => sendOnce(request, to, until, { fx, signal }, (answer) => interpret(answer, endpoint)),
      patience,
      fx,
      signal,
    );
  };
  for (const version of VERSIONS) {
    const metadata = await ask(version);
    if (metadata === NOT_THIS_VERSION) continue;
    const read = customCloud(metadata, endpoint);
    if (read.kind === 'cloud') return read.cloud;
    throw read.kind === 'adfs'
      ? withoutFederation(read.authority, endpoint)
      : unusable(read.problem, endpoint);
  }
  throw unusable('it answers to no version of the request that is known', endpoint);
}

/** What servers answer to a version, or a way to ask, that they do not know. */
const OTHER_VERSION: readonly number[] = [400, 404, 405, 501];
const NOT_THIS_VERSION = Symbol('not this version');

function interpret({ status, body }: HttpAnswer, { host }: URL): Attempt<unknown> {
  if (status === 200) {
    try {
      return { ok: true, value: JSON.parse(body) as unknown };
    } catch {
      return { ok: false, retry: 'never', failure: unusable('they are no JSON', { host }) };
    }
  }
  if (OTHER_VERSION.includes(status)) return { ok: true, value: NOT_THIS_VERSION };
  const failure = new Failure({
    code: 'cloud-unreachable',
    sentence: `Resource Manager at ${host} did not tell where the services of its cloud are: it answered ${status}.`,
    facts: factsOf(host),
    remedy: [
      'Check the URL in `cloud`: it is that of Resource Manager, not of the portal. A proxy on the way may answer in its place.',
    ],
  });
  return { ok: false, retry: isTransientStatus(status) ? 'transient' : 'never', failure };
}

function factsOf(host: string): Fact[] {
  return [{ label: 'asked', value: `https://${host}/metadata/endpoints` }];
}

function unusable(problem: string, { host }: Pick<URL, 'host'>): Failure {
  return new Failure({
    code: 'cloud-unusable',
    sentence: `what Resource Manager at ${host} says of its cloud cannot be used: ${problem}.`,
    facts: factsOf(host),
    remedy: ['Check the URL in `cloud`: it is that of Resource Manager, as in `az cloud register`.'],
  });
}

function withoutFederation(authority: string, { host }: URL): Failure {
  return new Failure({
    code: 'cloud-without-federation',
    sentence: `the cloud at ${host} signs in by AD FS (${authority}), which has no federated credentials, so nothing was sent.`,
    facts: [...factsOf(host), { label: 'authority', value: authority }],
    remedy: [
      'AD FS accepts an assertion only when it is signed with a key that was registered for the very client, which no issuer of workload tokens does. With Azure Stack Hub connected to Entra ID this action works; with AD FS sign in by a certificate: `az login --service-principal --certificate`.',
    ],
  });
}
