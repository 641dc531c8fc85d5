import type { GitHubFacts } from '../facts.ts';
import type { Reach } from '../reach.ts';
import { configured, eachCredential, FACTS, type Observation, type Outcome, type Rule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { Trust, TrustEntry } from '../trust.ts';

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
    check: eachCredential(nameOnlySubject),
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

function nameOnlySubject(entry: TrustEntry, { facts }: Trust): Observation | null {
  const { credential, reach, expression } = entry;
  if (reach?.owner !== 'one' || reach.ownerName === null) return null;
  if (reach.ownerId !== null || reach.repositoryId !== null) return null;
  const { gone, known } = existence(reach, facts.github);
  // An expression without ids is told as such; here it is worse only when its name can be taken.
  if (expression !== null && gone === null) return null;
  const doubt = known ? '' : '; whether they still exist is not known';
  return {
    severity: gone === null ? 'medium' : 'critical',
    credential: credential.name,
    message:
      gone === null
        ? `Credential '${credential.name}' trusts names without ids, so whoever takes over the names gets the identity${doubt}.`
        : `Credential '${credential.name}' trusts ${gone}, which no longer exists, so anyone who registers the name gets the identity.`,
    evidence: configured(entry),
    remedy:
      gone === null
        ? "Switch the repository to immutable subjects (on GitHub Enterprise Server: add 'repository_id' to a customised subject), add a credential for the new subject, run the workflow, then remove this one."
        : `Remove credential '${credential.name}'.`,
  };
}

function existence(
  { ownerName, repositoryName }: Reach,
  github: GitHubFacts | null,
): { readonly gone: string | null; readonly known: boolean } {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const owner = github?.owners.find(({ name }) => same(name, ownerName ?? ''))?.exists ?? null;
  if (owner === false) return { gone: `owner '${ownerName}'`, known: true };
  if (repositoryName === null) return { gone: null, known: owner !== null };
  const fullName = `${ownerName}/${repositoryName}`;
  const repository = github?.repositories.find((each) => same(each.fullName, fullName))?.exists ?? null;
  return { gone: repository === false ? `repository '${fullName}'` : null, known: repository !== null };
}

function foreignOwnerId({ entries, facts }: Trust): Outcome {
  const found: Observation[] = [];
  const missing = new Set<string>();
  const ours = facts.github?.repository?.ownerId ?? null;
  for (const entry of entries) {
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
