import type { ServedToken } from './protocol.ts';

/** What GitHub is asked for ID tokens with. */
export interface GitHubHandover {
  readonly kind: 'github';
  readonly requestUrl: string;
  readonly requestToken: string;
  readonly serverUrl: string;
}

/**
 * What the step hands to the process that serves for the rest of the job: one line of JSON on its standard input, so
 * that it stands in no argument, no environment and no file. `Source` is what assertions come from where that is not
 * GitHub, `Cloud` all that is known of the cloud: this room knows neither.
 */
export interface Handover<Source, Cloud> {
  readonly source: GitHubHandover | Source;
  readonly clientId: string;
  readonly tenantId: string;
  readonly cloud: Cloud;
  readonly audience: string;
  /** Lines of `require-claims`. */
  readonly requireClaims: readonly {
    readonly claim: string;
    readonly operator: '=' | '!=' | '~';
    readonly value: string;
  }[];
  /** For how long from now a refusal of the trust is held to pass, because Entra spreads it yet. */
  readonly waitForTrustMs: number;
  readonly nonce: string;
  readonly secret: string;
  readonly legacySecret: string | null;
  readonly resources: readonly string[];
  /** What the step has obtained already, by resource. */
  readonly tokens: readonly (ServedToken & { readonly resource: string })[];
}

/** The second line, without which it ends: the step has handed on all that it had to. */
export const GO = 'serve';

/** What it tells the step, as one line on descriptor 3, once it listens. */
export interface Listening {
  readonly port: number;
  readonly pid: number;
}

/** What the post step, or a later sign-in, is told of it. */
export interface EndpointStatus {
  readonly nonce: string;
  readonly pid: number;
  readonly clientId: string;
  readonly uptimeSeconds: number;
  readonly served: number;
  readonly exchanges: number;
  readonly failures: number;
  readonly lastError: string | null;
}
