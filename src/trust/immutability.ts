import { type Claims, claimText } from './claims.ts';

const PREFIX = /^repo:([^@/:]+)(?:@(\d+))?\/([^@/:]+)(?:@(\d+))?(?=:|$)/;

/**
 * The subject of this token in the other of GitHub's two forms, or null where it has neither form.
 * GitHub: `repo:OWNER/REPO:…` before, `repo:OWNER@ID/REPO@ID:…` for repositories with immutable subjects.
 */
export function otherForm(
  claims: Claims,
): { readonly presentedIs: 'immutable' | 'name-based'; readonly subject: string } | null {
  const subject = claimText(claims, 'sub') ?? '';
  const [prefix, owner, ownerId, repository, repositoryId] = PREFIX.exec(subject) ?? [];
  if (prefix === undefined || !owner || !repository) return null;
  const rest = subject.slice(prefix.length);
  if (ownerId && repositoryId)
    return { presentedIs: 'immutable', subject: `repo:${owner}/${repository}${rest}` };
  const [claimedOwner, claimedRepository] = [
    claimText(claims, 'repository_owner_id'),
    claimText(claims, 'repository_id'),
  ];
  if (ownerId || repositoryId || !claimedOwner || !claimedRepository) return null;
  return {
    presentedIs: 'name-based',
    subject: `repo:${owner}@${claimedOwner}/${repository}@${claimedRepository}${rest}`,
  };
}

/** What to say of immutable subjects when a subject was not found; null where they cannot be the reason. */
export function immutabilityHint(claims: Claims): string | null {
  const other = otherForm(claims);
  if (other === null) return null;
  return other.presentedIs === 'immutable'
    ? `This repository presents the immutable form of the subject, with ids. A credential for '${other.subject}' (without them) does not match it: add one for the presented subject, and remove the old one when all runs pass.`
    : `This repository presents the name-based form of the subject. A credential for '${other.subject}' (with ids, as the Azure portal writes it) does not match it: add one for the presented subject, or switch the repository to immutable subjects in GitHub.`;
}
