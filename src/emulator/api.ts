import type { Fault } from './faults.ts';
import type { RecordedRequest } from './journal.ts';
import type { State } from './state.ts';
import type { WorkloadName } from './workloads/environment.ts';
import type { ServiceAccountRequest } from './workloads/kubernetes.ts';

/**
 * GitHub's and Entra's token services, Graph, Resource Manager, GitHub's REST API, and the identity services of other
 * workloads, on loopback.
 */
export interface Emulator {
  /** Environment for a client process: proxy, certificate authority, ID-token request, an identity that works. */
  env: Record<string, string>;
  /** Variables beside `env` for a process that runs in such a workload: they change which identity clients find. */
  workloadEnv(name: WorkloadName): Record<string, string>;
  /** A token of a Kubernetes service account, as a pod finds it in a file; what is left out has a default. */
  serviceAccountToken(request?: Partial<ServiceAccountRequest>): Promise<string>;
  /** Base URL of the control server. */
  control: string;
  /** Live entities; the same object for the emulator's life. */
  state: State;
  /** Answers in this process as the host of the URL would: recorded, without proxy, TLS and faults. */
  handle(request: Request): Promise<Response>;
  /** The two ACTIONS_ID_TOKEN_REQUEST_* variables for the run as it is now. */
  requestEnv(): Record<string, string>;
  requests(): RecordedRequest[];
  /** Every token given out so far, and every AWS key. */
  issued(): string[];
  /** Targets that the proxy refused, `host:port`. */
  refusals(): string[];
  fault(fault: Fault): void;
  /** Ends all faults, those without an end too. */
  clearFaults(): void;
  /** GitHub signs with a new key; Entra keeps the keys it has seen. */
  rotateGitHubKeys(): void;
  /** Entra forgets the keys of all issuers, and fetches them again when needed. */
  forgetIssuerKeys(): void;
  /** Back to the seed; requests, refusals, faults and cached keys are cleared. */
  reset(): void;
  /** Ends every connection and removes the certificate file. */
  close(): Promise<void>;
}
