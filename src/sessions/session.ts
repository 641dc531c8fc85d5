import type { SessionClient } from '../inputs/inputs.ts';

/** A file that only this user can read. */
export interface SessionFile {
  readonly path: string;
  readonly content: string;
}

/** What one client needs to find itself signed in. */
export interface Session {
  readonly client: SessionClient;
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that are set only where the sign-in has a value for them. */
  readonly optional: readonly string[];
  /** Variables that make the client sign in otherwise if the job has set them. */
  readonly outrankedBy: readonly string[];
  /** Variables of an earlier sign-in of ours that would, and are emptied: no step can unset one. */
  readonly clears: readonly string[];
  readonly files: readonly SessionFile[];
  readonly links: readonly { readonly path: string; readonly target: string }[];
}

/** The endpoint that renews tokens for the rest of the job, as the environment names it. */
export interface IdentityEndpoint {
  readonly url: string;
  readonly header: string;
}

/** What sessions are made of. */
export interface SessionIdentity {
  readonly clientId: string;
  readonly tenantId: string;
  readonly subscriptionId: string | null;
  readonly authority: string;
  readonly terraformName: string;
  /** The ID token, in a file and as text. */
  readonly tokenFile: SessionFile;
  /** Null where nothing renews. */
  readonly endpoint: IdentityEndpoint | null;
}

/** A session without files, links, and anything that outranks it. */
export function session(
  client: SessionClient,
  variables: Session['variables'],
  more: Partial<Omit<Session, 'client' | 'variables'>> = {},
): Session {
  return { client, variables, optional: [], outrankedBy: [], clears: [], files: [], links: [], ...more };
}

/** The variables of the App Service managed identity protocol. Source: "App Service managed identity REST endpoint". */
export function endpointVariables({ url, header }: IdentityEndpoint): Record<string, string> {
  return { IDENTITY_ENDPOINT: url, IDENTITY_HEADER: header };
}
