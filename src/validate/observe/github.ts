import { createJsonReader, type JsonAnswer, type JsonReader, type ReaderOptions } from '../../rest/json.ts';
import { claimText, isRecord } from '../../trust/claims.ts';
import { type Known, known, unknown } from '../model.ts';

const HEADERS = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };

/** A reader of GitHub's REST API. */
export function githubReader(token: string, tools: Omit<ReaderOptions, 'token' | 'headers'>): JsonReader {
  return createJsonReader({ ...tools, token, headers: HEADERS });
}

/** A URL of that API; `path` without a slash before it, what comes from outside encoded. */
export function restUrl(api: URL, path: string): URL {
  return new URL(`${api.href.replace(/\/$/, '')}/${path}`);
}

/** How a repository's subjects are composed. GitHub REST: "Actions OIDC", customization of the subject claim. */
export interface SubjectCustomization {
  readonly useDefault: boolean;
  /** Keys of the template that is in force; empty for the default. */
  readonly claimKeys: readonly string[];
  readonly useImmutableSubject: boolean | null;
  /** The prefix that subjects of the repository carry now. */
  readonly prefix: string | null;
}

/** The path of a repository (`OWNER/REPOSITORY`) in the REST API. */
export function repositoryPath(fullName: string): string {
  return `repos/${fullName.split('/').map(encodeURIComponent).join('/')}`;
}

/** What GitHub says of the repository whose runs are to be trusted. */
export interface RepositoryFacts {
  readonly fullName: string;
  readonly id: string;
  readonly ownerId: string;
}

/** A repository that a credential names: whether it is there, and with which ids. */
export interface NamedRepository {
  readonly fullName: string;
  readonly id: string | null;
  readonly ownerId: string | null;
  /** Null where GitHub does not tell this token. */
  readonly exists: boolean | null;
}

/** All that was read of a repository. */
export interface GitHubObserved {
  readonly repository: Known<RepositoryFacts>;
  readonly customization: Known<SubjectCustomization>;
}

/** Reads a repository's ids and its subject customisation (with the organisation's where it applies). */
export async function readGitHub(reader: JsonReader, api: URL, repository: string): Promise<GitHubObserved> {
  const [owner = ''] = repository.split('/').map(encodeURIComponent);
  const get = (path: string) => reader.get(restUrl(api, path));
  const repo = repositoryPath(repository);
  const [facts, own, organisation] = await Promise.all([
    get(repo),
    get(`${repo}/actions/oidc/customization/sub`),
    get(`orgs/${owner}/actions/oidc/customization/sub`),
  ]);
  return { repository: repositoryOf(facts), customization: customizationOf(own, organisation) };
}

/**
 * Looks repositories up by name. GitHub answers 404 for those that a token may not see as well: only a token that sees
 * the owner's private repositories could tell, so that is not known.
 */
export function readRepositories(
  reader: JsonReader,
  api: URL,
  names: readonly string[],
): Promise<NamedRepository[]> {
  return Promise.all(
    names.map(async (fullName) => {
      const facts = repositoryOf(await reader.get(restUrl(api, repositoryPath(fullName))));
      if (!facts.known) return { fullName, id: null, ownerId: null, exists: null };
      return { fullName, id: facts.value.id, ownerId: facts.value.ownerId, exists: true };
    }),
  );
}

function repositoryOf(answer: JsonAnswer): Known<RepositoryFacts> {
  const json = recordIn(answer);
  const owner = json && isRecord(json['owner']) ? json['owner'] : null;
  const [id, ownerId, fullName] = [
    json && claimText(json, 'id'),
    owner && claimText(owner, 'id'),
    json && claimText(json, 'full_name'),
  ];
  return id && ownerId && fullName
    ? known({ fullName, id, ownerId })
    : unknown(missing(answer, 'the repository', 'metadata: read'));
}

// An organisation's template applies only where the repository opted in: use_default false, and no keys of its own.
function customizationOf(own: JsonAnswer, organisation: JsonAnswer): Known<SubjectCustomization> {
  const json = recordIn(own);
  const useDefault = json?.['use_default'];
  if (!json || typeof useDefault !== 'boolean')
    return unknown(missing(own, "the repository's OIDC customisation", 'actions: read'));
  const keys = useDefault ? [] : stringsIn(json['include_claim_keys']);
  const inherited = !useDefault && keys.length === 0;
  const theirs = recordIn(organisation);
  if (inherited && !theirs)
    return unknown(
      missing(organisation, "the organisation's OIDC customisation", 'organization administration: read'),
    );
  const immutable = json['use_immutable_subject'];
  return known({
    useDefault,
    claimKeys: inherited ? stringsIn(theirs?.['include_claim_keys']) : keys,
    useImmutableSubject: typeof immutable === 'boolean' ? immutable : null,
    prefix: claimText(json, 'sub_claim_prefix'),
  });
}

/** The JSON object of an answer that is one. */
export function recordIn({ status, json }: JsonAnswer): Record<string, unknown> | null {
  return status === 200 && isRecord(json) ? json : null;
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function missing({ status }: JsonAnswer, what: string, right: string): string {
  if (status === 401) return `reading ${what} needs a GitHub token that is valid`;
  if (status === 403 || status === 404) return `reading ${what} needs a GitHub token with ${right}`;
  return status === 0 ? `GitHub did not answer for ${what}` : `GitHub answered ${status} for ${what}`;
}
