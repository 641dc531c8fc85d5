import { randomUUID } from 'node:crypto';
import { guidFrom } from '../guids.ts';
import { signJwt } from '../jwt.ts';
import type { State } from '../state.ts';
import { issuerKey } from './issuer-key.ts';

/** What a projected token is asked for; a cluster is named by its `name`. */
export interface ServiceAccountRequest {
  cluster: string;
  namespace: string;
  serviceAccount: string;
  audiences: string[];
  expiresInSeconds: number;
  /** How long ago the kubelet asked for it: a token may be old, or past its time. */
  issuedSecondsAgo: number;
}

const DEFAULTS: ServiceAccountRequest = {
  cluster: 'aks',
  namespace: 'octo',
  serviceAccount: 'deployer',
  audiences: ['api://AzureADTokenExchange'],
  expiresInSeconds: 3600,
  issuedSecondsAgo: 0,
};

/** The names that a request may have. */
export const SERVICE_ACCOUNT_FIELDS: readonly string[] = Object.keys(DEFAULTS);
const POD = 'runner-5d8f7c9b6-x2x4q';
const NODE = 'octo-node-0';

/**
 * A token of a service account as the kubelet projects it into a pod: the audience is a list, the header has no type.
 * Throws a TypeError for a cluster that the state does not have, and for a life of less than ten minutes, which the
 * API server does not grant. Source: Kubernetes, "Managing Service Accounts" and TokenRequest v1.
 */
export async function serviceAccountToken(
  asked: Partial<ServiceAccountRequest>,
  state: State,
): Promise<string> {
  const request = { ...DEFAULTS, ...asked };
  const { namespace, serviceAccount, audiences, expiresInSeconds } = request;
  const cluster = state.workloads.clusters.find(({ name }) => name === request.cluster);
  if (!cluster) throw new TypeError(`No cluster ${request.cluster}`);
  if (expiresInSeconds < 600) throw new TypeError('A token lives for ten minutes at least');
  const iat = Math.floor(Date.now() / 1000) - request.issuedSecondsAgo;
  const { jwk, privateKey } = await issuerKey(cluster.issuer, cluster.keyGeneration);
  const claims = {
    aud: audiences,
    exp: iat + expiresInSeconds,
    iat,
    iss: cluster.issuer,
    jti: randomUUID(),
    'kubernetes.io': {
      namespace,
      node: { name: NODE, uid: guidFrom(NODE) },
      pod: { name: POD, uid: guidFrom(POD) },
      serviceaccount: { name: serviceAccount, uid: guidFrom(`${namespace}/${serviceAccount}`) },
    },
    nbf: iat,
    sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
  };
  return signJwt({ alg: 'RS256', kid: jwk.kid }, claims, privateKey);
}
