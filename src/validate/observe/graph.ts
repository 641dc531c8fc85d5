import type { JsonAnswer, JsonReader } from '../../rest/json.ts';
import { isRecord } from '../../trust/claims.ts';
import type { Credential } from '../../trust/credential.ts';
import { type Known, known, unknown } from '../model.ts';
import { readCredentialList } from './credentials.ts';

/** A service principal as Graph describes it. */
export interface ServicePrincipal {
  readonly id: string;
  readonly displayName: string;
  readonly enabled: boolean | null;
  readonly isManagedIdentity: boolean;
  /** Resource id of the managed identity that it belongs to. */
  readonly resourceId: string | null;
}

/** An application registration as Graph describes it. */
export interface Application {
  readonly id: string;
  readonly displayName: string;
}

/** What the directory says of a client; null where it holds no such object. */
export interface DirectoryEntry {
  readonly servicePrincipal: Known<ServicePrincipal | null>;
  readonly application: Known<Application | null>;
  /** Credentials of the application; those of a managed identity are kept by Resource Manager. */
  readonly credentials: Known<readonly Credential[]>;
  /** Whether no client has the id, and an application or a service principal has it as its object id. */
  readonly isObjectId: boolean;
}

/** Reads a client's application, service principal and credentials. Microsoft Graph v1.0, and beta for expressions. */
export async function readDirectory(
  reader: JsonReader,
  graphHost: string,
  clientId: string,
): Promise<DirectoryEntry> {
  const url = (version: 'v1.0' | 'beta', path: string) => new URL(`https://${graphHost}/${version}/${path}`);
  const [principal, application] = await Promise.all([
    reader.get(url('v1.0', `servicePrincipals(appId='${clientId}')`)),
    reader.get(url('v1.0', `applications(appId='${clientId}')`)),
  ]);
  const path = `applications(appId='${clientId}')/federatedIdentityCredentials`;
  return {
    servicePrincipal: readObject(principal, 'the service principal', servicePrincipalOf),
    application: readObject(application, 'the application', applicationOf),
    credentials: application.status === 404 ? known([]) : await readCredentials(reader, url, path),
    isObjectId:
      principal.status === 404 && application.status === 404 && (await holdsObject(reader, url, clientId)),
  };
}

async function holdsObject(reader: JsonReader, url: UrlOf, id: string): Promise<boolean> {
  const sets = ['applications', 'servicePrincipals'];
  const answers = await Promise.all(sets.map((set) => reader.get(url('v1.0', `${set}/${id}`))));
  return answers.some(({ status }) => status === 200);
}

type UrlOf = (version: 'v1.0' | 'beta', path: string) => URL;

// Only beta tells of expressions: without it the exact credentials serve to explain, not to pass.
async function readCredentials(
  reader: JsonReader,
  url: UrlOf,
  path: string,
): Promise<Known<readonly Credential[]>> {
  const beta = await reader.list(url('beta', path));
  if (beta.status === 200) return readCredentialList(beta.items);
  const exact = await reader.list(url('v1.0', path));
  const missing = missingRight(beta, 'the federated credentials');
  if (exact.status !== 200) return unknown(missing);
  const read = readCredentialList(exact.items);
  return unknown(
    `${missing}, its beta version, which alone tells of expressions`,
    read.known ? read.value : read.partial,
  );
}

function readObject<T>(
  answer: JsonAnswer,
  what: string,
  read: (json: Record<string, unknown>) => T | null,
): Known<T | null> {
  if (answer.status === 404) return known(null);
  const value = answer.status === 200 && isRecord(answer.json) ? read(answer.json) : null;
  return value === null ? unknown(missingRight(answer, what)) : known(value);
}

function servicePrincipalOf(json: Record<string, unknown>): ServicePrincipal | null {
  const { id, displayName, accountEnabled, servicePrincipalType, alternativeNames } = json;
  if (typeof id !== 'string') return null;
  const names = Array.isArray(alternativeNames)
    ? alternativeNames.filter((name) => typeof name === 'string')
    : [];
  return {
    id,
    displayName: typeof displayName === 'string' ? displayName : '',
    enabled: typeof accountEnabled === 'boolean' ? accountEnabled : null,
    isManagedIdentity: servicePrincipalType === 'ManagedIdentity',
    resourceId: names.find((name) => /\/userAssignedIdentities\/[^/]+$/i.test(name)) ?? null,
  };
}

function applicationOf({ id, displayName }: Record<string, unknown>): Application | null {
  return typeof id === 'string'
    ? { id, displayName: typeof displayName === 'string' ? displayName : '' }
    : null;
}

function missingRight({ status }: JsonAnswer, what: string): string {
  if (status === 403)
    return `reading ${what} needs the Microsoft Graph permission Application.Read.All (application, with admin consent)`;
  if (status === 401) return `Microsoft Graph did not accept the token to read ${what}`;
  return status === 0
    ? `Microsoft Graph did not answer for ${what}`
    : `Microsoft Graph answered ${status} for ${what}`;
}
