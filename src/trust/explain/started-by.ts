import type { Evidence } from './evidence.ts';

/** Whose runs GitHub gives less than others. */
export type Restricted = 'fork' | 'dependabot';

/** Who started the run, by its facts, else by the action's own error; null where neither tells. */
export function startedBy(evidence: Pick<Evidence, 'context' | 'error'>): Restricted | null {
  return restrictedByFacts(evidence) ?? restrictedByCode(evidence);
}

function restrictedByFacts({ context }: Pick<Evidence, 'context'>): Restricted | null {
  const { fork, actor, event_name: event } = context;
  if (event === 'pull_request_target' || event === 'workflow_run') return null;
  if (fork === true) return 'fork';
  return actor !== undefined && /^dependabot(\[bot\])?$/i.test(actor) ? 'dependabot' : null;
}

/** What a code of the action itself says; a log that merely mentions forks or Dependabot proves nothing. */
export function restrictedByCode({ error }: Pick<Evidence, 'error'>): Restricted | null {
  if (/\bfork-pull-request\b/.test(error.text)) return 'fork';
  return /\bdependabot-run\b/.test(error.text) ? 'dependabot' : null;
}
