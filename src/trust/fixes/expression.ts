import { claimText } from '../claims.ts';
import { isCalledByPlace, LANGUAGE_VERSION } from '../credential.ts';
import type { Evidence } from '../explain/evidence.ts';
import { printExpression, type Term } from '../expression/parse.ts';
import { credentialName } from '../fix.ts';
import { parseSubject } from '../subject/parse.ts';
import { credentialsUrl, request, segment } from './credential.ts';
import { hcl } from './escape.ts';
import { type Fixes, type Target, UNNAMED } from './target.ts';

/**
 * A flexible credential for all refs of the kind that is presented, with the id that Entra demands since August 2026.
 * Graph: beta only; Terraform: azuread_application_flexible_federated_identity_credential.
 */
export function expressionFixes(evidence: Evidence, target: Target): Fixes {
  const value = printExpression(termsFor(evidence));
  const flexible = flexibleOf(evidence);
  const base = credentialsUrl(target, 'beta');
  const body = { claimsMatchingExpression: { value, languageVersion: LANGUAGE_VERSION } };
  const named = {
    name: target.name === UNNAMED ? target.name : credentialName(`${target.subject}-any`),
    issuer: target.issuer,
    audiences: [target.audience],
  };
  return {
    graph:
      flexible === null
        ? request('POST', base, { ...named, ...body })
        : request('PATCH', `${base}/${segment(flexible)}`, body),
    terraform: [
      'resource "azuread_application_flexible_federated_identity_credential" "github" {',
      '  application_id             = azuread_application.github.id',
      `  display_name               = ${hcl(flexible ?? named.name)}`,
      `  issuer                     = ${hcl(target.issuer)}`,
      `  audience                   = ${hcl(target.audience)}`,
      `  claims_matching_expression = ${hcl(value)}`,
      '}',
    ].join('\n'),
  };
}

function flexibleOf({ configured }: Evidence): string | null {
  const held = configured?.find(({ claimsMatchingExpression: expression }) => expression !== null);
  return held === undefined ? null : isCalledByPlace(held) ? UNNAMED : held.name;
}

function termsFor({ seen, claims, subject, suffix }: Evidence): readonly Omit<Term, 'at'>[] {
  const standard = subject !== null && subject.form !== 'custom' ? subject.repository : null;
  const claimed = claims === null ? null : claimText(claims, 'repository_id');
  const repositoryId = standard?.repositoryId ?? claimed ?? '<repository id>';
  return [
    { claim: 'sub', operator: 'matches', comparand: patternFor(seen.subject, suffix?.kind === 'tag') },
    { claim: 'repository_id', operator: 'eq', comparand: repositoryId },
  ];
}

// Only what changes from run to run becomes a pattern; the rest stays exact.
function patternFor(subject: string | null, tag: boolean): string {
  if (subject === null) return `repo:<owner>/<repository>:ref:refs/${tag ? 'tags' : 'heads'}/*`;
  const parsed = parseSubject(subject);
  const kind = parsed.form === 'custom' ? null : parsed.context?.kind;
  if (kind === 'merge-queue') return subject.replace(/\/pr-\d+-[0-9a-f]+$/, '/pr-*');
  if (kind === 'tag') return subject.replace(/(:ref:refs\/tags\/).*$/s, '$1*');
  return kind === 'branch' ? subject.replace(/(:ref:refs\/heads\/).*$/s, '$1*') : subject;
}
