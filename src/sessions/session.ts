import type { SessionClient } from '../inputs/inputs.ts';
import { type Feed, SESSION_FEEDS, type SourceKind } from '../inputs/session-feeds.ts';

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

/** Where the assertion stands for clients that read it from a file. */
export interface TokenFile {
  readonly path: string;
  /** What is to be written there; null where the file is somebody else's, who renews it. */
  readonly content: string | null;
}

/** What sessions are made of. */
export interface SessionIdentity {
  readonly source: SourceKind;
  readonly clientId: string;
  readonly tenantId: string;
  readonly subscriptionId: string | null;
  readonly authority: string;
  readonly terraform: Readonly<Record<string, string>>;
  /** Null where there is no assertion. */
  readonly tokenFile: TokenFile | null;
  /** Null where nothing renews. */
  readonly endpoint: IdentityEndpoint | null;
  /** Whether it is the machine's system-assigned identity, which clients ask for by naming none. */
  readonly isSystemAssigned: boolean;
  /** Variables by which clients would find the endpoint that an earlier sign-in left, which serves somebody else. */
  readonly inTheWay: readonly string[];
  /** The endpoint of an earlier sign-in stands there and serves this client. */
  readonly goesOn: boolean;
}

/** A session without files, links, and anything that outranks it. */
export function session(
  client: SessionClient,
  variables: Session['variables'],
  more: Partial<Omit<Session, 'client' | 'variables'>> = {},
): Session {
  return { client, variables, optional: [], outrankedBy: [], clears: [], files: [], links: [], ...more };
}

/** What signs a client in, by the table of feeds. */
export function feedOf(client: SessionClient, { source, endpoint, goesOn }: SessionIdentity): Feed | null {
  const { fixed, renewing } = SESSION_FEEDS[source][client];
  return endpoint || goesOn ? renewing : fixed;
}

/** The file with the assertion, where it is ours to write. */
export function ownTokenFile({ tokenFile }: SessionIdentity): SessionFile[] {
  if (tokenFile === null || tokenFile.content === null) return [];
  return [{ path: tokenFile.path, content: tokenFile.content }];
}

/** The variables of the App Service managed identity protocol. Source: "App Service managed identity REST endpoint". */
export function endpointVariables({ url, header }: IdentityEndpoint): Record<string, string> {
  return { IDENTITY_ENDPOINT: url, IDENTITY_HEADER: header };
}
