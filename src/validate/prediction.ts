import type { Claims } from '../trust/claims.ts';
import { GITHUB_ISSUER } from '../trust/expression/rules.ts';
import { predictSubject, type RunFacts } from '../trust/subject/predict.ts';
import type { Presented } from './access.ts';
import type { SubjectCustomization } from './observe/github.ts';

/**
 * The claims that a run will present, from what is told of it and from GitHub's own answer about the repository's
 * subjects. Where GitHub does not answer, the name-based form is assumed, and that is said.
 */
export function predictClaims(
  run: RunFacts,
  audience: string,
  serverUrl: string,
  customization: SubjectCustomization | null,
): Extract<Presented, { from: 'prediction' }> {
  const facts = customization && run.template === null ? { ...run, template: customization.claimKeys } : run;
  const { subject, immutableSubject, why } = predictSubject(facts);
  const immutable = emitsImmutable(customization);
  const sub = immutable === true ? immutableSubject : subject;
  const assumed =
    immutable === null
      ? ['Whether the repository emits immutable subjects is not known; the name-based form is assumed.']
      : [];
  const claims: Claims = {
    iss: issuerOf(serverUrl),
    aud: audience,
    ...(sub === null ? {} : { sub }),
    repository: run.repository,
    repository_owner: run.repository.split('/')[0] ?? '',
    event_name: run.eventName,
    ...(run.ref ? { ref: run.ref } : {}),
    ...(run.environment ? { environment: run.environment } : {}),
    ...(run.ownerId ? { repository_owner_id: run.ownerId } : {}),
    ...(run.repositoryId ? { repository_id: run.repositoryId } : {}),
  };
  const otherwise =
    immutable === null && immutableSubject !== null ? { ...claims, sub: immutableSubject } : null;
  return { from: 'prediction', claims, why: [...why, ...assumed], otherwise, open: [] };
}

// The prefix is what is emitted; the flag was seen to lag behind it.
function emitsImmutable(customization: SubjectCustomization | null): boolean | null {
  if (customization === null) return null;
  if (customization.prefix !== null) return customization.prefix.includes('@');
  return customization.useImmutableSubject;
}

/** The issuer of a GitHub's ID tokens. GitHub: "OpenID Connect reference", and the same for Enterprise Server and GHE.com. */
export function issuerOf(serverUrl: string): string {
  const { host } = new URL(serverUrl);
  if (host === 'github.com') return GITHUB_ISSUER;
  return host.endsWith('.ghe.com') ? `https://token.actions.${host}` : `https://${host}/_services/token`;
}
