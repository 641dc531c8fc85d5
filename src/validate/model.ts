import type { Cause } from '../trust/cause.ts';
import type { Presented } from '../trust/claims.ts';
import type { Credential } from '../trust/credential.ts';
import type { Finding, Undecided } from '../trust/finding.ts';
import type { Fixes } from '../trust/fixes/target.ts';
import type { MatchResult } from '../trust/match.ts';

/** Something that was read, or why it was not: never silence, and never a pass. */
export type Known<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly missing: string; readonly partial?: T };

/** Something that was read. */
export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

/**
 * Something that was not. `missing` names the exact right, input or fact that reading it would have needed; `partial` is what was read all the
 * same, good enough to explain with, never to pass on.
 */
export function unknown<T = never>(missing: string, partial?: T): Known<T> {
  return partial === undefined ? { known: false, missing } : { known: false, missing, partial };
}

/** The value, or null where it is not known. */
export function valueIfKnown<T>(fact: Known<T>): T | null {
  return fact.known ? fact.value : null;
}

/** What a validation comes to; `unknown` is never a pass. */
export type Result = 'pass' | 'fail' | 'unknown';

/** Whether Entra itself agreed when the assertion was presented. */
export type ExchangeOutcome =
  | { readonly outcome: 'accepted' }
  | {
      readonly outcome: 'refused';
      readonly codes: readonly number[];
      readonly text: string;
      readonly correlationId: string;
    }
  | { readonly outcome: 'not-tried'; readonly reason: string };

/** The identity that is to be trusted. */
export interface IdentityReport {
  readonly clientId: string;
  readonly kind: 'application' | 'managed-identity';
  readonly displayName: string;
  /** Object id of the service principal; null when it has none. */
  readonly principalId: string | null;
  readonly enabled: boolean | null;
  /** Object id of the application, or resource id of the managed identity. */
  readonly objectId: string;
}

/** A role assignment that reaches the principal. */
export interface RoleReport {
  readonly roleName: string | null;
  readonly roleDefinitionId: string;
  readonly scope: string;
  readonly condition: string | null;
  /** Null: assigned to the principal itself; else the group or other principal that it reaches it through. */
  readonly through: string | null;
}

/** Where the repository stands on the way to immutable subjects. */
export interface MigrationReport {
  readonly emits: 'name-based' | 'immutable' | 'custom' | 'unknown';
  readonly nameBased: { readonly subject: string; readonly credentials: readonly string[] } | null;
  readonly immutable: { readonly subject: string; readonly credentials: readonly string[] } | null;
  /** What to do, in order; empty when there is nothing left to do. */
  readonly steps: readonly string[];
  /** What would break if the switch were thrown today; empty when nothing would. */
  readonly breaks: readonly string[];
}

/** A token that must be refused, and what became of it. */
export interface ProbeReport {
  readonly audience: string;
  readonly result: 'passed' | 'accepted' | 'unknown';
  readonly detail: string;
}

/** All that a validation found out: what the summary, the terminal, JSON and SARIF render. */
export interface Report {
  readonly version: 1;
  readonly result: Result;
  /** Why the trust does not hold; null when it does or when that is not known. */
  readonly cause: Cause | null;
  readonly confidence: 'certain' | 'likely' | 'possible' | null;
  /** The verdict in one sentence. */
  readonly verdict: string;
  readonly explanation: string | null;
  readonly fix: Fixes;
  readonly tenantId: string;
  readonly clientId: string;
  readonly cloud: string;
  readonly presented: Presented;
  /** From the token of this run, or from what was told of a run. */
  readonly presentedFrom: 'token' | 'prediction';
  readonly why: readonly string[];
  readonly exchange: ExchangeOutcome;
  readonly identity: Known<IdentityReport>;
  readonly credentials: Known<readonly Credential[]>;
  /** Where the credentials that were compared come from. */
  readonly credentialsFrom: 'directory' | 'file' | 'none';
  readonly matched: string | null;
  readonly matches: readonly MatchResult[];
  readonly roles: Known<readonly RoleReport[]>;
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
  readonly migration: MigrationReport | null;
  readonly probes: readonly ProbeReport[];
}
