import type { SessionClient } from '../inputs/inputs.ts';

/** What one client needs to find itself signed in. */
export interface Session {
  readonly client: SessionClient;
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that are set only where the sign-in has a value for them. */
  readonly optional: readonly string[];
  /** Variables that make the client sign in otherwise if the job has set them. */
  readonly outrankedBy: readonly string[];
  /** The file that a variable points to. */
  readonly file: { readonly path: string; readonly content: string } | null;
}

/** What sessions are made of. */
export interface SessionIdentity {
  readonly clientId: string;
  readonly tenantId: string;
  readonly subscriptionId: string | null;
  readonly authority: string;
  readonly terraformName: string;
  readonly assertion: string;
}
