import { setTimeout as delay } from 'node:timers/promises';
import { handleArm } from './arm/arm.ts';
import { cloudOfAuthority, cloudOfGraph } from './clouds.ts';
import {
  handleEntraDiscovery,
  handleEntraKeys,
  isEntraDiscoveryPath,
  isEntraKeysPath,
} from './entra/discovery.ts';
import { createIssuerKeys, type IssuerKeys } from './entra/issuer-keys.ts';
import { handleToken, isTokenPath } from './entra/token.ts';
import type { FaultQueue, ServiceName } from './faults.ts';
import { deploymentOf } from './github/deployment.ts';
import { handleGitHubDiscovery, handleGitHubJwks, isGitHubIssuerHost } from './github/discovery.ts';
import { handleIdToken } from './github/id-token.ts';
import { handleGitHubApi, restApiOf } from './github/rest/rest.ts';
import { handleGraph } from './graph/graph.ts';
import type { Issued } from './issued.ts';
import { json } from './responses.ts';
import { resourceManagerAt } from './stacks.ts';
import type { State } from './state.ts';
import { handleSts, isStsHost } from './workloads/aws/sts.ts';
import {
  handleIssuerDiscovery,
  handleIssuerKeys,
  isIssuerHost,
  isKeyHost,
  isMetadataPath,
} from './workloads/issuers.ts';

/** One kind of request: where it is answered and how. A new service is one more entry of the table below. */
export interface Service {
  name: ServiceName;
  atHost(host: string): boolean;
  atPath(path: string): boolean;
  handle(request: Request): Promise<Response>;
}

/** The routing table at work. */
export interface Router {
  /** Services that answer at a host; none for a host that the emulator does not play. */
  servicesAt(host: string): ServiceName[];
  /** The service that a URL belongs to; null when nothing answers at its path. */
  find(url: string): Service | null;
  /** Entra's view of other issuers' keys. */
  issuerKeys: IssuerKeys;
}

function githubServices(state: State): Service[] {
  const atIssuer = (host: string): boolean => isGitHubIssuerHost(host, state);
  return [
    {
      name: 'github-discovery',
      atHost: atIssuer,
      atPath: (path) => path.endsWith('/.well-known/openid-configuration'),
      handle: (request) => handleGitHubDiscovery(request, state),
    },
    {
      name: 'github-jwks',
      atHost: atIssuer,
      atPath: (path) => path.endsWith('/.well-known/jwks'),
      handle: (request) => handleGitHubJwks(request, state),
    },
    {
      name: 'github-id-token',
      atHost: (host) => host === deploymentOf(state.run).requestHost,
      atPath: (path) => path.includes('/idtoken/'),
      handle: (request) => handleIdToken(request, state),
    },
  ];
}

function entraServices(state: State, issuerKeys: IssuerKeys): Service[] {
  const atHost = (host: string): boolean => cloudOfAuthority(host) !== null;
  return [
    {
      name: 'entra-token',
      atHost,
      atPath: isTokenPath,
      handle: (request) => handleToken(request, state, issuerKeys),
    },
    {
      name: 'entra-discovery',
      atHost,
      atPath: isEntraDiscoveryPath,
      handle: (request) => handleEntraDiscovery(request, state),
    },
    { name: 'entra-jwks', atHost, atPath: isEntraKeysPath, handle: handleEntraKeys },
  ];
}

function resourceServices(state: State): Service[] {
  const atPath = (): boolean => true;
  return [
    {
      name: 'graph',
      atHost: (host) => cloudOfGraph(host) !== null,
      atPath,
      handle: (request) => handleGraph(request, state),
    },
    {
      name: 'arm',
      atHost: (host) => resourceManagerAt(host) !== null,
      atPath,
      handle: (request) => handleArm(request, state),
    },
    {
      name: 'github-api',
      atHost: (host) => host === restApiOf(state).host,
      atPath: (path) => path.startsWith(`${restApiOf(state).prefix}/`),
      handle: (request) => handleGitHubApi(request, state),
    },
  ];
}

function workloadServices(state: State): Service[] {
  return [
    {
      name: 'issuer-discovery',
      atHost: (host) => isIssuerHost(host, state),
      atPath: isMetadataPath,
      handle: (request) => handleIssuerDiscovery(request, state),
    },
    {
      name: 'issuer-jwks',
      atHost: (host) => isKeyHost(host, state),
      atPath: () => true,
      handle: (request) => handleIssuerKeys(request, state),
    },
    {
      name: 'aws-sts',
      atHost: isStsHost,
      atPath: () => true,
      handle: (request) => handleSts(request, state),
    },
  ];
}

const GIVING_TOKENS: readonly ServiceName[] = ['github-id-token', 'entra-token', 'aws-sts'];

/** Every service over one state. Entra's own fetches of issuer metadata go through the same table, faults included. */
export function createRouter(state: State, faults: FaultQueue, issued: Issued): Router {
  const find = (url: string): Service | null => {
    const { host, pathname } = new URL(url);
    return services.find((service) => service.atHost(host) && service.atPath(pathname)) ?? null;
  };
  const issuerKeys = createIssuerKeys(async (url) => {
    const service = find(url);
    const fault = service && faults.takeForRequest(service.name, 1);
    if (fault?.kind === 'latency') await delay(fault.ms, undefined, { ref: false });
    else if (fault) return null;
    return service ? service.handle(new Request(url)) : null;
  });
  const services = [
    ...githubServices(state),
    ...entraServices(state, issuerKeys),
    ...resourceServices(state),
    ...workloadServices(state),
  ].map((service) => (GIVING_TOKENS.includes(service.name) ? issued.remembering(service) : service));
  return {
    servicesAt: (host) => services.filter((service) => service.atHost(host)).map(({ name }) => name),
    find,
    issuerKeys,
  };
}

/** What a known host answers at a path that nothing serves. */
export function notFound(): Response {
  return json(404, { message: 'Not found' });
}
