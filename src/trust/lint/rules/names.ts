import type { GitHubFacts } from '../facts.ts';
import type { Reach } from '../reach.ts';
import { configured, FACTS, type Observation, type Outcome, type Rule } from '../rule.ts';
import { sameName } from '../same-name.ts';
import { SOURCES } from '../sources.ts';
import { githubOf, type Trust, type TrustEntry } from '../trust.ts';

/** Rules about trust in names, which change hands, and in ids, which do not. */
export const NAME_RULES: readonly Rule[] = [
  {
    code: 'name-only-subject',
    title: 'Subject of names only',
    severities: ['critical', 'medium'],
    why: 'Who takes over a name that was given up gets the identity. Critical when the owner or the repository no longer exists.',
    remedy: 'Switch the repository to immutable subjects and trust the subject with ids.',
    needs: [FACTS.credentials, FACTS.names],
    source: SOURCES.recycledNames,
    check: nameOnlySubject,
  },
  {
    code: 'foreign-owner-id',
    title: 'Id of another owner',
    severities: ['medium'],
    why: 'A credential for the id of an owner who is not the owner of the repository is stale, mistaken, or was planted.',
    remedy: 'Remove the credential unless that owner is meant to have the identity.',
    needs: [FACTS.credentials, FACTS.repository],
    source: SOURCES.immutable,
    check: foreignOwnerId,
  },
];

function nameOnlySubject({ entries, facts }: Trust): Outcome {
  const found: Observation[] = [];
  const missing: string[] = [];
  for (const entry of entries) {
    const { reach, expression } = entry;
    if (reach?.owner !== 'one' || reach.ownerName === null) continue;
    if (reach.ownerId !== null || reach.repositoryId !== null) continue;
    const { gone, doubt } = existence(reach, githubOf(entry, facts));
    if (gone !== null) found.push(abandoned(entry, gone));
    // An expression without ids is told as such; here it is worse only when its name can be taken.
    else if (expression === null) found.push(nameOnly(entry, doubt !== null));
    if (doubt !== null) missing.push(doubt);
  }
  return { found, missing };
}

function abandoned(entry: TrustEntry, gone: string): Observation {
  const { name } = entry.credential;
  return {
    severity: 'critical',
    credential: name,
    message: `Credential '${name}' trusts ${gone}, which no longer exists, so anyone who registers the name gets the identity.`,
    evidence: configured(entry),
    remedy: `Remove credential '${name}'.`,
  };
}

function nameOnly(entry: TrustEntry, doubtful: boolean): Observation {
  const { name } = entry.credential;
  const doubt = doubtful ? '; whether they still exist is not known' : '';
  return {
    severity: 'medium',
    credential: name,
    message: `Credential '${name}' trusts names without ids, so whoever takes over the names gets the identity${doubt}.`,
    evidence: configured(entry),
    remedy:
      "Switch the repository to immutable subjects (on GitHub Enterprise Server: add 'repository_id' to a customised subject), add a credential for the new subject, run the workflow, then remove this one.",
  };
}

/** What no longer exists, or what would have to be read to know that it does. */
interface Existence {
  readonly gone: string | null;
  readonly doubt: string | null;
}

function existence({ ownerName, repositoryName }: Reach, github: GitHubFacts | null): Existence {
  const owner = github?.owners.find(({ name }) => sameName(name, ownerName ?? ''))?.exists ?? null;
  if (owner === false) return { gone: `owner '${ownerName}'`, doubt: null };
  const fullName = `${ownerName}/${repositoryName}`;
  const repository = github?.repositories.find((each) => sameName(each.fullName, fullName))?.exists ?? null;
  if (repositoryName !== null && repository === false)
    return { gone: `repository '${fullName}'`, doubt: null };
  if (repository === true || (repositoryName === null && owner === true)) return { gone: null, doubt: null };
  const doubt =
    repositoryName === null || owner === null
      ? `whether owner '${ownerName}' still exists (a GitHub token that sees the owner)`
      : `whether repository '${fullName}' still exists (a GitHub token that sees it: repository permission "Metadata: read")`;
  return { gone: null, doubt };
}

function foreignOwnerId({ entries, facts }: Trust): Outcome {
  const found: Observation[] = [];
  const missing = new Set<string>();
  for (const entry of entries) {
    const ours = githubOf(entry, facts)?.repository?.ownerId ?? null;
    const ownerId = entry.reach?.ownerId ?? null;
    if (ownerId === null || ownerId === ours) continue;
    if (ours !== null) found.push(foreign(entry, ownerId, ours));
    else missing.add('id of the repository\'s owner (GitHub: repository permission "Metadata: read")');
  }
  return { found, missing: [...missing] };
}

function foreign(entry: TrustEntry, ownerId: string, ours: string): Observation {
  const name = entry.reach?.ownerName ?? null;
  const owner = name === null ? `owner id ${ownerId}` : `owner '${name}' with id ${ownerId}`;
  return {
    severity: 'medium',
    credential: entry.credential.name,
    message: `Credential '${entry.credential.name}' is for ${owner}, and the owner of the repository has id ${ours}.`,
    evidence: configured(entry),
    remedy: `Remove credential '${entry.credential.name}' unless that owner is meant to have the identity; otherwise give it an identity of its own.`,
  };
}
