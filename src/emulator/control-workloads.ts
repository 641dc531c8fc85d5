import type { Route } from './control.ts';
import { ControlError, parseChanges } from './control-input.ts';
import { isWorkloadName, WORKLOAD_NAMES } from './workloads/environment.ts';

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
];
