import type { Evidence } from '../explain/evidence.ts';
import { json, shellWord } from './escape.ts';

/** `owner/repository` of the presented subject, or a placeholder. */
function repositoryOf({ subject }: Evidence): string {
  return subject === null || subject.form === 'custom'
    ? '<owner>/<repository>'
    : `${subject.repository.owner}/${subject.repository.name}`;
}

/** Sets how GitHub writes the subjects of the repository. GitHub: "REST API endpoints for Actions OIDC". */
export function setSubject(evidence: Evidence, settings: Readonly<Record<string, unknown>>): string {
  const path = `/repos/${repositoryOf(evidence)}/actions/oidc/customization/sub`;
  return `gh api --method PUT ${shellWord(path)} --input - <<'JSON'\n${json(settings)}\nJSON`;
}

/** Shows how GitHub writes the subjects of the repository. */
export function showSubject(evidence: Evidence): string {
  return `gh api ${shellWord(`/repos/${repositoryOf(evidence)}/actions/oidc/customization/sub`)}`;
}

/** Creates the environment that the credential trusts. */
export function createEnvironment(evidence: Evidence, environment: string): string {
  const path = `/repos/${repositoryOf(evidence)}/environments/${encodeURIComponent(environment.toWellFormed())}`;
  return `gh api --method PUT ${shellWord(path)}`;
}

/** Decides whether the issuer names the enterprise. */
export function setIssuer(slug: string | null, include: boolean): string {
  const path = `/enterprises/${slug === null ? '<enterprise>' : encodeURIComponent(slug.toWellFormed())}/actions/oidc/customization/issuer`;
  return `gh api --method PUT ${shellWord(path)} --field include_enterprise_slug=${include}`;
}

export const SET_VARIABLES = `gh variable set AZURE_CLIENT_ID --body '<client-id>'\ngh variable set AZURE_TENANT_ID --body '<tenant-id>'`;
