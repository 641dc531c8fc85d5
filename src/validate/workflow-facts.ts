import { parse } from 'yaml';
import { isRecord } from '../trust/claims.ts';
import type { IdTokenGrant, WorkflowFacts, WorkflowJob } from '../trust/lint/facts.ts';

/** Actions that ask for an ID token, to sign in somewhere or to have something signed. */
const TOKEN_USERS =
  /^(?:[^/]+\/entra-federate|azure\/login|aws-actions\/configure-aws-credentials|google-github-actions\/auth|hashicorp\/vault-action|actions\/attest[a-z-]*|actions\/deploy-pages|sigstore\/[^/]+|pypa\/gh-action-pypi-publish|rubygems\/[^/]+|nuget\/login|slsa-framework\/[^@]+)(?:\/|@|$)/i;

/** What a script does to get one by itself. */
const TOKEN_SCRIPT = /ACTIONS_ID_TOKEN_REQUEST_|getIDToken|--provenance\b|\bcosign\b/;

/**
 * What a workflow file says that matters to a trust; null where it is no workflow that can be read.
 * GitHub: "Workflow syntax for GitHub Actions", `on`, `permissions`, `jobs`.
 */
export function workflowFacts({
  path,
  text,
}: {
  readonly path: string;
  readonly text: string;
}): WorkflowFacts | null {
  const workflow = parseYaml(text);
  if (!isRecord(workflow) || !isRecord(workflow['jobs'])) return null;
  return {
    path,
    events: eventsOf(workflow['on']),
    idToken: grantOf(workflow['permissions']),
    jobs: Object.entries(workflow['jobs']).flatMap(([id, job]) => (isRecord(job) ? [jobOf(id, job)] : [])),
  };
}

/** The facts of all workflow files of a checkout; null where one cannot be read, as it might hold what a rule looks for. */
export function allWorkflowFacts(
  files: readonly { readonly path: string; readonly text: string }[] | null,
): WorkflowFacts[] | null {
  const facts = files?.map(workflowFacts) ?? [null];
  return facts.includes(null) ? null : facts.filter((one) => one !== null);
}

// The parser limits what aliases may expand to; any other fault of the file is an error of its own.
function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return null;
  }
}

function eventsOf(on: unknown): string[] {
  if (typeof on === 'string') return [on];
  if (Array.isArray(on)) return on.filter((event) => typeof event === 'string');
  return isRecord(on) ? Object.keys(on) : [];
}

function grantOf(permissions: unknown): IdTokenGrant {
  if (permissions === undefined) return null;
  if (permissions === 'write-all') return 'write';
  return isRecord(permissions) && permissions['id-token'] === 'write' ? 'write' : 'none';
}

function jobOf(id: string, job: Record<string, unknown>): WorkflowJob {
  const environment = isRecord(job['environment']) ? job['environment']['name'] : job['environment'];
  return {
    id,
    idToken: grantOf(job['permissions']),
    environment: typeof environment === 'string' ? environment : null,
    usesLogin: usesLogin(job),
    runsOn: labelsOf(job['runs-on']),
  };
}

/** Null where another workflow, or an action of the same checkout, may ask for a token. */
function usesLogin(job: Record<string, unknown>): boolean | null {
  if (job['uses'] !== undefined) return null;
  const steps = (Array.isArray(job['steps']) ? job['steps'] : []).filter(isRecord);
  if (steps.some(stepUsesLogin)) return true;
  const local = steps.some(({ uses }) => typeof uses === 'string' && uses.startsWith('./'));
  return local ? null : false;
}

function stepUsesLogin({ uses, run, with: inputs }: Record<string, unknown>): boolean {
  if (typeof uses === 'string' && TOKEN_USERS.test(uses)) return true;
  const script = isRecord(inputs) ? inputs['script'] : undefined;
  return [run, script].some((code) => typeof code === 'string' && TOKEN_SCRIPT.test(code));
}

/** The labels as written; null where an expression or a group decides. */
function labelsOf(runsOn: unknown): string[] | null {
  const written = isRecord(runsOn) ? runsOn['labels'] : runsOn;
  const labels = typeof written === 'string' ? [written] : written;
  if (!Array.isArray(labels)) return null;
  const texts = labels.filter((label) => typeof label === 'string');
  return texts.length === 0 || texts.some((label) => label.includes('${{')) ? null : texts;
}
