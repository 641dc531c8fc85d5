import type { Reach } from '../reach.ts';
import { configured, eachCredential, FACTS, type Observation, type Rule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { TrustEntry } from '../trust.ts';

type Wording = (reach: Reach, entry: TrustEntry) => Omit<Observation, 'credential' | 'evidence'> | null;

/** A rule about who a credential admits: it looks at the subject and quotes it. */
function onReach(word: Wording): Rule['check'] {
  return eachCredential((entry) => {
    const worded = entry.reach === null ? null : word(entry.reach, entry);
    return worded === null
      ? null
      : { ...worded, credential: entry.credential.name, evidence: configured(entry) };
  });
}

const needs = [FACTS.credentials];

/** Rules about the owner and the repositories that a credential admits. */
export const SCOPE_RULES: readonly Rule[] = [
  {
    code: 'owner-wildcard',
    title: 'Wildcard inside the owner',
    severities: ['critical'],
    why: 'The pattern also admits owners that anyone can register, such as `org-evil` for `repo:org*`.',
    remedy: 'Write the owner in full, with its `/`, and pin `repository_owner_id` or `repository_id`.',
    needs,
    source: SOURCES.flexible,
    check: onReach(({ owner }, { credential }) =>
      owner !== 'many'
        ? null
        : {
            severity: 'critical',
            message: `Credential '${credential.name}' has a wildcard inside the owner, so it also admits owners that anyone can register.`,
            remedy:
              "Write the owner in full ('repo:OWNER/…') and add ` and claims['repository_owner_id'] eq 'ID'` or, better, ` and claims['repository_id'] eq 'ID'`.",
          },
    ),
  },
  {
    code: 'org-wide',
    title: 'Every repository of an owner',
    severities: ['high', 'medium'],
    why: 'Anyone who can create a repository of the owner gets the identity. Medium when the id of the owner is pinned.',
    remedy: 'Name the repositories, one credential each, and pin `repository_id`.',
    needs,
    source: SOURCES.expressionsInPractice,
    check: onReach(({ owner, repositories, ownerName, ownerId }, { credential }) =>
      owner !== 'one' || repositories !== 'all'
        ? null
        : {
            severity: ownerId === null ? 'high' : 'medium',
            message: `Credential '${credential.name}' admits every repository of ${ownerOf(ownerName, ownerId)}, those not yet created included.`,
            remedy:
              "Name the repository ('repo:OWNER/REPOSITORY:…') and pin it with ` and claims['repository_id'] eq 'ID'`; make one credential for each repository that needs the identity.",
          },
    ),
  },
  {
    code: 'repository-wildcard',
    title: 'Wildcard inside the repository',
    severities: ['high'],
    why: 'The pattern admits repositories that are not yet created.',
    remedy: 'Write the name of the repository in full and pin `repository_id`.',
    needs,
    source: SOURCES.flexible,
    check: onReach(({ owner, repositories, ownerName, ownerId }, { credential }) =>
      owner !== 'one' || repositories !== 'some'
        ? null
        : {
            severity: 'high',
            message: `Credential '${credential.name}' has a wildcard inside the repository's name, so it also admits repositories of ${ownerOf(ownerName, ownerId)} that are not yet created.`,
            remedy:
              "Write the repository in full ('repo:OWNER/REPOSITORY:…') and pin it with ` and claims['repository_id'] eq 'ID'`.",
          },
    ),
  },
  {
    code: 'no-repository-scope',
    title: 'Subject names no repository and no owner',
    severities: ['critical'],
    why: 'Environment, ref and workflow can be called the same in any repository of GitHub.',
    remedy: 'Customise the subject so that it begins with `repo` or `repository_id`, and trust that.',
    needs,
    source: SOURCES.checkov,
    check: onReach(({ owner }, { credential }) =>
      owner !== 'unnamed'
        ? null
        : {
            severity: 'critical',
            message: `Credential '${credential.name}' names no repository and no owner, so a repository of anybody can present what it asks for.`,
            remedy:
              "Use GitHub's default subject, or customise it to begin with 'repo' or 'repository_id' (include_claim_keys), and replace the credential by one for that subject.",
          },
    ),
  },
];

function ownerOf(name: string | null, id: string | null): string {
  if (name !== null) return `'${name}'`;
  return id === null ? 'the enterprise that it names' : `the owner with id ${id}`;
}
