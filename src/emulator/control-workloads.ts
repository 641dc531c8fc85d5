import type { Route } from './control.ts';
import { ControlError, parseChanges } from './control-input.ts';
import { isWorkloadName, WORKLOAD_NAMES } from './workloads/environment.ts';
import { SERVICE_ACCOUNT_FIELDS, type ServiceAccountRequest } from './workloads/kubernetes.ts';

function parseRequest(value: unknown): Partial<ServiceAccountRequest> {
  const known = Object.fromEntries(SERVICE_ACCOUNT_FIELDS.map((name) => [name, null]));
  return parseChanges(value, known) as Partial<ServiceAccountRequest>;
}

/** Calls about what runs elsewhere than on GitHub's runners. */
export const workloadRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/workloads\/([^/]+)\/env$/,
    run({ workloadEnv }, { names: [name = ''] }) {
      if (!isWorkloadName(name)) throw new ControlError(404, `Workloads are ${WORKLOAD_NAMES.join(', ')}`);
      return workloadEnv(name);
    },
  },
  {
    method: 'PATCH',
    path: /^\/workloads\/azure\/(vm|appService|arc)$/,
    run({ state }, { names: [name = ''], body }) {
      const host = Object.entries(state.workloads.azure).find(([known]) => known === name)?.[1];
      return host && Object.assign(host, parseChanges(body, host));
    },
  },
  {
    method: 'PATCH',
    path: /^\/workloads\/google$/,
    run: ({ state: { workloads } }, { body }) =>
      Object.assign(workloads.google, parseChanges(body, workloads.google)),
  },
  {
    method: 'PATCH',
    path: /^\/workloads\/aws$/,
    run: ({ state: { workloads } }, { body }) =>
      Object.assign(workloads.aws, parseChanges(body, workloads.aws)),
  },
  {
    method: 'PATCH',
    path: /^\/workloads\/clusters\/([^/]+)$/,
    run({ state }, { names: [name], body }) {
      const cluster = state.workloads.clusters.find((one) => one.name === name);
      if (!cluster) throw new ControlError(404, `No cluster ${name}`);
      return Object.assign(cluster, parseChanges(body, cluster));
    },
  },
  {
    method: 'POST',
    path: /^\/workloads\/kubernetes\/tokens$/,
    async run({ serviceAccountToken }, { body }) {
      const request = parseRequest(body);
      const refuse = (error: unknown): never => {
        throw error instanceof TypeError ? new ControlError(400, error.message) : error;
      };
      return { token: await serviceAccountToken(request).catch(refuse) };
    },
  },
];
