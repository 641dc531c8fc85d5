import type { Environment } from '../io/effects.ts';
import { type Claims, claimText } from '../trust/claims.ts';
import type { ExplainContext } from '../trust/explain/input.ts';

/** What is known of the step beside its environment. */
interface Step {
  readonly isFork: boolean;
  readonly cloud: string;
  /** Whether the run is one that GitHub gives no ID token to. */
  readonly mayNotAsk: boolean;
}

/** What a step knows of its own run: from the runner's environment, from the event, from the token where there is one. */
export function runContext(
  env: Environment,
  { isFork, cloud, mayNotAsk }: Step,
  claims: Claims | null,
): ExplainContext {
  const of = (claim: string, variable: string) =>
    (claims && claimText(claims, claim)) ?? env[variable] ?? null;
  const eventName = of('event_name', 'GITHUB_EVENT_NAME');
  const ref = of('ref', 'GITHUB_REF');
  const actor = of('actor', 'GITHUB_ACTOR');
  const workflow = claims && claimText(claims, 'workflow_ref');
  const called = claims && claimText(claims, 'job_workflow_ref');
  return {
    cloud,
    fork: isFork,
    ...(eventName ? { event_name: eventName } : {}),
    ...(ref ? { ref } : {}),
    ...(actor ? { actor } : {}),
    ...(env['GITHUB_SERVER_URL'] ? { server_url: env['GITHUB_SERVER_URL'] } : {}),
    ...(mayNotAsk ? { id_token_permission: 'none' as const } : {}),
    // Only the token tells of these; without one they are not known.
    ...(claims
      ? { environment: claimText(claims, 'environment'), id_token_permission: 'write' as const }
      : {}),
    ...(workflow && called ? { reusable_workflow: workflow !== called } : {}),
  };
}
