import type { Cloud } from '../trust/clouds.ts';
import type { Severity } from '../trust/finding.ts';
import type { Requirement } from '../trust/requirement.ts';
import type { AssertionKind, DirectKind } from './identity-source.ts';
import type { TokenRequest } from './tokens.ts';

/** A client that later steps use and that this action can sign in. */
export type SessionClient = 'az' | 'terraform' | 'sdk' | 'azcopy' | 'powershell';

/**
 * Which sessions to leave: `chosen` by name may replace what the job set, `auto` may not, and takes az only where it is
 * installed.
 */
export interface SessionChoice {
  readonly clients: readonly SessionClient[];
  readonly chosen: boolean;
}

/** How the endpoint that renews tokens for the rest of the job is to be served. */
export interface KeepAlive {
  /** Whether it may take the place of a managed identity that is not ours. */
  readonly override: boolean;
  /** Resources, without `/.default`, that it serves and no others; empty for any. */
  readonly resources: readonly string[];
}

/** Where, for how long and under which guards: the same for every mode and source. */
export interface CommonInputs {
  readonly subscriptionId: string | null;
  readonly cloud: Cloud;
  readonly allowedTenants: readonly string[];
  readonly allowedClients: readonly string[];
  readonly waitForTrustMs: number;
  readonly timeoutMs: number;
  readonly maskIds: boolean;
  /** Client, tenant and subscription as they were written, for `mask-ids`. */
  readonly writtenIds: readonly string[];
}

/** Who signs in by an assertion, and where that comes from. */
export interface ClientInputs extends CommonInputs {
  readonly clientId: string;
  /** GUID or domain, lower case. */
  readonly tenantId: string;
  readonly source: AssertionKind;
  readonly audience: string;
  readonly requireClaims: readonly Requirement[];
}

/** What a sign-in leaves to later steps. */
export interface SessionInputs {
  readonly tokens: readonly TokenRequest[];
  readonly sessions: SessionChoice;
  readonly keepAlive: KeepAlive | null;
  readonly exportAccessToken: string | null;
}

/** The inputs of `mode: login`, parsed: nothing later reads an input again. */
export interface LoginInputs extends ClientInputs, SessionInputs {
  readonly mode: 'login';
}

/** The same where the machine's own managed identity signs in, without federation. */
export interface DirectInputs extends CommonInputs, SessionInputs {
  readonly mode: 'direct-login';
  readonly source: DirectKind;
  /** What the identity must turn out to be; null where nothing was said. */
  readonly clientId: string | null;
  readonly tenantId: string | null;
}

/** A sign-in of either kind. */
export type SignInInputs = LoginInputs | DirectInputs;

/** The inputs of `mode: validate`, parsed. */
export interface ValidateInputs extends ClientInputs {
  readonly mode: 'validate';
  readonly identityResourceId: string | null;
  /** The identity that reads the directory. */
  readonly readerClientId: string;
  readonly readerTenantId: string;
  readonly githubToken: string | null;
  readonly expectedCredentials: string | null;
  readonly checkRoles: boolean;
  readonly probe: boolean;
  /** The lowest severity that fails the step. */
  readonly failOn: Severity | 'never';
  readonly reportFile: string | null;
  readonly sarifFile: string | null;
}

/** The inputs of either mode. */
export type Inputs = SignInInputs | ValidateInputs;
